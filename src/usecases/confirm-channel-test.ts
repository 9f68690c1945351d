import { normaliseCode } from '#authenticators/code-input.ts'
import type { AuditEvent, EventName } from '#audit/event.ts'
import type { ChannelProof, ChannelTest } from '#domain/channel-proof.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'
import { testDigest } from './test-channel.ts'

/** After so many wrong codes a test is over: a proof is none that was guessed. */
const MOST_WRONG = 5

export interface ConfirmChannelTest extends Act {
  readonly site: string
  readonly code: string
}

export type ConfirmOutcome =
  | { readonly kind: 'proved'; readonly proof: ChannelProof }
  | { readonly kind: 'wrong'; readonly left: number }
  /** No test waits for a code. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** The second half of the closed loop: the code that came over a channel, typed back. From then on the channel counts as proved. */
export async function confirmChannelTest(ports: Ports, order: ConfirmChannelTest): Promise<ConfirmOutcome> {
  const site = await ports.store.site(order.site)
  if (!site) return { kind: 'unknown-site' }
  const outcome = await inRounds<ConfirmOutcome>(async () => {
    const now = ports.clock.now()
    const tests = await ports.store.channelTests(site.id)
    const live = tests.filter((each) => each.codeDigest !== null && now < each.expiresAt && each.wrong < MOST_WRONG)
    if (live.length === 0) return { kind: 'none' }
    const code = normaliseCode(order.code, 6) ?? ''
    const passed = live.find((each) => each.codeDigest === testDigest(ports, site.id, each.channel, code))
    const commit = async (changes: readonly Change[], events: readonly [AuditEvent, ...AuditEvent[]]) =>
      ports.store.commit({ site: site.id, at: now, origin: order.origin, changes, events })
    if (!passed) {
      const counted = live.map((test): Change => ({ kind: 'count-channel-test', test }))
      const events = live.map((test) =>
        about(order, 'delivery.test.failed', test, { error: 'a wrong code was typed back' }),
      )
      if ((await commit(counted, events as [AuditEvent, ...AuditEvent[]])) === 'conflict') return 'conflict'
      return { kind: 'wrong', left: Math.max(...live.map((each) => MOST_WRONG - each.wrong - 1)) }
    }
    const proof: ChannelProof = {
      site: site.id,
      channel: passed.channel,
      mark: passed.mark,
      recipient: passed.recipient,
      provedBy: order.actor.name ?? order.actor.id,
      provedAt: now,
    }
    const changes: Change[] = [
      { kind: 'end-channel-test', test: passed },
      { kind: 'prove-channel', proof },
    ]
    const done = await commit(changes, [about(order, 'delivery.test.passed', passed, {})])
    return done === 'conflict' ? 'conflict' : { kind: 'proved', proof }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

function about(
  { actor }: Act,
  ev: EventName,
  { channel, recipient }: ChannelTest,
  data: AuditEvent['data'],
): AuditEvent {
  return {
    ev,
    actor,
    subject: { type: 'channel', id: channel, name: channel },
    application: null,
    data: { to: recipient, ...data },
  }
}
