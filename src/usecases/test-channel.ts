import { hotp } from '#authenticators/hotp.ts'
import type { AuditEvent } from '#audit/event.ts'
import type { ChannelTest } from '#domain/channel-proof.ts'
import { maskRecipient } from '#domain/delivery.ts'
import { newId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import { Secret } from '#domain/secret.ts'
import { addressOfSite } from '#domain/site-address.ts'
import { type Instant, minutes, seconds } from '#domain/time.ts'
import type { SiteWording } from '#domain/wording.ts'
import type { SendResult, SendStep } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { type ChannelInForce, openChannel } from './channel-in-force.ts'
import { inRounds } from './rounds.ts'
import { asKept, checkUser } from './user-input.ts'

/** How long the code of a test can be typed back. */
const TEST_LIFE = minutes(10)
/** Between two tests of a channel: it sends to any address that is typed. */
const COOLDOWN = seconds(10)

export interface TestChannel extends Act {
  readonly site: string
  readonly channel: Channel
  /** An email address or a phone number. */
  readonly to: string
}

export type TestChannelOutcome =
  | {
      readonly kind: 'sent'
      readonly steps: readonly SendStep[]
      readonly reference: string | null
      readonly expiresAt: Instant
    }
  | { readonly kind: 'failed'; readonly steps: readonly SendStep[]; readonly why: string }
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'not-set-up' }
  | { readonly kind: 'cooldown'; readonly retryAt: Instant }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/**
 * The first half of the closed loop: sends a code over the channel as it is in force, step by step, in the form in which people get
 * theirs. The code opens nothing; typed back (`confirmChannelTest`), it proves the channel.
 */
export async function testChannel(ports: Ports, order: TestChannel): Promise<TestChannelOutcome> {
  const { channel } = order
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  const [wrong] = checkUser(file, 'nobody', channel === 'email' ? { email: order.to } : { phone: order.to })
  if (wrong) return { kind: 'invalid', problem: wrong.problem }
  const opened = openChannel(ports, file, channel)
  if (opened.kind === 'unconfigured' || opened.kind === 'off') return { kind: 'not-set-up' }
  if (opened.kind === 'unreadable')
    return { kind: 'failed', steps: [], why: 'The configuration of the channel cannot be read with this key.' }
  const now = ports.clock.now()
  const before = (await ports.store.channelTests(file.site.id)).find((each) => each.channel === channel)
  if (before && now < before.begunAt + COOLDOWN) return { kind: 'cooldown', retryAt: before.begunAt + COOLDOWN }

  const code = new Secret(hotp(ports.random.bytes(20), 0, { digits: 6 }))
  const expiresAt = now + TEST_LIFE
  const steps: SendStep[] = []
  const to = channel === 'sms' ? (asKept(file, { phone: order.to }).phone ?? order.to) : order.to
  const wordings = await ports.store.wordings(file.site.id)
  const message = { file, order: { ...order, to }, opened, code, expiresAt, wordings, now }
  const result = await ports.courier.send(outgoing(ports, message), (step) => steps.push(step))
  const test = testOf(ports, message, result)
  // The message is on its way: what is tried again is the account of it.
  const committed = await inRounds(() =>
    ports.store.commit({
      site: file.site.id,
      at: ports.clock.now(),
      origin: order.origin,
      changes: [{ kind: 'set-channel-test', test }],
      events: [event(order, result)],
    }),
  )
  if (committed === 'busy') return { kind: 'busy' }
  if (result.kind === 'failed') return { kind: 'failed', steps, why: result.why }
  return { kind: 'sent', steps, reference: result.reference, expiresAt }
}

/** How a code of a test is stored: keyed, so that a stolen database does not tell it. */
export function testDigest({ vault }: Pick<Ports, 'vault'>, site: string, channel: Channel, code: string): string {
  return vault.digest(`channel-test ${site} ${channel} ${code}`)
}

interface TestMessage {
  readonly file: SiteFile
  readonly order: TestChannel
  readonly opened: ChannelInForce
  readonly code: Secret
  readonly expiresAt: Instant
  readonly wordings: readonly SiteWording[]
  readonly now: Instant
}

function outgoing(ports: Ports, { file, order, opened, code, expiresAt, wordings, now }: TestMessage) {
  return {
    id: newId('dlv', ports.random.bytes(16)),
    channel: order.channel,
    config: opened.config,
    trusted: opened.owner === 'server',
    receipts: null,
    to: order.to,
    letter: { kind: 'code', code, expiresAt },
    language: null,
    wordings,
    displayName: order.actor.name ?? '',
    siteTitle: file.site.title,
    host: new URL(addressOfSite(ports, file.site.name)).hostname,
    causedAt: now,
    address: order.origin.address,
    userAgent: order.origin.userAgent,
  } as const
}

function testOf(
  ports: Ports,
  { file, order, opened, code, expiresAt, now }: TestMessage,
  result: SendResult,
): ChannelTest {
  const { channel, to, actor } = order
  const site = file.site.id
  return {
    site,
    channel,
    mark: opened.mark,
    recipient: maskRecipient(channel, to),
    codeDigest: result.kind === 'accepted' ? testDigest(ports, site, channel, code.reveal()) : null,
    begunBy: actor.name ?? actor.id,
    begunAt: now,
    expiresAt,
    wrong: 0,
    failedWhy: result.kind === 'failed' ? result.why : null,
  }
}

function event({ actor, channel, to }: TestChannel, result: SendResult): AuditEvent {
  const about = { actor, subject: { type: 'channel', id: channel, name: channel }, application: null } as const
  const data = { to: maskRecipient(channel, to) }
  return result.kind === 'accepted'
    ? { ev: 'delivery.test.sent', ...about, data }
    : { ev: 'delivery.test.failed', ...about, data: { ...data, error: result.why } }
}
