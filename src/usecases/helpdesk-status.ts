import { type Channel, CHANNELS } from '#domain/method.ts'
import { maskRecipient } from '#domain/delivery.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { userParty } from './act.ts'
import { isExempt } from './bypass-report.ts'
import { addressOf } from './facts.ts'
import { type Help, type HelpRefusal, refuseHelp } from './helpdesk.ts'
import { factorRequired } from './last-factor.ts'
import { inRounds } from './rounds.ts'

/** What the helpdesk sees of a user: enough to help, nothing that could be used in the user's place. */
export interface FactorStatus {
  readonly username: string
  readonly displayName: string
  readonly status: 'active' | 'disabled'
  readonly required: boolean
  readonly apps: number
  /** The masked address or number of each channel; null: none on file. */
  readonly channels: Readonly<Record<Channel, string | null>>
  readonly failedCodes: number
  /** Infinite: only somebody else can open it again; in the past or 0: it is open. */
  readonly lockedUntil: Instant
  readonly exemptUntil: Instant | 'never' | null
  readonly lastSignInAt: Instant | null
  /** Somebody is in the middle of a sign-in under this name and waits for a code. */
  readonly waiting: boolean
}

export type HelpStatusOutcome = { readonly kind: 'status'; readonly status: FactorStatus } | HelpRefusal

/** Looks at how a user stands with the second factor. Looking is on record, too. */
export async function helpStatus(ports: Ports, help: Help): Promise<HelpStatusOutcome> {
  const refused = await refuseHelp(ports, help, 'helpdesk.status')
  if (refused) return refused
  const site = await ports.store.site(help.site)
  if (!site) return { kind: 'unknown-site' }
  const outcome = await inRounds<HelpStatusOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.personFile(site.id, help.username, now)
    if (!file) return { kind: 'unknown-user' }
    const waiting = (await ports.store.waitingFile(site.id, file.user.id, now)) !== null
    const { actor, origin, reason } = help
    const committed = await ports.store.commit({
      site: site.id,
      at: now,
      origin,
      changes: [],
      events: [{ ev: 'helpdesk.viewed', actor, subject: userParty(file.user), application: null, data: { reason } }],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'status', status: { ...statusOf(file, now), waiting } }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

function statusOf(file: PersonFile, now: Instant): Omit<FactorStatus, 'waiting'> {
  const { user, counters, apps } = file
  const masked = CHANNELS.map((channel) => [channel, maskOf(file, channel)])
  return {
    username: user.username,
    displayName: user.displayName,
    status: user.status,
    required: factorRequired(file, now),
    apps: apps.length,
    channels: Object.fromEntries(masked) as FactorStatus['channels'],
    failedCodes: counters.consecutive,
    lockedUntil: counters.disabled ? Number.POSITIVE_INFINITY : counters.lockedUntil,
    exemptUntil: isExempt(user, now) ? (user.bypass?.expiresAt ?? 'never') : null,
    lastSignInAt: user.lastSignInAt,
  }
}

function maskOf(file: PersonFile, channel: Channel): string | null {
  const address = addressOf(file, channel)
  return address === null ? null : maskRecipient(channel, address)
}
