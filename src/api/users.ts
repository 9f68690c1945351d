import { Secret } from '#domain/secret.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import type { OverUser } from '#usecases/over-user.ts'
import type { Switches } from '#usecases/plan-switches.ts'
import { changeUser, createUser, deleteUser, switchUserApplication } from '#usecases/users.ts'
import type { z } from 'zod'
import { NewUser, SwitchApplication, type UserBody, UserChange } from './administration-schemas.ts'
import { type AdministrationHandler, type Entrant, refuseBeyond } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { refuseChosen } from './chosen-password.ts'
import { versionsWanted } from './entity-tags.ts'
import { readInput } from './input.ts'
import { refusal } from './login.ts'
import { refuseUser, showUser, userFields } from './user-body.ts'

/** `GET /users/{username}`. */
export function getUser(ports: Ports): AdministrationHandler {
  return async (call) => showUser(ports, call, username(call))
}

/** `POST /users`. */
export function postUser(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, NewUser)
    if (input.kind === 'refused') return input.response
    const given = input.value
    const chosen = refuseChosen(call, entrant, given.password)
    if (chosen) return chosen
    const beyond = await refuseBeyond(ports, call, entrant, { roles: given.roles })
    if (beyond) return beyond
    const outcome = await createUser(ports, {
      ...orderOf(call, entrant),
      username: given.username,
      fields: userFields(given),
      password: given.password === undefined ? undefined : new Secret(given.password),
      applications: switchesOf(given.applications),
    })
    if (outcome.kind !== 'saved') return refuseUser(ports, call, outcome)
    return showUser(ports, call, outcome.user.username, 201)
  }
}

/** `PATCH /users/{username}`: what is not named stays as it is. With `If-Match` only the user that the caller saw. */
export function patchUser(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, UserChange)
    if (input.kind === 'refused') return input.response
    const { applications, password, ...fields } = input.value
    const chosen = refuseChosen(call, entrant, password)
    if (chosen) return chosen
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call), roles: fields.roles })
    if (beyond) return beyond
    const outcome = await changeUser(ports, {
      ...orderOf(call, entrant),
      fields: userFields(fields),
      password: password === undefined ? undefined : new Secret(password),
      applications: switchesOf(applications),
    })
    return outcome.kind === 'saved' ? showUser(ports, call, username(call)) : refuseUser(ports, call, outcome)
  }
}

/** `DELETE /users/{username}`: with `If-Match` only the user that the caller saw. */
export function removeUser(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const outcome = await deleteUser(ports, orderOf(call, entrant))
    return outcome.kind === 'saved' ? new Response(null, { status: 204 }) : refuseUser(ports, call, outcome)
  }
}

/** `PUT /users/{username}/applications/{application}`. */
export function putUserApplication(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, SwitchApplication)
    if (input.kind === 'refused') return input.response
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const outcome = await switchUserApplication(ports, {
      ...orderOf(call, entrant),
      application: call.params['application'] ?? '',
      twoFactor: input.value.two_factor,
    })
    // The application stands in the address: one that does not exist is not there.
    if (outcome.kind === 'invalid')
      return refusal(ports, call)('not_found', { detail: 'There is no application of this name.' })
    return outcome.kind === 'saved' ? showUser(ports, call, username(call)) : refuseUser(ports, call, outcome)
  }
}

/** The name in the address. */
export function username(call: Call): string {
  return call.params['username'] ?? ''
}

function orderOf(call: Call, { caller }: Entrant): OverUser {
  return {
    site: call.site.name,
    username: username(call),
    ifRevision: versionsWanted(call.request),
    actor: partyOf(caller),
    origin: call.origin,
  }
}

function switchesOf(applications: z.output<typeof UserBody>['applications'] | undefined): Switches | undefined {
  return applications && Object.fromEntries(Object.entries(applications).map(([name, each]) => [name, each.two_factor]))
}
