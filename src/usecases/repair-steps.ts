import { lastStepBy } from '#authenticators/spent-ahead.ts'
import type { AuditEvent } from '#audit/event.ts'
import { type Instant, minutes, rfc3339 } from '#domain/time.ts'
import type { NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { RepairChange } from '#ports/repair-changes.ts'
import type { PersonFile } from '#ports/store.ts'
import { type Act, userParty } from './act.ts'
import { clocksOf } from './held.ts'
import { overUser, type UserOutcome } from './over-user.ts'

/** How far the clock of the administrator and ours may lie apart. */
const TOLERANCE = minutes(2)

export interface RepairOrder extends Act {
  readonly site: string
  readonly username: string
  /** Why, in words. */
  readonly reason: string
  /** What another clock shows to who orders this, a phone or a wall. */
  readonly time: Instant
}

export type RepairOutcome = UserOutcome | { readonly kind: 'nothing-ahead' }

/**
 * Gives the user's codes back that were spent in a wrong future: somebody signed in while the clock was ahead, and since it was set
 * right every code counts as used before (CK-02). Nothing is given back that can have been used by now: the last spent step becomes the
 * last one that either clock can have accepted, so the user waits a few minutes. If our own clock is behind, steps that were
 * really spent look like the future; that is why a second clock has to say the same time (decision 085).
 */
export async function repairSteps(ports: Ports, order: RepairOrder): Promise<RepairOutcome> {
  let ahead = true
  const outcome = await overUser(ports, order, async (file, at) => {
    if (order.reason.trim() === '') return invalid('reason', 'say why, in a few words')
    if (!(Math.abs(order.time - at) <= TOLERANCE)) return invalid('time', disputed(order.time, at))
    const [first, ...others] = givenBack(file, Math.max(order.time, at))
    ahead = first !== undefined
    if (!first) return { kind: 'invalid', problems: [] }
    const { user } = file
    const event = ({ of, authenticator, from, to }: RepairChange): AuditEvent => ({
      ev: 'factor.steps.repaired',
      actor: order.actor,
      subject: userParty(user),
      application: null,
      data: { authenticator, method: of, from_step: from, to_step: to, reason: order.reason },
    })
    const events: NonEmpty<AuditEvent> = [event(first), ...others.map(event)]
    return { changes: [first, ...others], events, user }
  })
  return ahead ? outcome : { kind: 'nothing-ahead' }
}

/** `by`: no code of a step that a right clock can have accepted until then comes back. */
function givenBack(file: PersonFile, by: Instant): readonly RepairChange[] {
  return clocksOf(file)
    .map(({ of, id, period, last }): RepairChange => {
      return { kind: 'give-back-steps', of, authenticator: id, from: last, to: lastStepBy(by, period) }
    })
    .filter(({ from, to }) => from > to)
}

function disputed(theirs: Instant, ours: Instant): string {
  const said = Number.isFinite(theirs) ? rfc3339(theirs) : 'nothing readable'
  return `this server's clock says ${rfc3339(ours)}, the other one ${said}: set the wrong one right first`
}

function invalid(field: string, problem: string): Extract<UserOutcome, { kind: 'invalid' }> {
  return { kind: 'invalid', problems: [{ field, problem }] }
}
