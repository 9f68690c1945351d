import type { AuditEvent, Origin } from '#audit/event.ts'
import type { DecisionView } from '#domain/decision.ts'
import { acr, amr, type Evidence, secondFactor } from '#domain/evidence.ts'
import { type ChallengeId, newId, newToken } from '#domain/id.ts'
import type { Session } from '#domain/session.ts'
import { hours, type Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { userParty } from './act.ts'
import { rememberDevice } from './remember-device.ts'
import { sessionLimits } from './session-limits.ts'
import { useDevice } from './shown-device.ts'

export interface Login {
  readonly file: PersonFile
  readonly application: string
  readonly evidence: readonly Evidence[]
  readonly decision: DecisionView
  readonly challenge: ChallengeId | null
  /** The browser is to be remembered; only a challenge that was passed now makes that possible. */
  readonly remember: boolean
  /** A page of ours takes the answer: its browser keeps the token of a remembered device as a cookie, so it can be replaced. */
  readonly onPage?: boolean | undefined
  /** The token by which the remembered device in `file` was found. */
  readonly deviceToken?: string | undefined
  readonly now: Instant
  readonly origin: Origin
}

export interface CompletedLogin {
  readonly session: Session
  /** The bearer token; it exists only here and at its owner's. */
  readonly token: string
  /** The token that a remembered device holds from now on; null: nothing changes for it. */
  readonly deviceToken: string | null
  readonly changes: readonly Change[]
  readonly events: readonly [AuditEvent, ...AuditEvent[]]
}

/**
 * The one place where sessions are made: every way in ends here, with the evidence it has and the decision that let it through.
 * It commits nothing itself; its changes join those that consume the proof, so that neither happens without the other.
 */
export function completeLogin({ random, vault }: Pick<Ports, 'random' | 'vault'>, login: Login): CompletedLogin {
  const { file, now, origin, decision, evidence } = login
  const { user, site } = file
  const token = `st_${newToken(random.bytes(32))}`
  const method = secondFactor(evidence)
  const { application } = login
  const { onPage: rotates = false } = login
  const passedNow = login.remember && login.challenge !== null && method !== undefined
  const remembered = passedNow
    ? rememberDevice({ random, vault }, file, { method, application, rotates, now, origin })
    : null
  const spared = decision.rule === 'remembered_device' ? file.device : null
  const used = spared && useDevice({ vault }, spared, { token: login.deviceToken, address: origin.address, now })
  const session: Session = {
    id: newId('ses', random.bytes(16)),
    site: site.id,
    user: user.id,
    tokenDigest: vault.digest(token),
    application,
    evidence,
    rule: decision.rule,
    challenge: login.challenge,
    device: remembered?.device.id ?? spared?.id ?? null,
    createdAt: now,
    endsAt: now + hours(sessionLimits(file, application).durationHours),
    lastSeenAt: now,
    endedAt: null,
    siteEpoch: site.sessionEpoch,
    userEpoch: user.sessionEpoch,
    address: origin.address,
    userAgent: origin.userAgent,
  }
  const requiredSince = user.requiredSince ?? (decision.rule === 'grace' ? now : null)
  const party = userParty(user)
  const said = { actor: party, subject: party, application }
  return {
    session,
    token,
    deviceToken: remembered?.token ?? used?.token ?? null,
    changes: [
      { kind: 'sign-in-user', user: user.id, sessionEpoch: user.sessionEpoch, at: now, requiredSince },
      { kind: 'add-session', session },
      ...(remembered?.changes ?? []),
      ...(used?.changes ?? []),
    ],
    events: [
      {
        ev: 'session.created',
        ...said,
        data: {
          '2fa': withoutFactor(evidence) ?? twoFactorWord(decision),
          ...vouchedFor(evidence),
          amr: amr(evidence),
          acr: acr(evidence),
          session: session.id,
          ...decision,
        },
      },
      ...(remembered?.events ?? []),
      ...(decision.rule === 'channel_unconfigured'
        ? [{ ev: 'degraded.login', ...said, data: { reason: decision.reason } } as const]
        : []),
    ],
  }
}

/** Which identity provider stands behind the sign-in, if one does. */
function vouchedFor(evidence: readonly Evidence[]): { readonly provider?: string } {
  const external = evidence.find((each) => each.kind === 'external')
  return external ? { provider: external.provider } : {}
}

/** The word for a code that somebody was given: it let them in, and nothing was passed. */
function withoutFactor(evidence: readonly Evidence[]): string | undefined {
  const given = evidence.find((each) => each.kind === 'break_glass')
  return given && (given.by === 'operator' ? 'break_glass' : 'helpdesk')
}

/** One word for what became of the second factor: not required, off, bypassed and skipped are different things. */
export function twoFactorWord(decision: DecisionView): string {
  switch (decision.rule) {
    case 'methods':
    case 'enrol':
      return 'passed'
    case 'site_off':
      return 'off'
    case 'api_path':
      return 'api'
    case 'external':
      return 'external'
    case 'bypass':
      return 'bypassed'
    case 'website_user':
    case 'not_required':
      return 'not_required'
    case 'remembered_device':
      return 'remembered'
    default:
      return decision.outcome === 'skip' ? `skipped:${decision.rule}` : 'passed'
  }
}
