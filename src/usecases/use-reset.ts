import type { Origin } from '#audit/event.ts'
import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { SiteId } from '#domain/id.ts'
import type { PasswordReset } from '#domain/password-reset.ts'
import type { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import type { ContactPerson } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { replacePassword } from './pass-reset.ts'
import { planChallenge } from './plan-challenge.ts'
import type { Settled, Shown } from './plan.ts'
import { type ResetProof, resetProof } from './reset-proof.ts'
import { inRounds } from './rounds.ts'
import { sendNow } from './send-now.ts'
import { checkPassword, type FieldProblem } from './user-input.ts'

export interface UseReset {
  readonly site: SiteId
  /** Of the mailed link. */
  readonly token: string
  readonly password: Secret
  readonly origin: Origin
}

export type UseResetOutcome =
  | { readonly kind: 'password-set' }
  /** A second factor first: the password waits for it. */
  | Extract<Settled, { readonly kind: 'pending' | 'code-locked' }>
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'mailbox-only'; readonly contacts: readonly ContactPerson[] }
  /** Used, too old, or never a link of ours. */
  | { readonly kind: 'over' }
  | { readonly kind: 'busy' }

/** Whether a link can be used. Looking changes nothing, so that a scanner that opens mails does no harm. */
export async function resetStanding(
  ports: Ports,
  { site, token }: Pick<UseReset, 'site' | 'token'>,
): Promise<'open' | 'over'> {
  const found = await find(ports, site, token)
  return found !== null && isOpen(found, ports.clock.now()) ? 'open' : 'over'
}

/**
 * The holder of a mailed link chooses another password. It is saved at once where nothing protects the account but its password; else it
 * waits, hashed, for a second factor that is not the mailbox.
 */
export async function useReset(ports: Ports, order: UseReset): Promise<UseResetOutcome> {
  const seen = await find(ports, order.site, order.token)
  if (seen === null) return { kind: 'over' }
  const open = isOpen(seen, ports.clock.now())
  const { user, site } = seen.file
  const problems = open ? checkPassword(order.password.reveal(), [user.username, site.name]) : []
  if (problems.length > 0) return { kind: 'invalid', problems }
  const passwordHash = open ? await ports.passwords.hash(order.password) : null
  const outcome = await inRounds<UseResetOutcome>(async () => {
    const found = await find(ports, order.site, order.token)
    const now = ports.clock.now()
    if (found === null) return { kind: 'over' }
    if (passwordHash === null || !isOpen(found, now)) return refuseUsed(ports, found, order, now)
    const proof = resetProof(found.file, now)
    switch (proof.kind) {
      case 'nothing':
        return save(ports, found, order, passwordHash, now)
      case 'one-of':
        return hold(ports, found, order, { proof, passwordHash, now })
      case 'mailbox-only':
        // Who vouched for the mailbox is the second proof (R-126: identity proofing by an administrator).
        if (found.reset.vouched) return save(ports, found, order, passwordHash, now)
        return { kind: 'mailbox-only', contacts: found.file.settings['contact.persons'] }
    }
  })
  if (outcome === 'busy') return { kind: 'busy' }
  if (outcome.kind === 'pending' && outcome.deliver) await sendNow(ports, outcome.deliver)
  return outcome
}

interface Found {
  readonly reset: PasswordReset
  readonly file: PersonFile
}

async function find(ports: Ports, site: SiteId, token: string): Promise<Found | null> {
  const found = await ports.store.passwordReset(site, ports.vault.digest(token))
  const file = found && (await ports.store.personFile(site, found.username, ports.clock.now()))
  return found && file?.user.id === found.reset.user ? { reset: found.reset, file } : null
}

function isOpen({ reset, file: { user } }: Found, now: Instant): boolean {
  const inTime = reset.spentAt === null && now < reset.expiresAt
  return inTime && user.status === 'active' && user.sessionEpoch === reset.userEpoch
}

async function refuseUsed(
  ports: Ports,
  { reset, file }: Found,
  { site, origin }: UseReset,
  now: Instant,
): Promise<UseResetOutcome | 'conflict'> {
  if (reset.spentAt === null) return { kind: 'over' }
  const event = ownEvent(file.user, null, 'reset.replayed')
  const noted = await ports.store.commit({ site, at: now, origin, changes: [], events: [event] })
  return noted === 'conflict' ? 'conflict' : { kind: 'over' }
}

async function save(
  ports: Ports,
  { reset, file }: Found,
  { site, origin }: UseReset,
  passwordHash: string,
  now: Instant,
): Promise<UseResetOutcome | 'conflict'> {
  const { tokenDigest } = reset
  const set = replacePassword(ports, file, { tokenDigest, passwordHash, proof: null, now })
  const committed = await ports.store.commit({ site, at: now, origin, ...set })
  return committed === 'conflict' ? 'conflict' : { kind: 'password-set' }
}

async function hold(
  ports: Ports,
  { reset, file }: Found,
  { site, origin }: UseReset,
  what: {
    readonly proof: Extract<ResetProof, { kind: 'one-of' }>
    readonly passwordHash: string
    readonly now: Instant
  },
): Promise<UseResetOutcome | 'conflict'> {
  const { proof, passwordHash, now } = what
  const application = file.applications.find(({ name }) => name === DEFAULT_APPLICATION) ?? file.applications[0]
  if (!application) return { kind: 'over' }
  const first: Shown = {
    file,
    // A link by mail proves what a code by mail proves, and no more.
    evidence: { kind: 'code', over: ['email'], at: now },
    application,
    purpose: 'password_reset',
    now,
    origin,
  }
  const { settled, changes, events } = planChallenge(ports, first, proof.decision, proof.methods)
  if (settled.kind !== 'pending' && settled.kind !== 'code-locked') return { kind: 'over' }
  const { tokenDigest } = reset
  const held = settled.kind === 'pending' ? { challenge: settled.pending.challenge.id, passwordHash } : null
  const committed = await ports.store.commit({
    site,
    at: now,
    origin,
    changes: held ? [...changes, { kind: 'hold-reset', user: file.user.id, tokenDigest, held }] : changes,
    events,
  })
  return committed === 'conflict' ? 'conflict' : settled
}
