import { isLocked } from '#challenge/attempts.ts'
import { openEnrolment } from '#challenge/open.ts'
import type { DecisionView } from '#domain/decision.ts'
import type { EnrolmentChannel } from '#policy/decision.ts'
import type { Ports } from '#ports/ports.ts'
import { liveEnrolment, newEnrolment } from './new-enrolment.ts'
import { type Plan, type Proof, pendingFor, planLocked, said } from './plan.ts'
import { messageLimit } from './send-limit.ts'
import { tellLimit } from './tell-limit.ts'

/**
 * Leads to binding an authenticator: on the screen, by a link in the mail, or either. Each pending login gets a secret of its own, so
 * that nobody else who knows the password has seen the one that is bound; the one before is gone. A link that was opened in another
 * browser goes on leading here, and no second mail is sent for it.
 */
export function planEnrolment(ports: Ports, proof: Proof, decision: DecisionView, channel: EnrolmentChannel): Plan {
  const { file, now } = proof
  if (isLocked(file.counters, now)) return planLocked(proof)
  const { token, opening } = pendingFor(ports, proof, decision)
  const challenge = openEnrolment(opening, channel)
  const live = liveEnrolment(file, now)
  const followed = live?.linkDigest && live.linkDigest === proof.linkDigest ? live : undefined
  const wanted = channel === 'screen' || followed ? null : file.user.email
  const limit = wanted === null ? null : messageLimit(file, 'email', now)
  const mailTo = limit === null ? wanted : null
  const order = { challenge: challenge.id, mailTo, now, ...(followed ? { link: followed } : {}) }
  const { changes, delivery } = newEnrolment(ports, file, order)
  const { application } = challenge
  const told = limit === null ? null : tellLimit(ports, file, { ...limit, channel: 'email', application, now })
  return {
    settled: { kind: 'pending', pending: { token, challenge }, deliver: delivery?.id ?? null, decision },
    changes: [{ kind: 'add-challenge', challenge }, ...changes, ...(told?.changes ?? [])],
    events: [
      said(proof, 'factor.enrol.started', { challenge: challenge.id, channel, ...decision }),
      ...(told ? [told.event] : []),
    ],
  }
}
