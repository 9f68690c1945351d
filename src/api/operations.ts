import type { z } from 'zod'
import type { DoorName } from '#http/doors.ts'
import type { ProblemCode } from '#http/problems.ts'
import { ADMINISTRATION, ADMINISTRATION_SHAPES } from './administration-operations.ts'
import { BODY, CALLER, type Operation as OperationOf } from './operation.ts'
import {
  Allowed,
  Challenged,
  Enrol,
  Enrolling,
  FactorChallenged,
  FactorEnrolling,
  Login,
  NewChallenge,
  Nothing,
  PasskeyLogin,
  PasskeyOptions,
  PasswordAgain,
  PasswordWanted,
  Proved,
  Renewed,
  Send,
  ShownSecret,
  SignedIn,
  StepUp,
  Verify,
  WhoAmI,
} from './schemas.ts'

export type ApiDoor = Extract<DoorName, `api.${string}`>

/** Everything that has a name in the documentation. */
export const SHAPES = {
  Login,
  Verify,
  Send,
  Enrol,
  Nothing,
  PasskeyLogin,
  PasskeyOptions,
  SignedIn,
  StepUp,
  Renewed,
  PasswordWanted,
  Challenged,
  PasswordAgain,
  Enrolling,
  Proved,
  NewChallenge,
  Allowed,
  FactorChallenged,
  FactorEnrolling,
  ShownSecret,
  WhoAmI,
  ...ADMINISTRATION_SHAPES,
} as const satisfies Record<string, z.ZodType>
export type ShapeName = keyof typeof SHAPES

export type Operation = OperationOf<ShapeName>

const PENDING = ['unauthenticated', 'pending_gone', 'busy'] as const satisfies ProblemCode[]
const CODE = [
  'malformed_code',
  'invalid_code',
  'code_locked',
  'too_many_attempts',
  'enrolment_over',
] as const satisfies ProblemCode[]

/** What can be answered anywhere. */
export const EVERYWHERE: readonly ProblemCode[] = [
  'not_found',
  'method_not_allowed',
  'body_too_large',
  'unknown_field',
  'misdirected',
  'internal',
  'unavailable',
]

/** What every door of the API is for, what it takes and what it answers. */
export const OPERATIONS: Readonly<Record<ApiDoor, Operation>> = {
  'api.login': {
    id: 'login',
    summary: 'Sign in with a user name and a password. What comes next is for the policy of the site to say.',
    group: 'Login',
    body: { shape: 'Login' },
    answers: {
      200: { says: 'Signed in: no second factor was needed.', shapes: ['SignedIn'] },
      202: {
        says: 'The password is right. A code is asked for, the password once more, or an authenticator has to be set up.',
        shapes: ['Challenged', 'PasswordAgain', 'Enrolling'],
      },
    },
    problems: [
      ...BODY,
      'unknown_application',
      'invalid_credentials',
      'use_api_key',
      'denied',
      'password_throttled',
      'code_locked',
      'pending_gone',
      'busy',
    ],
  },
  'api.verify': {
    id: 'verifyCode',
    summary: 'Answer the challenge with a code, of whatever kind, or with a passkey.',
    group: 'Login',
    body: { shape: 'Verify' },
    answers: { 200: { says: 'Passed.', shapes: ['SignedIn', 'Proved', 'Renewed'] } },
    problems: [...BODY, ...PENDING, ...CODE],
  },
  'api.passkey-options': {
    id: 'askPasskey',
    summary:
      'What to ask a browser for a passkey with: of the holder of a pending login, or to sign in with a passkey alone.',
    group: 'Login',
    body: { shape: 'Nothing', optional: true },
    answers: { 200: { says: 'The challenge. It can be answered once, before it ends.', shapes: ['PasskeyOptions'] } },
    problems: [...BODY, 'pending_gone', 'passkeys_unavailable'],
  },
  'api.passkey': {
    id: 'loginWithPasskey',
    summary:
      'Sign in with a passkey alone. Its device has to have verified its user. What comes next is for the policy to say.',
    group: 'Login',
    body: { shape: 'PasskeyLogin' },
    answers: {
      200: { says: 'Signed in.', shapes: ['SignedIn'] },
      202: { says: 'More is asked for.', shapes: ['Challenged', 'PasswordAgain', 'Enrolling'] },
    },
    problems: [
      ...BODY,
      'unknown_application',
      'passkey_refused',
      'use_api_key',
      'denied',
      'code_locked',
      'pending_gone',
      'busy',
    ],
  },
  'api.send': {
    id: 'sendCode',
    summary: 'Send the code again, or over another channel that is offered.',
    group: 'Login',
    body: { shape: 'Send', optional: true },
    answers: {
      202: { says: 'The challenge as it is now; delivery says what became of the message.', shapes: ['Challenged'] },
    },
    problems: [...BODY, ...PENDING, 'channel_not_offered', 'resend_cooldown', 'send_limit', 'code_locked'],
  },
  'api.enrol': {
    id: 'startEnrolment',
    summary: 'Get the secret to set up an authenticator app with.',
    group: 'Login',
    body: { shape: 'Enrol', optional: true },
    answers: {
      200: {
        says: 'The secret, as text and as a QR code. It is never shown again once it is confirmed.',
        shapes: ['ShownSecret'],
      },
    },
    problems: [...BODY, ...PENDING, 'enrolment_link_required', 'enrolment_over'],
  },
  'api.enrol-link': {
    id: 'sendEnrolmentLink',
    summary: 'Send a new link to set up an authenticator by email.',
    group: 'Login',
    body: { shape: 'Nothing', optional: true },
    answers: { 202: { says: 'The set-up as it is now.', shapes: ['Enrolling'] } },
    problems: [...BODY, ...PENDING, 'channel_not_offered', 'resend_cooldown', 'send_limit'],
  },
  'api.enrol-confirm': {
    id: 'confirmEnrolment',
    summary: 'Confirm the new authenticator with its first code, and sign in.',
    group: 'Login',
    body: { shape: 'Verify' },
    answers: { 200: { says: 'The authenticator is set up.', shapes: ['SignedIn', 'Proved'] } },
    problems: [...BODY, ...PENDING, ...CODE],
  },
  'api.challenge': {
    id: 'askSecondFactor',
    summary: 'Ask for the second factor alone, for an application that has checked the password itself.',
    group: 'Login',
    body: { shape: 'NewChallenge' },
    answers: {
      200: { says: 'No second factor is asked for.', shapes: ['Allowed'] },
      202: {
        says: 'A code is asked for, or an authenticator has to be set up. POST /login/verify takes the code and answers allow.',
        shapes: ['FactorChallenged', 'FactorEnrolling'],
      },
    },
    problems: [...CALLER, ...BODY, 'forbidden', 'unknown_application', 'denied', 'code_locked', 'pending_gone', 'busy'],
  },
  'api.session': {
    id: 'getSession',
    summary: 'Who is calling: the session, or the API key.',
    group: 'Session',
    answers: { 200: { says: 'The caller.', shapes: ['WhoAmI'] } },
    problems: [...CALLER],
  },
  'api.sign-out': {
    id: 'signOut',
    summary: 'End the session.',
    group: 'Session',
    answers: { 204: { says: 'Signed out.', shapes: [] } },
    problems: [...CALLER, 'forbidden', 'cross_origin', 'busy'],
  },
  'api.receipt': {
    id: 'takeReceipt',
    summary: 'For gateways and mail servers: what became of a message, at the address that only they were told.',
    group: 'Administration',
    file: '*/*',
    answers: { 204: { says: 'Read; also where it says nothing that counts.', shapes: [] } },
    problems: [],
  },
  'api.receipt-get': {
    id: 'takeReceiptByAddress',
    summary: 'The same for gateways that say it in the address.',
    group: 'Administration',
    answers: { 204: { says: 'Read; also where it says nothing that counts.', shapes: [] } },
    problems: [],
  },
  'api.step-up': {
    id: 'stepUp',
    summary:
      'Prove the session anew, before a change that security rests on. A challenge is answered like that of a sign-in.',
    group: 'Session',
    body: { shape: 'StepUp', optional: true },
    answers: {
      200: { says: 'The password is right: the session goes on under another token.', shapes: ['Renewed'] },
      202: { says: 'A code is asked for, or the password.', shapes: ['Challenged', 'PasswordWanted'] },
    },
    problems: [
      ...CALLER,
      ...BODY,
      'forbidden',
      'cross_origin',
      'factor_required',
      'invalid_credentials',
      'password_throttled',
      'code_locked',
      'pending_gone',
      'busy',
    ],
  },
  ...ADMINISTRATION,
  'api.openapi': {
    id: 'getOpenApi',
    summary: 'This description as an OpenAPI document.',
    group: 'Documentation',
    answers: { 200: { says: 'OpenAPI 3.1.', shapes: [] } },
    problems: [],
  },
  'api.docs': {
    id: 'getDocs',
    summary: 'This description as a page to read.',
    group: 'Documentation',
    answers: { 200: { says: 'HTML.', shapes: [] } },
    problems: [],
  },
}
