import type { SiteId } from '#domain/id.ts'
import { acr, amr } from '#domain/evidence.ts'
import type { Session } from '#domain/session.ts'
import { days, seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { type Access, type AccessOutcome, checkAccess } from '#usecases/check-access.ts'
import { provedAt } from '#usecases/judge-authorization.ts'
import { findArtifact, keepArtifact } from '#usecases/openid-artifacts.ts'
import { currentVisit } from './visit.ts'

type Payload = Readonly<Record<string, unknown>>

export function isSessionId(id: unknown): id is Session['id'] {
  return typeof id === 'string' && id.startsWith('ses_')
}

/** Whether a session of ours may be used for this application, seen from where it was opened. */
export async function accessBySession(
  ports: Ports,
  site: SiteId,
  { session: id, application }: { readonly session: unknown; readonly application: string | null },
): Promise<Access | null> {
  const session = isSessionId(id) ? await ports.store.sessionById(site, id) : null
  if (!session) return null
  const access: AccessOutcome = await checkAccess(ports, {
    site,
    sessionToken: { digest: session.tokenDigest },
    application,
    address: session.address,
  })
  return access.kind === 'granted' ? access : null
}

/** What the provider takes for its own session: ours, with what was proved in it, and what it noted on it before. */
export async function readSession(ports: Ports, site: SiteId, id: string): Promise<Payload | undefined> {
  const access = await accessBySession(ports, site, { session: id, application: null })
  if (!access) return undefined
  const { evidence } = access.session
  const noted = await findArtifact(ports, { site, kind: 'Session', id })
  return {
    ...noted?.payload,
    kind: 'Session',
    jti: id,
    uid: id,
    exp: Math.floor(access.expiresAt / seconds(1)),
    accountId: access.user.id,
    loginTs: Math.floor(provedAt(evidence) / seconds(1)),
    acr: acr(evidence),
    amr: [...amr(evidence)],
  }
}

/** Keeps what the provider notes on a session: the applications it has led to, a logout that waits to be confirmed. */
export async function noteOnSession(ports: Ports, site: SiteId, payload: Payload): Promise<void> {
  const { uid, authorizations, state } = payload
  const visit = currentVisit()
  if (!isSessionId(uid)) {
    visit.stranger = payload
    return
  }
  await keepArtifact(ports, {
    site,
    kind: 'Session',
    id: uid,
    payload: { ...(authorizations ? { authorizations } : {}), ...(state ? { state } : {}) },
    grant: null,
    lifeMs: days(1),
    origin: visit.call.origin,
  })
}
