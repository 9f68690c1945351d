import { openEnrolment } from '#challenge/open.ts'
import type { DecisionView } from '#domain/decision.ts'
import type { EnrolmentChannel } from '#policy/decision.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { withinQuota } from './new-code.ts'
import { liveEnrolment, newEnrolment } from './new-enrolment.ts'
import { pendingFor, type Plan, type Proof, said, type Settled } from './plan.ts'

/** Leads to binding an authenticator: on the screen, by a link in the mail, or either. */
export function planEnrolment(ports: Ports, proof: Proof, decision: DecisionView, channel: EnrolmentChannel): Plan {
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
