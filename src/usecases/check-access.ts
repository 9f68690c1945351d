import { acr, amr, secondFactor, secondFactorAt } from '#domain/evidence.ts'
import { rolesHeld, type User } from '#domain/user.ts'
import type { SiteId } from '#domain/id.ts'
import { type Session, sessionEnd } from '#domain/session.ts'
import { type Instant, seconds } from '#domain/time.ts'
import { decide } from '#policy/decide.ts'
import type { Ports } from '#ports/ports.ts'
import type { SessionFile } from '#ports/store.ts'
import { factsOf } from './facts.ts'
import { sessionLimits } from './session-limits.ts'

export interface Access {
  readonly kind: 'granted'
  readonly session: Session
  readonly user: User
  readonly roles: readonly string[]
  readonly expiresAt: Instant
  readonly acr: 'aal1' | 'aal2'
  readonly amr: readonly string[]
  readonly file: SessionFile
}

export type AccessOutcome =
  | Access
  /** `asked-again`: the session lives, but the policy wants a proof newer than the one it rests on. */
  | { readonly kind: 'refused'; readonly why: 'no-session' | 'ended' | 'expired' | 'disabled' | 'asked-again' }

/** A session's last request is written down this often at most. */
const TOUCH_EVERY = seconds(60)

/** Whether the holder of a session token may go on, for any application behind this site. */
export async function checkAccess(
  ports: Ports,
  query: { site: SiteId; sessionToken: string; application?: string; address: string | null },
): Promise<AccessOutcome> {
  const now = ports.clock.now()
  const file = await ports.store.sessionFile(query.site, ports.vault.digest(query.sessionToken), now)
  if (!file) return { kind: 'refused', why: 'no-session' }
  const { session, user, site } = file
  const stale = session.siteEpoch !== site.sessionEpoch || session.userEpoch !== user.sessionEpoch
  if (session.endedAt !== null || stale) return { kind: 'refused', why: 'ended' }
  if (user.status !== 'active') return { kind: 'refused', why: 'disabled' }
  const limits = sessionLimits(file, session.application)
  const expiresAt = sessionEnd(session, limits)
  if (now >= expiresAt) return { kind: 'refused', why: 'expired' }
  if (mustProveAgain(file, query.application ?? session.application, query.address, now))
    return { kind: 'refused', why: 'asked-again' }
  if (limits.idleMinutes > 0 && now - session.lastSeenAt >= TOUCH_EVERY) await ports.store.touchSession(session.id, now)
  const { evidence } = session
  return {
    kind: 'granted',
    session,
    user,
    roles: rolesHeld(user),
    expiresAt,
    acr: acr(evidence),
    amr: amr(evidence),
    file,
  }
}

/**
 * Two kinds of session are judged anew at every request: one that was let in because no channel was ever set up, which ends as soon
 * as one is; and one of an application with `challenge.recheck_in_session`, whose own proof counts like a remembered browser's.
 */
function mustProveAgain(file: SessionFile, name: string, address: string | null, now: Instant): boolean {
  const { session, settings } = file
  const application = file.applications.find((each) => each.name === name)
  const recheck = application?.recheckInSession ?? settings['challenge.recheck_in_session']
  if (session.rule !== 'channel_unconfigured' && !recheck) return false
  const method = secondFactor(session.evidence)
  const passedAt = secondFactorAt(session.evidence)
  const own = method !== undefined && passedAt !== undefined ? { method, passedAt } : null
  // Whose second factor is the identity provider's business is not asked here; whom we asked once can be asked again.
  const external = session.rule === 'external'
  const decision = decide(
    factsOf(file, {
      now,
      via: external ? { kind: 'external', mode: 'skip', proved: true } : { kind: 'form' },
      application: application ?? { name, intervalHours: null },
      address,
      earlier: own ?? (file.device && { passedAt: file.device.passedAt, method: file.device.method }),
    }),
  )
  // An interval of 0 hours speaks of sign-ins; a session cannot be asked at each of its requests.
  const eachSignIn = decision.passedOver.some(({ because }) => because === 'every_sign_in')
  return decision.outcome !== 'skip' && !(eachSignIn && session.rule !== 'channel_unconfigured')
}
