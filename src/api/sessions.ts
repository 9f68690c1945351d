import { acr, amr } from '#domain/evidence.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { endOneSession } from '#usecases/end-one-session.ts'
import { listSessions, type SessionLine } from '#usecases/list-sessions.ts'
import { clearSessions, endUserSessions } from '#usecases/sessions.ts'
import type { z } from 'zod'
import { AndDevices, Ended, Page, SessionPage } from './administration-schemas.ts'
import { json } from './answer.ts'
import { type AdministrationHandler, NO_USER } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { invalid, readQuery } from './input.ts'
import { refusal } from './login.ts'
import { answerPage, cursorOf, placeOf, ROWS } from './paging.ts'
import { username } from './users.ts'

/** `GET /sessions`: of everybody, the newest first. */
export function getSessions(ports: Ports): AdministrationHandler {
  return async (call) => showSessions(ports, call, null)
}

/** `GET /users/{username}/sessions`. */
export function getUserSessions(ports: Ports): AdministrationHandler {
  return async (call) => showSessions(ports, call, username(call))
}

async function showSessions(ports: Ports, call: Call, of: string | null): Promise<Response> {
  const input = readQuery(call, Page)
  if (input.kind === 'refused') return input.response
  const { cursor, limit = ROWS } = input.value
  const before = cursor === undefined ? null : placeOf(cursor)
  if (before === undefined) return invalid(call, [{ pointer: '/cursor', detail: 'is not a cursor of this list' }])
  const outcome = await listSessions(ports, { site: call.site.name, username: of, before, limit })
  if (outcome.kind !== 'listed') return refusal(ports, call)('not_found', { detail: NO_USER })
  return answerPage(call, SessionPage, {
    items: outcome.lines.map(itemBody),
    next_cursor: cursorOf(outcome.next),
  })
}

function itemBody({ session, username, expiresAt }: SessionLine): z.input<typeof SessionPage>['items'][number] {
  const { id, application, createdAt, lastSeenAt, evidence, rule, address, userAgent } = session
  return {
    id,
    username,
    application,
    created_at: rfc3339(createdAt),
    last_seen_at: rfc3339(lastSeenAt),
    expires_at: rfc3339(expiresAt),
    acr: acr(evidence),
    amr: [...amr(evidence)],
    rule,
    address,
    user_agent: userAgent,
  }
}

/** `DELETE /sessions`: everybody signs in anew; with `?devices=true` everybody is asked anew as well. */
export function deleteSessions(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = readQuery(call, AndDevices)
    if (input.kind === 'refused') return input.response
    const outcome = await clearSessions(ports, {
      site: call.site.name,
      devices: input.value.devices === 'true',
      actor: partyOf(caller),
      origin: call.origin,
    })
    if (outcome.kind === 'busy') return refusal(ports, call)('busy')
    return json(Ended, { sessions: outcome.sessions, devices: outcome.devices })
  }
}

/** `DELETE /users/{username}/sessions`. */
export function deleteUserSessions(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = readQuery(call, AndDevices)
    if (input.kind === 'refused') return input.response
    const outcome = await endUserSessions(ports, {
      site: call.site.id,
      username: username(call),
      devices: input.value.devices === 'true',
      actor: partyOf(caller),
      origin: call.origin,
    })
    switch (outcome.kind) {
      case 'ended':
        return json(Ended, { sessions: outcome.sessions, devices: outcome.devices })
      case 'unknown-user':
        return refusal(ports, call)('not_found', { detail: NO_USER })
      case 'busy':
        return refusal(ports, call)('busy')
    }
  }
}

/** `DELETE /users/{username}/sessions/{session}`. */
export function deleteUserSession(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const { kind } = await endOneSession(ports, {
      site: call.site.name,
      username: username(call),
      session: call.params['session'] ?? '',
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (kind) {
      case 'ended':
        return new Response(null, { status: 204 })
      case 'busy':
        return refuse('busy')
      case 'unknown-session':
        return refuse('not_found', { detail: 'This user has no such session.' })
      case 'unknown-user':
      case 'unknown-site':
        return refuse('not_found', { detail: NO_USER })
    }
  }
}
