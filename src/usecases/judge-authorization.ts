import type { Evidence } from '#domain/evidence.ts'
import type { Session } from '#domain/session.ts'
import type { SiteId } from '#domain/id.ts'
import { type Instant, seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { type Access, checkAccess } from './check-access.ts'
import { methodsForLevel } from './step-up-level.ts'

/** What an application asks of a sign-in. */
export interface Wants {
  readonly application: string
  /** `prompt=login`: a proof made for this request. */
  readonly anew: boolean
  /** Seconds since the proof, at most; null: any proof will do. */
  readonly maxAge: number | null
  /** Two factors of different kinds have to be shown. */
  readonly twoFactors: boolean
}

export type Judgement =
  | { readonly kind: 'enough'; readonly access: Access }
  /** The whole sign-in: nobody is signed in, not for this application, or too long ago. */
  | { readonly kind: 'sign-in' }
  /** The session is good; a second factor is still to be shown in it. */
  | { readonly kind: 'step-up'; readonly access: Access }
  /** This user has nothing that could prove what is wanted. */
  | { readonly kind: 'out-of-reach'; readonly access: Access }

/** The session of a browser, and from where it asks. */
export interface Shown {
  readonly site: SiteId
  readonly session: Session['id'] | null
  readonly address: string | null
}

/**
 * Whether a session is good enough for what an application asks (OpenID Connect Core 3.1.2.1). `since`: when the person was sent to our
 * pages for it; a proof from then on is a new one. Null: they have not been there.
 */
export async function judgeAuthorization(
  ports: Ports,
  { site, session: id, address }: Shown,
  wants: Wants,
  since: Instant | null,
): Promise<Judgement> {
  const session = id === null ? null : await ports.store.sessionById(site, id)
  if (!session) return { kind: 'sign-in' }
  const sessionToken = { digest: session.tokenDigest }
  const access = await checkAccess(ports, { site, sessionToken, application: wants.application, address })
  if (access.kind === 'refused') return { kind: 'sign-in' }
  const at = provedAt(access.session.evidence)
  const isNew = since !== null && at >= since
  const tooOld = wants.maxAge !== null && ports.clock.now() - at > seconds(wants.maxAge)
  if (!isNew && (wants.anew || tooOld)) return { kind: 'sign-in' }
  if (!wants.twoFactors || access.acr === 'aal2') return { kind: 'enough', access }
  const reachable = methodsForLevel(access.file, 'aal2', ports.clock.now()).length > 0
  return { kind: reachable ? 'step-up' : 'out-of-reach', access }
}

/** When what is claimed was proved: the oldest proof of them, so that no claim is younger than what it rests on. */
export function provedAt(evidence: readonly Evidence[]): Instant {
  return Math.min(...evidence.map(({ at }) => at))
}
