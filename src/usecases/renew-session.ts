import type { Evidence } from '#domain/evidence.ts'
import { newToken } from '#domain/id.ts'
import { type Session, sessionEnd } from '#domain/session.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { sessionLimits } from './session-limits.ts'

export interface RenewedSession {
  /** The bearer token from now on; the one before it opens nothing any more. */
  readonly token: string
  readonly expiresAt: Instant
  readonly change: Change
}

/** Whether a session is open: not ended, by itself or with all others, and not run out. */
export function isOpen(file: PersonFile, session: Session, now: Instant): boolean {
  const { site, user } = file
  const current = session.siteEpoch === site.sessionEpoch && session.userEpoch === user.sessionEpoch
  return session.endedAt === null && current && now < sessionEnd(session, sessionLimits(file, session.application))
}

/**
 * The session goes on under another token with what was proved now: whoever had seen the old one does not gain by the new
 * proof. Its end stays where it was.
 */
export function renewSession(
  { random, vault }: Pick<Ports, 'random' | 'vault'>,
  file: PersonFile,
  session: Session,
  proof: Evidence,
  now: Instant,
): RenewedSession {
  const token = `st_${newToken(random.bytes(32))}`
  const renewed: Session = {
    ...session,
    tokenDigest: vault.digest(token),
    evidence: withProof(session.evidence, proof),
    lastSeenAt: now,
  }
  return {
    token,
    expiresAt: sessionEnd(renewed, sessionLimits(file, session.application)),
    change: { kind: 'renew-session', session: renewed, from: session.tokenDigest },
  }
}

/** What a session rests on, with the newest proof of each kind: of two second factors the newest comes first. */
function withProof(evidence: readonly Evidence[], proof: Evidence): readonly Evidence[] {
  const isFirst = ({ kind }: Evidence): boolean => kind === 'password' || kind === 'external'
  const kept = evidence.filter(({ kind }) => kind !== proof.kind)
  return [...kept.filter(isFirst), proof, ...kept.filter((each) => !isFirst(each))]
}
