import type { AuditEvent } from '#audit/event.ts'
import type { Application } from '#domain/application.ts'
import type { User } from '#domain/user.ts'
import type { Change } from '#ports/changes.ts'
import { type Act, userParty } from './act.ts'
import type { FieldProblem } from './user-input.ts'

/** By the name of an application: whether a user passes a second factor there. */
export type Switches = Readonly<Record<string, boolean>>

/** Every name in `wanted` that is no application of the site. */
export function checkSwitches(applications: readonly Application[], wanted: Switches = {}): readonly FieldProblem[] {
  const known = applications.map(({ name }) => name)
  return Object.keys(wanted)
    .filter((name) => !known.includes(name))
    .map((name) => ({ field: `applications/${inPointer(name)}`, problem: 'there is no such application' }))
}

export interface PlannedSwitches {
  readonly changes: readonly Change[]
  readonly events: readonly AuditEvent[]
}

/** What is to be done where a switch is not so already, with the account of each. */
export function planSwitches(
  { actor }: Pick<Act, 'actor'>,
  user: User,
  applications: readonly Application[],
  { before, wanted = {} }: { readonly before: Switches; readonly wanted: Switches | undefined },
): PlannedSwitches {
  const differing = applications.filter(
    ({ name }) => (wanted[name] ?? before[name] ?? false) !== (before[name] ?? false),
  )
  return {
    changes: differing.map(({ name }) => ({
      kind: 'set-user-application',
      user: user.id,
      application: name,
      twoFactor: wanted[name] ?? false,
    })),
    events: differing.map(({ name, title }) => ({
      ev: 'user.two_factor.changed',
      actor,
      subject: userParty(user),
      application: name,
      data: { application: title, enabled: wanted[name] ?? false },
    })),
  }
}

/** RFC 6901 §3. */
function inPointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
