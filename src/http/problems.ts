import { type Instant, rfc3339 } from '#domain/time.ts'
import { type LimitName, rateLimit } from './rate-limit.ts'

interface ProblemKind {
  readonly status: number
  readonly title: string
  /** What it means and what to do, for the API's documentation; also the detail where a request has none of its own. */
  readonly says: string
  /** Seconds after which to come back, where that is always the same. */
  readonly retryAfter?: number
  /** Which limit it tells of. */
  readonly limit?: LimitName
}

/** Everything that can be answered instead of what was asked for. A closed list: programs switch on these codes. */
export const PROBLEMS = {
  // Signing in
  hardware_assigned: kind(409, 'Somebody has it', 'This hardware token is handed out; take it from its user first.'),
  passkey_refused: kind(401, 'Passkey refused', 'This passkey opens nothing here, or its answer came too late.'),
  passkeys_unavailable: kind(
    409,
    'No passkeys here',
    'Browsers offer passkeys over https only, and for host names only.',
  ),
  invalid_credentials: kind(401, 'Wrong user name or password', 'The user name and the password do not fit together.'),
  denied: kind(403, 'Sign-in refused', 'The password is right, but the policy of this site refuses this sign-in.'),
  use_api_key: kind(401, 'Use an API key', 'A service account signs in with an API key, not with a password.'),
  password_throttled: {
    ...kind(429, 'Too many wrong passwords', 'Passwords are not looked at until the time in retry_at.'),
    limit: 'passwords',
  },
  key_throttled: {
    ...kind(
      429,
      'Too many wrong API keys',
      'Wrong keys from this address are not looked at until the time in retry_at.',
    ),
    limit: 'keys',
  },
  invalid_code: kind(
    401,
    'Code refused',
    'The code is not right, was used before or has run out; the failure was counted.',
  ),
  malformed_code: kind(400, 'Not a code', 'A code is a string of digits. Nothing was counted.'),
  pending_gone: kind(410, 'Sign-in over', 'There is no such pending login any more. Start again with the password.'),
  code_locked: {
    ...kind(429, 'Second step locked', 'After too many failed codes none is looked at until the time in retry_at.'),
    limit: 'codes',
  },
  too_many_attempts: kind(429, 'Too many failed codes', 'This sign-in is over. Start again with the password.'),
  channel_not_offered: kind(409, 'Channel not offered', 'A code cannot be sent over this channel now.'),
  resend_cooldown: {
    ...kind(429, 'Too soon', 'Another message can be asked for at the time in retry_at.'),
    limit: 'resend',
  },
  send_limit: {
    ...kind(
      429,
      'Too many messages',
      'The limit on messages is reached: until retry_at at the latest, or for this sign-in or number where there is no such time. A message that came before may still be right.',
    ),
    limit: 'messages',
  },
  enrolment_link_required: kind(
    409,
    'Link required',
    'The token of the link in the email is needed to set up an authenticator.',
  ),
  enrolment_over: kind(410, 'Set-up over', 'The QR code has run out or was replaced. Ask for a new one.'),
  unknown_application: kind(400, 'Unknown application', 'The site has no application of this name.'),
  // Callers
  unauthenticated: kind(
    401,
    'Not signed in',
    'A session or an API key is needed, in the Authorization header or as a cookie.',
  ),
  forbidden: kind(403, 'Not allowed', 'The caller is known, but may not do this.'),
  step_up_required: kind(
    403,
    'Prove it anew',
    'This change needs a proof that is not older than 15 minutes: POST /session/step-up, then again.',
  ),
  factor_required: kind(
    409,
    'Second factor asked',
    'The password is not enough: leave it out and answer the challenge.',
  ),
  cross_origin: kind(403, 'Request from elsewhere', 'With a cookie, changes are made only by pages of this server.'),
  ambiguous_credentials: kind(400, 'Two identities', 'Send a cookie or an Authorization header, not both.'),
  // Things
  not_found: kind(404, 'Not found', 'There is nothing at this address.'),
  method_not_allowed: kind(
    405,
    'Method not allowed',
    'The address exists, but not for this method; see the Allow header.',
  ),
  conflict: kind(409, 'Conflict', 'What was asked for does not fit the present state.'),
  name_taken: kind(409, 'Name taken', 'Another one has this name already.'),
  built_in: kind(409, 'Built in', 'Something rests on this one: it can be changed, but not deleted.'),
  in_use: kind(409, 'In use', 'This one is still held by somebody. Take it away from its holders first.'),
  last_administrator: kind(409, 'Last administrator', 'Nobody else could administer the site. Make another one first.'),
  last_factor: kind(
    409,
    'Last factor',
    'A second factor is required of you, and this is your last one. Set up another one first.',
  ),
  nobody_waits: kind(409, 'Nobody waits', 'This user is not in the middle of a sign-in that waits for a code.'),
  factor_disabled: kind(
    409,
    'Factor disabled',
    'A hundred failed codes have disabled the second factor of this user. Reset the authenticators, and it is set up anew.',
  ),
  no_mailbox: kind(
    409,
    'No mailbox',
    'No mail reaches this user: that takes an active person, an email address, and email that is set up.',
  ),
  password_by_link: kind(
    403,
    'Passwords are chosen by their owners',
    'Nobody signed in chooses a password here. Leave it out, and mail a link: POST /users/{username}/reset-password. A program brings one with its API key.',
  ),
  own_bypass: kind(409, 'Not for yourself', 'Nobody exempts themselves. Another administrator can.'),
  channel_not_set_up: kind(409, 'Channel not set up', 'Neither the site nor the server has set this channel up.'),
  channel_unconfigured: kind(
    409,
    'Channel missing',
    'These settings rest on a channel that nobody has set up; users could not pass. Set it up first. Nothing was changed.',
  ),
  channel_unproved: kind(
    409,
    'Channel never proved',
    'These settings rest on a channel over which no code has ever come back. Test it first, or save with acknowledge=true: users names who could be locked out.',
  ),
  wrong_test_code: kind(
    409,
    'Wrong code',
    'This is not the code of the test message. After five of them, send another one.',
  ),
  no_test_waits: kind(409, 'No test waits', 'No test message waits for its code: it was never sent, or has run out.'),
  version_conflict: kind(
    412,
    'Changed in between',
    'Somebody else has saved since the version in If-Match. Read again.',
  ),
  idempotency_key_reused: kind(
    422,
    'Key of another request',
    'This Idempotency-Key came with another request before. Nothing was done; take another key.',
  ),
  request_under_way: kind(
    409,
    'Under way',
    'The same request, by its Idempotency-Key, is being answered at this moment. Ask again at the time in retry_at.',
  ),
  answer_lost: kind(
    409,
    'Done before',
    'The request of this Idempotency-Key was done, but its answer was lost on the way. Look whether it is as you want it.',
  ),
  // Requests
  invalid_request: kind(
    400,
    'Invalid request',
    'The request cannot be read, or a value in it is not valid; see errors.',
  ),
  unknown_field: kind(
    400,
    'Unknown field',
    'The request has a field that does not exist; see errors. Nothing was done.',
  ),
  import_refused: kind(
    400,
    'Import refused',
    'Something in the file is wrong; errors names each line. Nobody was imported.',
  ),
  unknown_setting: kind(400, 'Unknown setting', 'There is no such setting; see errors. Nothing was changed.'),
  unsupported_media_type: kind(
    415,
    'Unsupported media type',
    'The body has another content type than this address takes.',
  ),
  body_too_large: kind(413, 'Body too large', 'A request body has at most 64 KiB, a file of users at most 5 MiB.'),
  misdirected: kind(421, 'Misdirected request', 'This server does not answer for the host in the request.'),
  // Ourselves
  busy: { ...kind(429, 'Busy', 'Too much at once. Nothing was done; try again in a moment.'), retryAfter: 1 },
  unavailable: {
    ...kind(503, 'Unavailable', 'The database cannot be reached. Nothing was done; try again.'),
    retryAfter: 5,
  },
  internal: kind(500, 'Internal error', 'Something went wrong on the server. Give the request id to whoever runs it.'),
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof PROBLEMS

export interface ProblemOptions {
  readonly detail?: string | undefined
  readonly requestId?: string | undefined
  /** When it is worth trying again; infinite: not by itself. */
  readonly retryAt?: Instant | undefined
  /** Needed to say `retryAt` in seconds. */
  readonly now?: Instant | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** An answer in the form of RFC 9457. */
export function problem(code: ProblemCode, options: ProblemOptions = {}): Response {
  const { status, title, says, retryAfter, limit }: ProblemKind = PROBLEMS[code]
  const { detail = says, requestId, retryAt, now, extensions } = options
  const body = {
    type: `urn:countersign:problem:${code}`,
    title,
    status,
    detail,
    // A locked second step answers every code with the same bytes: nothing of the request may be in them.
    ...(requestId === undefined || code === 'code_locked' ? {} : { instance: requestId }),
    code,
    ...(retryAt === undefined ? {} : { retry_at: Number.isFinite(retryAt) ? rfc3339(retryAt) : null }),
    ...extensions,
  }
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  const seconds = waitSeconds(retryAt, now) ?? retryAfter
  if (seconds !== undefined) headers.set('retry-after', String(seconds))
  if (seconds !== undefined && limit !== undefined)
    headers.set('ratelimit', rateLimit({ name: limit, left: 0, seconds }))
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  return new Response(JSON.stringify(body), { status, headers })
}

function waitSeconds(retryAt: Instant | undefined, now: Instant | undefined): number | undefined {
  if (retryAt === undefined || now === undefined || !Number.isFinite(retryAt)) return undefined
  return Math.max(1, Math.ceil((retryAt - now) / 1_000))
}

function kind(status: number, title: string, says: string): ProblemKind {
  return { status, title, says }
}
