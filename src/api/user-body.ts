import { rfc3339 } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import type { ProblemCode } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import type { UserFields } from '#usecases/user-input.ts'
import { addressesThatWait } from '#usecases/prove-address.ts'
import { revisionOf, type UserOutcome } from '#usecases/over-user.ts'
import type { z } from 'zod'
import { UserBody, type UserChange } from './administration-schemas.ts'
import { json } from './answer.ts'
import { NO_USER } from './behind-right.ts'
import { tagOf } from './entity-tags.ts'
import { invalid } from './input.ts'
import { refusal } from './login.ts'

/** A user as the API shows one; every application of the site has its switch. */
export function userBody({
  user,
  applications,
  userApplications,
}: Pick<PersonFile, 'user' | 'applications' | 'userApplications'>): z.input<typeof UserBody> {
  const { bypass } = user
  return {
    username: user.username,
    display_name: user.displayName,
    email: user.email,
    phone: user.phone,
    kind: user.kind,
    status: user.status,
    roles: [...user.roles],
    language: user.language,
    two_factor_app: user.twoFactor.app,
    two_factor_email: user.twoFactor.email,
    two_factor_sms: user.twoFactor.sms,
    applications: Object.fromEntries(
      applications.map(({ name }) => [name, { two_factor: userApplications[name] ?? false }]),
    ),
    bypass: bypass && {
      reason: bypass.reason,
      note: bypass.note,
      set_by: bypass.setBy,
      set_at: rfc3339(bypass.setAt),
      expires_at: bypass.expiresAt === null ? null : rfc3339(bypass.expiresAt),
    },
    ...(user.intervalHours === null ? {} : { interval_hours: user.intervalHours }),
  }
}

/** The fields that came in, by the names that use cases know. */
export function userFields(given: z.output<typeof UserChange>): UserFields {
  return {
    displayName: given.display_name,
    email: given.email,
    phone: given.phone,
    kind: given.kind,
    status: given.status,
    language: given.language,
    roles: given.roles,
    twoFactorApp: given.two_factor_app,
    twoFactorEmail: given.two_factor_email,
    twoFactorSms: given.two_factor_sms,
    intervalHours: given.interval_hours,
  }
}

/** The user as they are now. */
export async function showUser(ports: Ports, call: Call, username: string, status = 200): Promise<Response> {
  const file = await ports.store.personFile(call.site.id, username, ports.clock.now())
  if (!file) return refusal(ports, call)('not_found', { detail: NO_USER })
  const location = `${call.site.address}/api/v1/users/${encodeURIComponent(file.user.username)}`
  const etag = tagOf(revisionOf(file.user))
  const waiting = await addressesThatWait(ports, file.user, ports.clock.now())
  const waiting_addresses = waiting.map(({ channel, address, until }) => ({ channel, address, until }))
  const body = { ...userBody(file), ...(waiting.length > 0 ? { waiting_addresses } : {}) }
  return json(UserBody, body, status, status === 201 ? { etag, location } : { etag })
}

/** What is told instead of a user that was saved. */
export function refuseUser(
  ports: Ports,
  call: Call,
  outcome: Exclude<UserOutcome, { readonly kind: 'saved' }>,
): Response {
  const refuse = refusal(ports, call)
  switch (outcome.kind) {
    case 'invalid':
      return invalid(
        call,
        outcome.problems.map(({ field, problem }) => ({ pointer: `/${field}`, detail: problem })),
      )
    case 'version-conflict':
      return refuse('version_conflict', { extensions: { etag: tagOf(outcome.revision) } })
    case 'unknown-user':
    case 'unknown-site':
      return refuse('not_found', { detail: NO_USER })
    case 'name-taken':
    case 'last-administrator':
    case 'last-factor':
    case 'factor-disabled':
    case 'own-bypass':
    case 'busy':
      return refuse(CODES[outcome.kind])
  }
}

const CODES = {
  'name-taken': 'name_taken',
  'last-administrator': 'last_administrator',
  'last-factor': 'last_factor',
  'factor-disabled': 'factor_disabled',
  'own-bypass': 'own_bypass',
  busy: 'busy',
} as const satisfies Record<string, ProblemCode>
