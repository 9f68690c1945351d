import { isLocked } from '#challenge/attempts.ts'
import { spentAhead } from '#authenticators/spent-ahead.ts'
import type { AuthenticatorId } from '#domain/id.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { removeAuthenticator, resetAuthenticators } from '#usecases/authenticators.ts'
import { clocksOf, heldBy } from '#usecases/held.ts'
import { hasShortSecret } from '#usecases/short-secret.ts'
import { liveEnrolment } from '#usecases/new-enrolment.ts'
import { AuthenticatorPage, Page } from './administration-schemas.ts'
import { type AdministrationHandler, NO_USER, refuseBeyond } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { readQuery } from './input.ts'
import { refusal } from './login.ts'
import { answerPage, pageOf } from './paging.ts'
import { refuseUser } from './user-body.ts'
import { username } from './users.ts'

/** `GET /users/{username}/authenticators`: what the user holds, and how the second step stands. No secret is in it. */
export function getAuthenticators(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, Page)
    if (input.kind === 'refused') return input.response
    const now = ports.clock.now()
    const file = await ports.store.personFile(call.site.id, username(call), now)
    if (!file) return refusal(ports, call)('not_found', { detail: NO_USER })
    const { counters } = file
    const { shown, next } = pageOf(heldBy(file), ({ id }) => id, input.value)
    const spentUntil = new Map(
      clocksOf(file).map((each) => [each.id, inWords(spentAhead(each.last, each.period, now))]),
    )
    const items = shown.map(({ kind, id, label, createdAt, lastUsedAt }) => ({
      id,
      kind,
      label,
      short_secret: file.apps.some((app) => app.id === id && hasShortSecret(ports, app)),
      created_at: rfc3339(createdAt),
      last_used_at: inWords(lastUsedAt),
      spent_until: spentUntil.get(id) ?? null,
    }))
    return answerPage(call, AuthenticatorPage, {
      items,
      next_cursor: next,
      enrolling: liveEnrolment(file, now) !== null,
      failed_codes: counters.consecutive,
      locked_until: isLocked(counters, now) && !counters.disabled ? rfc3339(counters.lockedUntil) : null,
      disabled: counters.disabled,
    })
  }
}

function inWords(at: Instant | null): string | null {
  return at === null ? null : rfc3339(at)
}

/** `DELETE /users/{username}/authenticators`: the next sign-in sets up a new one. */
export function deleteAuthenticators(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const order = {
      site: call.site.name,
      username: username(call),
      actor: partyOf(entrant.caller),
      origin: call.origin,
    }
    const outcome = await resetAuthenticators(ports, order)
    return outcome.kind === 'saved' ? new Response(null, { status: 204 }) : refuseUser(ports, call, outcome)
  }
}

/** `DELETE /users/{username}/authenticators/{authenticator}`. */
export function deleteAuthenticator(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const outcome = await removeAuthenticator(ports, {
      site: call.site.name,
      username: username(call),
      authenticator: (call.params['authenticator'] ?? '') as AuthenticatorId,
      actor: partyOf(entrant.caller),
      origin: call.origin,
    })
    if (outcome.kind === 'saved') return new Response(null, { status: 204 })
    return outcome.kind === 'unknown-authenticator'
      ? refusal(ports, call)('not_found', { detail: 'This user has no such authenticator.' })
      : refuseUser(ports, call, outcome)
  }
}
