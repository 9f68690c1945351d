import type { AuditEvent, EventName, Origin } from '#audit/event.ts'
import { isLocked } from '#challenge/attempts.ts'
import type { Challenge } from '#challenge/challenge.ts'
import { openChallenge, openEnrolment } from '#challenge/open.ts'
import type { Application } from '#domain/application.ts'
import type { DecisionView } from '#domain/decision.ts'
import type { DeliveryId } from '#domain/id.ts'
import type { Evidence } from '#domain/evidence.ts'
import { newId, newToken } from '#domain/id.ts'
import { isChannel, type Method } from '#domain/method.ts'
import { type Instant, minutes } from '#domain/time.ts'
import { decide } from '#policy/decide.ts'
import { type Decision, viewDecision } from '#policy/decision.ts'
import type { Via } from '#policy/facts.ts'
import type { ContactPerson } from '#policy/settings.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { completeLogin } from './complete-login.ts'
import { addressOf, factsOf } from './facts.ts'
import { codeOnItsWay, withinQuota } from './new-code.ts'
import { liveEnrolment, newEnrolment } from './new-enrolment.ts'

/** A first proof that was accepted: a password, or an identity provider's word. */
export interface Proof {
  readonly file: PersonFile
  readonly via: Via
  readonly evidence: Evidence
  readonly application: Application
  readonly now: Instant
  readonly origin: Origin
  /** What comes with the proof: the account of it, and changes that belong to it. */
  readonly events: readonly AuditEvent[]
  readonly changes: readonly Change[]
}

/** A pending login's token, for its owner alone, and what it stands for. */
export interface Pending {
  readonly token: string
  readonly challenge: Challenge
}

export type Settled =
  | { readonly kind: 'signed-in'; readonly token: string; readonly expiresAt: Instant; readonly decision: DecisionView }
  | {
      readonly kind: 'pending'
      readonly pending: Pending
      readonly deliver: DeliveryId | null
      readonly decision: DecisionView
    }
  | { readonly kind: 'password-again'; readonly decision: DecisionView }
  | { readonly kind: 'denied'; readonly decision: DecisionView; readonly contacts: readonly ContactPerson[] }
  | { readonly kind: 'use-api-key'; readonly decision: DecisionView }
  | { readonly kind: 'code-locked'; readonly retryAt: Instant }

/** How long a first right password counts where only the second one sends a code (`delivery.send_on`). */
const SECOND_ATTEMPT_WITHIN = minutes(10)

/** What the decision makes of a first proof: one commit, after which the outcome may be told and the message may go. */
export async function settle(ports: Ports, proof: Proof): Promise<Settled | 'conflict'> {
  const { file, now, origin } = proof
  const earlier = file.device && { passedAt: file.device.passedAt, method: file.device.method }
  const { via, application } = proof
  const decision = decide(factsOf(file, { now, via, application, address: origin.address, earlier }))
  const plan = planFor(ports, proof, decision)
  const changes = [...proof.changes, ...plan.changes]
  const events: NonEmpty<AuditEvent> = [...proof.events, ...plan.events] as unknown as NonEmpty<AuditEvent>
  const committed = await ports.store.commit({ site: file.site.id, at: now, origin, changes, events })
  return committed === 'conflict' ? 'conflict' : plan.settled
}

interface Plan {
  readonly settled: Settled
  readonly changes: readonly Change[]
  readonly events: NonEmpty<AuditEvent>
}

function planFor(ports: Ports, proof: Proof, decision: Decision): Plan {
  const view = viewDecision(decision)
  switch (decision.outcome) {
    case 'skip':
      return planSession(ports, proof, view)
    case 'challenge':
      return planChallenge(ports, proof, view, decision.methods)
    case 'enrol':
      return planEnrolment(ports, proof, view, decision.channel)
    case 'deny': {
      const contacts = proof.file.settings['contact.persons']
      const useKey = decision.reason === 'use_api_key'
      const settled: Settled = useKey
        ? { kind: 'use-api-key', decision: view }
        : { kind: 'denied', decision: view, contacts }
      return { settled, changes: [], events: [said(proof, 'auth.denied', { ...view })] }
    }
  }
}

function planSession(ports: Ports, proof: Proof, decision: DecisionView): Plan {
  const { file, application, now, origin } = proof
  const login = completeLogin(ports, {
    file,
    application: application.name,
    evidence: [proof.evidence],
    decision,
    challenge: null,
    remember: false,
    now,
    origin,
  })
  const settled: Settled = { kind: 'signed-in', token: login.token, expiresAt: login.session.endsAt, decision }
  return { settled, changes: login.changes, events: login.events }
}

function planChallenge(
  ports: Ports,
  proof: Proof,
  decision: DecisionView,
  methods: readonly [Method, ...Method[]],
): Plan {
  const { file, now } = proof
  const { counters, settings } = file
  if (isLocked(counters, now)) {
    // The lock closes the second step; nothing is sent into it. Who has 100 failures behind them is let out by an administrator.
    const retryAt = counters.disabled ? Number.POSITIVE_INFINITY : counters.lockedUntil
    return {
      settled: { kind: 'code-locked', retryAt },
      changes: [],
      events: [said(proof, 'auth.challenge.locked', {})],
    }
  }
  const first = methods[0]
  if (isChannel(first) && settings['delivery.send_on'] === 'second_attempt') {
    const since = counters.passwordProvedAt
    if (since === null || now - since > SECOND_ATTEMPT_WITHIN) {
      const waiting = { ...counters, passwordProvedAt: now, version: counters.version + 1 }
      const change: Change = { kind: 'set-counters', counters: waiting, from: counters.version }
      const events: Plan['events'] = [said(proof, 'auth.password.again', { ...decision })]
      return { settled: { kind: 'password-again', decision }, changes: [change], events }
    }
  }
  const { token, opening } = pendingFor(ports, proof, decision)
  const opened = openChallenge(opening, methods)
  const to = isChannel(first) ? addressOf(file, first) : null
  const issued = said(proof, 'auth.challenge.issued', { challenge: opened.id, method: first, ...decision })
  if (!isChannel(first) || to === null || !withinQuota(file)) {
    const quota = isChannel(first) ? [said(proof, 'delivery.quota', { channel: first })] : []
    const settled: Settled = { kind: 'pending', pending: { token, challenge: opened }, deliver: null, decision }
    return { settled, changes: [{ kind: 'add-challenge', challenge: opened }], events: [issued, ...quota] }
  }
  const {
    challenge,
    delivery,
    counters: counted,
  } = codeOnItsWay(ports, file, opened, { channel: first, to, again: false, now })
  return {
    settled: { kind: 'pending', pending: { token, challenge }, deliver: delivery.id, decision },
    changes: [
      { kind: 'add-challenge', challenge },
      { kind: 'set-counters', counters: { ...counted, passwordProvedAt: null }, from: counters.version },
      { kind: 'add-delivery', delivery },
    ],
    events: [issued],
  }
}

function planEnrolment(
  ports: Ports,
  proof: Proof,
  decision: DecisionView,
  channel: 'screen' | 'email_link' | 'both',
): Plan {
  const { file, now } = proof
  const { token, opening } = pendingFor(ports, proof, decision)
  const challenge = openEnrolment(opening, channel)
  const started = said(proof, 'factor.enrol.started', { challenge: challenge.id, channel, ...decision })
  const adding: Change = { kind: 'add-challenge', challenge }
  const wanted = channel === 'screen' ? null : file.user.email
  const live = liveEnrolment(file, now)
  // A live enrolment is taken up again: another browser that opens the emailed link must find the same secret.
  if (live && (wanted === null || live.linkDigest !== null)) {
    const settled: Settled = { kind: 'pending', pending: { token, challenge }, deliver: null, decision }
    return { settled, changes: [adding], events: [started] }
  }
  const mailTo = wanted !== null && withinQuota(file) ? wanted : null
  const { changes, delivery } = newEnrolment(ports, file, { challenge: challenge.id, mailTo, now })
  return {
    settled: { kind: 'pending', pending: { token, challenge }, deliver: delivery?.id ?? null, decision },
    changes: [adding, ...changes],
    events: [started],
  }
}

function pendingFor({ random, vault }: Ports, proof: Proof, decision: DecisionView) {
  const token = `pt_${newToken(random.bytes(32))}`
  const opening = {
    id: newId('chl', random.bytes(16)),
    site: proof.file.site.id,
    user: proof.file.user.id,
    application: proof.application.name,
    purpose: 'login',
    tokenDigest: vault.digest(token),
    decision,
    firstProof: proof.evidence,
    userEpoch: proof.file.user.sessionEpoch,
    now: proof.now,
    address: proof.origin.address,
    userAgent: proof.origin.userAgent,
  } as const
  return { token, opening }
}

function said(proof: Proof, ev: EventName, data: AuditEvent['data']): AuditEvent {
  return ownEvent(proof.file.user, proof.application.name, ev, data)
}
