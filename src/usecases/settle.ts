import type { AuditEvent } from '#audit/event.ts'
import { isLocked } from '#challenge/attempts.ts'
import type { DecisionView } from '#domain/decision.ts'
import type { Evidence } from '#domain/evidence.ts'
import { decide } from '#policy/decide.ts'
import { type Decision, viewDecision } from '#policy/decision.ts'
import type { NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { completeLogin } from './complete-login.ts'
import { factsOf } from './facts.ts'
import { type Plan, planLocked, type Proof, said, type Settled } from './plan.ts'
import { planChallenge } from './plan-challenge.ts'
import { planEnrolment } from './plan-enrolment.ts'

/** What the decision makes of a first proof: one commit, after which the outcome may be told and the message may go. */
export async function settle(ports: Ports, proof: Proof): Promise<Settled | 'conflict'> {
  const { file, now, origin } = proof
  const earlier = file.device && { passedAt: file.device.passedAt, method: file.device.method }
  const { via, application } = proof
  const decision = decide(factsOf(file, { now, via, application, address: origin.address, earlier }))
  const plan = planDecided(ports, proof, decision)
  const changes = [...proof.changes, ...plan.changes]
  const events: NonEmpty<AuditEvent> = [...proof.events, ...plan.events]
  const committed = await ports.store.commit({ site: file.site.id, at: now, origin, changes, events })
  return committed === 'conflict' ? 'conflict' : plan.settled
}

/** What comes of a decision, still to be committed. */
export function planDecided(ports: Ports, proof: Proof, decision: Decision): Plan {
  const view = viewDecision(decision)
  switch (decision.outcome) {
    case 'skip':
      return planSession(ports, proof, view)
    case 'challenge':
      // A passkey that has verified its user is what is asked for, and more than a password: nothing is left to ask.
      if (isBothFactors(proof.evidence) && decision.methods.includes('passkey'))
        return isLocked(proof.file.counters, proof.now) ? planLocked(proof) : planSession(ports, proof, view)
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
    deviceToken: proof.deviceToken,
    now,
    origin,
  })
  const { token, deviceToken, session } = login
  const settled: Settled = { kind: 'signed-in', token, expiresAt: session.endsAt, decision, deviceToken }
  return { settled, changes: login.changes, events: login.events }
}

function isBothFactors(evidence: Evidence): boolean {
  return evidence.kind === 'passkey' && evidence.userVerified
}
