import { ANONYMOUS, type AuditEvent, type Origin } from '#audit/event.ts'
import { type Bucket, countWrongPassword } from '#challenge/password-throttle.ts'
import type { SiteId } from '#domain/id.ts'
import { type PasswordReset, RESET_COOLDOWN, RESET_LIFE } from '#domain/password-reset.ts'
import type { Instant } from '#domain/time.ts'
import { canonicalUsername } from '#domain/user.ts'
import { sourceOf } from '#policy/network.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SignInFile } from '#ports/store.ts'
import { userParty } from './act.ts'
import { reachableChannels } from './facts.ts'
import { newReset } from './new-reset.ts'
import { inRounds } from './rounds.ts'
import { messageLimit } from './send-limit.ts'
import { refusedUntil } from './wrong-password.ts'

/** Asked after in place of a user, where the name is nobody's. */
const NOBODY = 'usr_nobody'

/**
 * Somebody has forgotten a password. One mail at most in `RESET_COOLDOWN` goes to the address on file of an active person who has a
 * password; nothing goes for anybody else. `taken` is answered for all of them, after the same reads and one commit: the mail is
 * brought later. Requests of one source are counted in a bucket of their own, so that they keep nobody from signing in.
 */
export async function requestReset(
  ports: Ports,
  { site, username, origin }: { readonly site: SiteId; readonly username: string; readonly origin: Origin },
): Promise<'taken' | 'busy'> {
  const bucket: Bucket = { key: `reset ${sourceOf(origin.address)}`, kind: 'source' }
  return inRounds<'taken'>(async () => {
    const now = ports.clock.now()
    const query = { username: canonicalUsername(username), deviceDigest: null, buckets: [bucket.key], now }
    const file = await ports.store.signInFile(site, query)
    const { person } = file
    const before = await ports.store.passwordResetOf(site, person?.user.id ?? NOBODY)
    if (now < refusedUntil(file, [bucket])) return 'taken'
    const early = before !== null && now < before.requestedAt + RESET_COOLDOWN
    const email = early ? null : addressFor(file, now)
    const mail = person && email !== null ? newReset(ports, person, { email, ...linkAfter(before, now) }) : []
    const throttle = file.throttles.find(({ bucket: key }) => key === bucket.key)
    const counted: Change = {
      kind: 'count-password',
      site,
      throttle: countWrongPassword(bucket, throttle, now),
      from: throttle?.failures ?? null,
    }
    const event: AuditEvent = {
      ev: 'reset.requested',
      actor: ANONYMOUS,
      subject: person ? userParty(person.user) : null,
      application: null,
      data: { mailed: mail.length > 0 },
    }
    const committed = await ports.store.commit({ site, at: now, origin, changes: [counted, ...mail], events: [event] })
    return committed === 'conflict' ? 'conflict' : 'taken'
  })
}

/** The one address that a link may go to; null: none may. */
function addressFor({ person, passwordHash }: SignInFile, now: Instant): string | null {
  if (!person || passwordHash === null) return null
  const { status, kind, email } = person.user
  if (status !== 'active' || kind === 'service') return null
  return reachableChannels(person).includes('email') && messageLimit(person, 'email', now) === null ? email : null
}

/** A link that follows one of an administrator stands for it until its end: a stranger who asks takes nothing from its owner. */
function linkAfter(before: PasswordReset | null, now: Instant) {
  const vouched = before?.vouched === true && before.spentAt === null && now + RESET_LIFE <= before.expiresAt
  const expiresAt = vouched ? before.expiresAt : now + RESET_LIFE
  return { requestedAt: now, expiresAt, vouched, noneSince: now - RESET_COOLDOWN, byAdministrator: false }
}
