import { rfc3339 } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { forgetDevices } from '#usecases/forget-devices.ts'
import { listDevices } from '#usecases/list-devices.ts'
import { DevicePage, Ended, Page } from './administration-schemas.ts'
import { json } from './answer.ts'
import { type AdministrationHandler, type Entrant, NO_USER } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { invalid, readQuery } from './input.ts'
import { refusal } from './login.ts'
import { answerPage, cursorOf, placeOf, ROWS } from './paging.ts'
import { Nothing } from './schemas.ts'
import { username } from './users.ts'

/** `GET /users/{username}/devices`: the last to pass a challenge first. */
export function getDevices(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, Page)
    if (input.kind === 'refused') return input.response
    const { cursor, limit = ROWS } = input.value
    const before = cursor === undefined ? null : placeOf(cursor)
    if (before === undefined) return invalid(call, [{ pointer: '/cursor', detail: 'is not a cursor of this list' }])
    const outcome = await listDevices(ports, { site: call.site.name, username: username(call), before, limit })
    if (outcome.kind !== 'listed') return refusal(ports, call)('not_found', { detail: NO_USER })
    const items = outcome.devices.map(({ id, passedAt, method, lastUsedAt, address, userAgent }) => ({
      id,
      passed_at: rfc3339(passedAt),
      method,
      last_used_at: rfc3339(lastUsedAt),
      address,
      user_agent: userAgent,
    }))
    return answerPage(call, DevicePage, { items, next_cursor: cursorOf(outcome.next) })
  }
}

/** `DELETE /users/{username}/devices`: all of them. */
export function deleteDevices(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = readQuery(call, Nothing)
    return input.kind === 'refused' ? input.response : forget(ports, call, entrant)
  }
}

/** `DELETE /users/{username}/devices/{device}`. */
export function deleteDevice(ports: Ports): AdministrationHandler {
  return async (call, entrant) => forget(ports, call, entrant, call.params['device'] ?? '')
}

async function forget(ports: Ports, call: Call, { caller }: Entrant, device?: string): Promise<Response> {
  const outcome = await forgetDevices(ports, {
    site: call.site.name,
    username: username(call),
    ...(device === undefined ? {} : { device }),
    actor: partyOf(caller),
    origin: call.origin,
  })
  const refuse = refusal(ports, call)
  switch (outcome.kind) {
    case 'forgotten':
      return device === undefined
        ? json(Ended, { sessions: 0, devices: outcome.devices })
        : new Response(null, { status: 204 })
    case 'unknown-device':
      return refuse('not_found', { detail: 'This user has no such device.' })
    case 'unknown-user':
    case 'unknown-site':
      return refuse('not_found', { detail: NO_USER })
    case 'busy':
      return refuse('busy')
  }
}
