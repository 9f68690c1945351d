import { isLocked } from '#challenge/attempts.ts'
import { openChallenge } from '#challenge/open.ts'
import type { DecisionView } from '#domain/decision.ts'
import { isChannel, type Method } from '#domain/method.ts'
import { minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { addressOf } from './facts.ts'
import { codeOnItsWay } from './new-code.ts'
import { pendingFor, type Plan, planLocked, said, type Settled, type Shown } from './plan.ts'
import { budgetWarning, methodsWithin, sendLimit } from './send-limit.ts'
import { tellLimit } from './tell-limit.ts'
import { addWithinCaps } from './within-caps.ts'

/** How long a first right password counts where only the second one sends a code (`delivery.send_on`). */
const SECOND_ATTEMPT_WITHIN = minutes(10)

/** Asks for a second factor; if a channel comes first, its message goes out with it. */
export function planChallenge(
  ports: Ports,
  proof: Shown,
  decision: DecisionView,
  methods: readonly [Method, ...Method[]],
): Plan {
  const { file, now } = proof
  const { counters, settings } = file
  if (isLocked(counters, now)) return planLocked(proof)
  const first = methods[0]
  // Where another application takes the password, or none is known, nobody types it here a second time.
  const typedHere = (proof.purpose ?? 'login') === 'login'
  if (typedHere && isChannel(first) && settings['delivery.send_on'] === 'second_attempt') {
    const since = counters.passwordProvedAt
    if (since === null || now - since > SECOND_ATTEMPT_WITHIN) {
      const waiting = { ...counters, passwordProvedAt: now, version: counters.version + 1 }
      const change: Change = { kind: 'set-counters', counters: waiting, from: counters.version }
      const events: Plan['events'] = [said(proof, 'auth.password.again', { ...decision })]
      return { settled: { kind: 'password-again', decision }, changes: [change], events }
    }
  }
  const { token, opening } = pendingFor(ports, proof, decision)
  const within = methodsWithin(file, methods, now)
  const [method] = within
  const opened = openChallenge(opening, within)
  const to = isChannel(method) ? addressOf(file, method) : null
  const issued = said(proof, 'auth.challenge.issued', { challenge: opened.id, method, ...decision })
  const limit = isChannel(first) ? sendLimit(file, first, now) : null
  const { application } = opened
  const told = isChannel(first) && limit ? tellLimit(ports, file, { ...limit, channel: first, application, now }) : null
  const kept = told ? [told.event] : []
  if (!isChannel(method) || to === null || (limit && method === first)) {
    const pending = { token, challenge: opened }
    const seen = { ...file, device: null, challenge: opened, deliveries: [], session: null }
    const settled: Settled = { kind: 'pending', pending, deliver: null, decision, seen }
    const changes: Change[] = [{ kind: 'add-challenge', challenge: opened }, ...(told?.changes ?? [])]
    return { settled, changes, events: [issued, ...kept] }
  }
  const {
    challenge,
    delivery,
    counters: counted,
  } = codeOnItsWay(ports, file, opened, { channel: method, to, again: false, now })
  return {
    settled: { kind: 'pending', pending: { token, challenge }, deliver: delivery.id, decision },
    changes: [
      { kind: 'add-challenge', challenge },
      { kind: 'set-counters', counters: { ...counted, passwordProvedAt: null }, from: counters.version },
      ...(told?.changes ?? []),
      ...addWithinCaps(file, delivery),
    ],
    events: [issued, ...kept, ...budgetWarning(file, method)],
  }
}
