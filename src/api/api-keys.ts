import type { ApiKey } from '#domain/api-key.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { revokeApiKey } from '#usecases/revoke-api-key.ts'
import type { z } from 'zod'
import { CreatedKey, type KeyBody, KeyPage, NewKey, Page } from './administration-schemas.ts'
import { json } from './answer.ts'
import { type AdministrationHandler, NO_USER, noteDenial } from './behind-right.ts'
import { partyOf, rightsOf } from './caller.ts'
import { invalid, readInput, readQuery } from './input.ts'
import { refusal } from './login.ts'
import { answerPage, pageOf } from './paging.ts'

/** `GET /api-keys`: all that were ever made. The keys themselves are stored nowhere. */
export function getKeys(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, Page)
    if (input.kind === 'refused') return input.response
    const { shown, next } = pageOf(await ports.store.apiKeys(call.site.id), inOrderOfTime, input.value)
    const owners = await ports.store.apiKeyOwners(call.site.id)
    const items = shown.map((key) => keyBody(key, key.user && (owners.get(key.user) ?? null)))
    return answerPage(call, KeyPage, { items, next_cursor: next })
  }
}

/** `POST /api-keys`: the answer has the key, this once. */
export function postKey(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, NewKey)
    if (input.kind === 'refused') return input.response
    const { name, scopes, username, expires_at: end } = input.value
    const { caller } = entrant
    const outcome = await createApiKey(ports, {
      site: call.site.name,
      name,
      scopes: [...new Set(scopes)],
      username,
      expiresAt: typeof end === 'string' ? Date.parse(end) : null,
      maker: { rights: rightsOf(caller), key: caller.kind === 'api-key' ? caller.key : null },
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'created':
        return json(CreatedKey, { ...keyBody(outcome.key, username ?? null), key: outcome.text }, 201)
      case 'invalid':
        return invalid(
          call,
          outcome.problems.map(({ field, problem }) => ({ pointer: `/${field}`, detail: problem })),
        )
      case 'beyond-maker':
        return (await noteDenial(ports, call, entrant, null)) === 'busy'
          ? refuse('busy')
          : refuse('forbidden', { detail: outcome.why })
      case 'unknown-user':
        return invalid(call, [{ pointer: '/username', detail: NO_USER }])
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `DELETE /api-keys/{key}`: it opens nothing from then on, and stays in the list. */
export function deleteKey(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const order = { site: call.site.name, key: call.params['key'] ?? '', actor: partyOf(caller), origin: call.origin }
    const { kind } = await revokeApiKey(ports, order)
    const refuse = refusal(ports, call)
    switch (kind) {
      case 'revoked':
        return new Response(null, { status: 204 })
      case 'unknown-key':
      case 'unknown-site':
        return refuse('not_found', { detail: 'There is no such key.' })
      case 'busy':
        return refuse('busy')
    }
  }
}

/** Sorts by the moment a key was made. */
function inOrderOfTime({ createdAt, id }: ApiKey): string {
  return `${String(createdAt).padStart(15, '0')}.${id}`
}

function keyBody(key: ApiKey, username: string | null): z.input<typeof KeyBody> {
  const moment = (at: number | null): string | null => (at === null ? null : rfc3339(at))
  return {
    id: key.id,
    name: key.name,
    username,
    scopes: [...key.scopes],
    created_at: rfc3339(key.createdAt),
    expires_at: moment(key.expiresAt),
    revoked_at: moment(key.revokedAt),
    last_used_at: moment(key.lastUsedAt),
  }
}
