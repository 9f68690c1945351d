import type { Role } from '#domain/role.ts'
import type { Ports } from '#ports/ports.ts'
import { createRole } from '#usecases/create-role.ts'
import { deleteRole } from '#usecases/delete-role.ts'
import { setRole, type SetRole } from '#usecases/roles.ts'
import type { z } from 'zod'
import { NewRole, Page, RoleBody, RoleChange, RolePage } from './administration-schemas.ts'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { given, readInput, readQuery } from './input.ts'
import { refusal } from './login.ts'
import { answerPage, pageOf } from './paging.ts'

const NO_ROLE = 'There is no role of this name.'

/** `GET /roles`. */
export function getRoles(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, Page)
    if (input.kind === 'refused') return input.response
    const file = await ports.store.siteFile(call.site.name)
    const { shown, next } = pageOf(file?.roles ?? [], ({ name }) => name, input.value)
    return answerPage(call, RolePage, { items: shown.map(roleBody), next_cursor: next })
  }
}

/** `POST /roles`. */
export function postRole(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, NewRole)
    if (input.kind === 'refused') return input.response
    const { name } = input.value
    const act = { actor: partyOf(caller), origin: call.origin }
    const outcome = await createRole(ports, { ...act, site: call.site.name, name, fields: roleFields(input.value) })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'saved':
        return json(RoleBody, roleBody(outcome.role), 201)
      case 'name-taken':
        return refuse('name_taken')
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `PATCH /roles/{role}`: `{"two_factor_auth": true}` asks its holders for a second factor. */
export function patchRole(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, RoleChange)
    if (input.kind === 'refused') return input.response
    const outcome = await setRole(ports, {
      site: call.site.name,
      name: call.params['role'] ?? '',
      fields: roleFields(input.value),
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'saved':
        return json(RoleBody, roleBody(outcome.role))
      case 'unknown-role':
      case 'unknown-site':
        return refuse('not_found', { detail: NO_ROLE })
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `DELETE /roles/{role}`: one that nobody holds. */
export function removeRole(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const act = { actor: partyOf(caller), origin: call.origin }
    const outcome = await deleteRole(ports, { ...act, site: call.site.name, name: call.params['role'] ?? '' })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'deleted':
        return new Response(null, { status: 204 })
      case 'built-in':
        return refuse('built_in')
      case 'in-use':
        return refuse('in_use', { extensions: { holders: outcome.holders } })
      case 'unknown-role':
      case 'unknown-site':
        return refuse('not_found', { detail: NO_ROLE })
      case 'busy':
        return refuse('busy')
    }
  }
}

function roleBody(role: Role): z.input<typeof RoleBody> {
  return {
    name: role.name,
    two_factor_auth: role.twoFactorAuth,
    bypass_allowed: role.bypassAllowed,
    fail_open_allowed: role.failOpenAllowed,
    methods_allowed: role.methodsAllowed && [...role.methodsAllowed],
    interval_hours: role.intervalHours,
    grace_days: role.graceDays,
    trusted_networks: role.trustedNetworks && [...role.trustedNetworks],
  }
}

function roleFields(body: z.output<typeof RoleChange>): SetRole['fields'] {
  return given({
    twoFactorAuth: body.two_factor_auth,
    bypassAllowed: body.bypass_allowed,
    failOpenAllowed: body.fail_open_allowed,
    methodsAllowed: body.methods_allowed,
    intervalHours: body.interval_hours,
    graceDays: body.grace_days,
    trustedNetworks: body.trusted_networks,
  })
}
