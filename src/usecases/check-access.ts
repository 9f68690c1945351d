import type { Application } from '#domain/application.ts'
import { acr, amr, secondFactor, secondFactorAt } from '#domain/evidence.ts'
import { applicationAt } from '#domain/host-pattern.ts'
import { rolesHeld, type User } from '#domain/user.ts'
import type { SiteId } from '#domain/id.ts'
import { type Session, sessionEnd } from '#domain/session.ts'
import { type Instant, seconds } from '#domain/time.ts'
import { decide } from '#policy/decide.ts'
import { allowedMethods } from '#policy/methods.ts'
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
  | {
      readonly kind: 'refused'
      readonly why: 'no-session' | 'ended' | 'expired' | 'disabled' | 'unknown-application' | 'asked-again'
    }

/** A session's last request is written down this often at most. */
const TOUCH_EVERY = seconds(60)

export interface AccessQuery {
  readonly site: SiteId
  /** What the holder has shown: the token of the session, or, out of a pass for a protected host, its digest. */
  readonly sessionToken: string | { readonly digest: string }
  /** What the holder wants to go on to: by name, or by the host that it lists; null: the session itself, as it was opened. */
  readonly application: string | { readonly host: string } | null
  readonly address: string | null
}

/** Whether the holder of a session token may go on, for any application behind this site. */
export async function checkAccess(ports: Ports, query: AccessQuery): Promise<AccessOutcome> {
  const now = ports.clock.now()
  const { sessionToken: shown } = query
  const digest = typeof shown === 'string' ? ports.vault.digest(shown) : shown.digest
  const ask = (fresh: boolean) => ports.store.accessFile(query.site, digest, now, { fresh })
  const known = await ask(false)
  const outcome = judge(known.file, query, now)
  // What is kept at hand lets somebody on; nobody is refused because of it.
  const told = outcome.kind === 'granted' || known.fresh ? outcome : judge((await ask(true)).file, query, now)
  if (told.kind === 'granted' && told.touch) await ports.store.touchSession(told.session.id, now)
  return told
}

interface Judged extends Access {
  /** The last request is to be written down: an idle session ends, and this one is not. */
  readonly touch: boolean
}

function judge(
  file: SessionFile | null,
  query: AccessQuery,
  now: Instant,
): Judged | Exclude<AccessOutcome, { kind: 'granted' }> {
  if (!file) return { kind: 'refused', why: 'no-session' }
  const { session, user, site } = file
  const stale = session.siteEpoch !== site.sessionEpoch || session.userEpoch !== user.sessionEpoch
  if (session.endedAt !== null || stale) return { kind: 'refused', why: 'ended' }
  if (user.status !== 'active') return { kind: 'refused', why: 'disabled' }
  const application = wantedOf(file, query.application)
  if (!application) return { kind: 'refused', why: 'unknown-application' }
  const limits = [sessionLimits(file, session.application), sessionLimits(file, application.name)]
  const expiresAt = Math.min(...limits.map((each) => sessionEnd(session, each)))
  if (now >= expiresAt) return { kind: 'refused', why: 'expired' }
  if (mustProveAgain(file, application, query.address, now)) return { kind: 'refused', why: 'asked-again' }
  const idle = limits.some(({ idleMinutes }) => idleMinutes > 0)
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
    touch: idle && now - session.lastSeenAt >= TOUCH_EVERY,
  }
}

function wantedOf({ applications, session }: SessionFile, wanted: AccessQuery['application']): Application | undefined {
  if (wanted !== null && typeof wanted === 'object') return applicationAt(applications, wanted.host)
  return applications.find(({ name }) => name === (wanted ?? session.application))
}

/**
 * Three kinds of request are judged anew: of a session that was let in because no channel was ever set up, which ends as soon as
 * one is; to an application with `challenge.recheck_in_session`; and to another application than the session was opened for, which
 * may ask for more. The session's own proof then counts like a remembered browser's.
 */
function mustProveAgain(file: SessionFile, application: Application, address: string | null, now: Instant): boolean {
  const { session, settings } = file
  const unconfigured = session.rule === 'channel_unconfigured'
  const elsewhere = application.name !== session.application
  const recheck = application.recheckInSession ?? settings['challenge.recheck_in_session']
  if (!unconfigured && !recheck && !elsewhere) return false
  const method = secondFactor(session.evidence)
  const passedAt = secondFactorAt(session.evidence)
  const own = method !== undefined && passedAt !== undefined ? { method, passedAt } : null
  // Whose second factor is the identity provider's business is not asked here; whom we asked once can be asked again.
  const external = session.rule === 'external'
  const facts = factsOf(file, {
    now,
    via: external ? { kind: 'external', mode: 'skip', proved: true } : { kind: 'form' },
    application,
    address,
    earlier: own ?? (file.device && { passedAt: file.device.passedAt, method: file.device.method }),
  })
  const decision = decide(facts)
  if (decision.outcome === 'skip') return false
  // An interval of 0 hours speaks of sign-ins: a session cannot be asked at each of its requests, if it has shown a factor at all.
  const eachSignIn = decision.passedOver.some(({ because }) => because === 'every_sign_in')
  return !(eachSignIn && own !== null && allowedMethods(facts).includes(own.method))
}
