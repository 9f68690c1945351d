import type { Ports } from '#ports/ports.ts'
import { countMessages, type DeliveryReport, type DeliveryRow } from './delivery-report.ts'
import { type FindUsers, type FoundUser, findUsers } from './find-users.ts'

/** A user as the table of the second factor shows one. */
export interface TwoFactorUser extends FoundUser {
  readonly messages: DeliveryRow
}

/** A page of users with their switches, what was sent to them in two months, and what keeps codes from reaching them. */
export async function twoFactorUsers(
  ports: Ports,
  query: FindUsers,
): Promise<{
  readonly months: DeliveryReport['months']
  readonly users: readonly TwoFactorUser[]
  readonly next: string | null
}> {
  const { found, next } = await findUsers(ports, query)
  const { months, rowOf } = await countMessages(ports, query.site, ports.clock.now())
  return { months, users: found.map((each) => ({ ...each, messages: rowOf(each.person) })), next }
}
