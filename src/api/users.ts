import { Secret } from '#domain/secret.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { changeUser, createUser, deleteUser, switchUserApplication, type UserOutcome } from '#usecases/users.ts'
import type { z } from 'zod'
import { NewUser, SwitchApplication, type UserBody, UserChange } from './administration-schemas.ts'
import { type AdministrationHandler, refuseBeyond } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { refuseChosen } from './chosen-password.ts'
import { type FieldError, invalid, pointer, readInput } from './input.ts'
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
    const unknown = await unknownApplications(ports, call, given.applications)
    if (unknown) return unknown
    const order = {
      site: call.site.name,
      username: given.username,
      actor: partyOf(entrant.caller),
      origin: call.origin,
    }
    const password = given.password === undefined ? undefined : new Secret(given.password)
    const outcome = await createUser(ports, { ...order, fields: userFields(given), password })
    if (outcome.kind !== 'saved') return refuseUser(ports, call, outcome)
    const switched = await switchAll(ports, order, given.applications)
    return switched ? refuseUser(ports, call, switched) : showUser(ports, call, outcome.user.username, 201)
  }
}

/** `PATCH /users/{username}`: what is not named stays as it is. */
export function patchUser(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, UserChange)
    if (input.kind === 'refused') return input.response
    const { applications, password, ...fields } = input.value
    const chosen = refuseChosen(call, entrant, password)
    if (chosen) return chosen
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call), roles: fields.roles })
    if (beyond) return beyond
    const unknown = await unknownApplications(ports, call, applications)
    if (unknown) return unknown
    const order = {
      site: call.site.name,
      username: username(call),
      actor: partyOf(entrant.caller),
      origin: call.origin,
    }
    if (password !== undefined || Object.keys(fields).length > 0) {
      const secret = password === undefined ? undefined : new Secret(password)
      const outcome = await changeUser(ports, { ...order, fields: userFields(fields), password: secret })
      if (outcome.kind !== 'saved') return refuseUser(ports, call, outcome)
    }
    const switched = await switchAll(ports, order, applications)
    return switched ? refuseUser(ports, call, switched) : showUser(ports, call, username(call))
  }
}

/** `DELETE /users/{username}`. */
export function removeUser(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const order = {
      site: call.site.name,
      username: username(call),
      actor: partyOf(entrant.caller),
      origin: call.origin,
    }
    const outcome = await deleteUser(ports, order)
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
      site: call.site.name,
      username: username(call),
      application: call.params['application'] ?? '',
      twoFactor: input.value.two_factor,
      actor: partyOf(entrant.caller),
      origin: call.origin,
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

type Switches = z.output<typeof UserBody>['applications'] | undefined

/** Looked for before anything is done, so that a mistyped name changes nothing. */
async function unknownApplications(ports: Ports, call: Call, switches: Switches): Promise<Response | undefined> {
  if (switches === undefined) return undefined
  const known = (await ports.store.siteFile(call.site.name))?.applications.map(({ name }) => name) ?? []
  const errors = Object.keys(switches)
    .filter((name) => !known.includes(name))
    .map((name): FieldError => ({ pointer: pointer(['applications', name]), detail: 'there is no such application' }))
  return errors.length > 0 ? invalid(call, errors) : undefined
}

/** Sets the switches that are not so already; answers what went wrong. */
async function switchAll(
  ports: Ports,
  order: Omit<Parameters<typeof switchUserApplication>[1], 'application' | 'twoFactor'>,
  switches: Switches = {},
): Promise<Exclude<UserOutcome, { kind: 'saved' }> | undefined> {
  const site = await ports.store.site(order.site)
  const file = site && (await ports.store.personFile(site.id, order.username, ports.clock.now()))
  for (const [application, { two_factor: twoFactor }] of Object.entries(switches)) {
    if ((file?.userApplications[application] ?? false) === twoFactor) continue
    const outcome = await switchUserApplication(ports, { ...order, application, twoFactor })
    if (outcome.kind !== 'saved') return outcome
  }
  return undefined
}
