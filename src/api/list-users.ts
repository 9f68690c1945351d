import { isLocked } from '#challenge/attempts.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import type { Sent } from '#usecases/delivery-report.ts'
import { type FindUsers, type FoundUser, findUsers } from '#usecases/find-users.ts'
import { twoFactorUsers } from '#usecases/two-factor-users.ts'
import type { z } from 'zod'
import type { AdministrationHandler } from './behind-right.ts'
import { type ListedUser, ListedUsers, TwoFactorUsers, UserFilter } from './view-schemas.ts'
import { readQuery } from './input.ts'
import { answerPage, ROWS } from './paging.ts'
import { userBody } from './user-body.ts'

/** `GET /users`: by name, only those that fit. */
export function getUsers(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, UserFilter)
    if (input.kind === 'refused') return input.response
    const { found, next } = await findUsers(ports, query(call, input.value))
    const now = ports.clock.now()
    return answerPage(call, ListedUsers, { items: found.map((each) => listed(each, now)), next_cursor: next })
  }
}

/** `GET /two-factor/users`: the same users with what was sent to them, and what keeps codes from reaching them. */
export function getTwoFactorUsers(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, UserFilter)
    if (input.kind === 'refused') return input.response
    const { months, users, next } = await twoFactorUsers(ports, query(call, input.value))
    const now = ports.clock.now()
    const items = users.map(({ messages: { thisMonth, lastMonth, warnings }, ...user }) => ({
      ...listed(user, now),
      this_month: accepted(thisMonth),
      last_month: accepted(lastMonth),
      warnings: [...warnings],
    }))
    return answerPage(call, TwoFactorUsers, { months, items, next_cursor: next })
  }
}

function query(call: Call, input: z.output<typeof UserFilter>): FindUsers {
  const { cursor, limit = ROWS, exempt, locked, ...filter } = input
  const asked = (word: 'true' | 'false' | undefined) => (word === undefined ? undefined : word === 'true')
  return { ...filter, exempt: asked(exempt), locked: asked(locked), site: call.site.id, after: cursor ?? null, limit }
}

function listed({ person, standing }: FoundUser, now: number): z.input<typeof ListedUser> {
  const { lastSignInAt } = person.user
  const locked = isLocked(person.counters, now)
  return {
    ...userBody(person),
    standing,
    locked,
    last_sign_in_at: lastSignInAt === null ? null : rfc3339(lastSignInAt),
  }
}

function accepted(sent: Readonly<Record<'email' | 'sms', Sent>>) {
  return { email: sent.email.accepted, sms: sent.sms.accepted }
}
