import { z } from 'zod'
import { EVENTS, type EventName } from '#audit/event.ts'
import { SCOPES } from '#domain/api-key.ts'
import { CHANNELS, METHODS } from '#domain/method.ts'
import { RIGHTS } from '#domain/rights.ts'
import { USER_KINDS } from '#domain/user.ts'
import { describedSetting } from '#policy/described-setting.ts'
import { SETTING_KEYS, SETTINGS } from '#policy/settings.ts'

// What goes in and what comes out, once: requests are checked against these, answers are typed by them, and the OpenAPI document is
// made from them. What goes in is strict: a field that does not exist is refused.

export const moment = z.iso.datetime({ offset: true }).meta({ description: 'A moment in the form of RFC 3339.' })
const channel = z.enum(CHANNELS)
const code = z.unknown().meta({
  type: 'string',
  description:
    'A code of the app, of a hardware token or from a message, or a recovery code, as it was typed; white space and dashes in it do no harm. Always a string.',
  examples: ['123456'],
})
const remember = z
  .boolean()
  .default(false)
  .meta({ description: 'Remember this device, so that it is not asked again before the interval has gone.' })

export const Login = z.strictObject({
  username: z.string().meta({ examples: ['kim'] }),
  password: z.string().meta({ examples: ['kim-demo-password'] }),
  application: z.string().max(100).optional().meta({ description: 'What is signed in to; web if left out.' }),
  device_token: z.string().max(200).optional().meta({ description: 'The token of a remembered device.' }),
})
const passkey = z.record(z.string(), z.unknown()).meta({
  description:
    'What `PublicKeyCredential.toJSON()` gives (WebAuthn Level 3), for the options of `/login/passkey/options`.',
})
export const Verify = z.strictObject({
  code: code.optional(),
  passkey: passkey.optional().meta({ description: 'In place of a code, where methods has passkey.' }),
  remember_device: remember,
})
export const PasskeyLogin = z.strictObject({
  passkey,
  application: z.string().max(100).optional().meta({ description: 'What is signed in to; web if left out.' }),
})
export const PasskeyOptions = z.object({
  public_key: z
    .object({
      challenge: z.string(),
      rpId: z.string(),
      allowCredentials: z.array(
        z.object({ type: z.literal('public-key'), id: z.string(), transports: z.array(z.string()) }),
      ),
      userVerification: z.enum(['required', 'preferred']),
      timeout: z.int(),
    })
    .meta({ description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON()`; the names are those of WebAuthn.' }),
  expires_at: moment,
})
export const Send = z.strictObject({ channel: channel.optional().meta({ description: 'Left out: the one before.' }) })
export const Enrol = z.strictObject({
  link: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'The token at the end of the link in the email, where one is needed.' }),
})
export const Nothing = z.strictObject({})
export const Explain = z.strictObject({
  username: z.string().meta({ examples: ['kim'] }),
  application: z.string().max(100).optional(),
  address: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'An IP address.', examples: ['203.0.113.9'] }),
  at: moment.optional().meta({ description: 'As if it were this moment; now if left out.' }),
})
export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most))
export const AuditFilter = z.strictObject({
  actor: z.string().max(200).optional().meta({ description: 'User name, name of an API key, or id of who did it.' }),
  action: z.enum(Object.keys(EVENTS) as [EventName, ...EventName[]]).optional(),
  target: z.string().max(200).optional().meta({ description: 'User name or id of what it was done to.' }),
  from: moment.optional(),
  to: moment.optional().meta({ description: 'Rows before this moment.' }),
  cursor: whole(0, Number.MAX_SAFE_INTEGER).optional().meta({ description: 'next_cursor of the page before.' }),
  limit: whole(1, 500).optional().meta({ description: 'Rows on a page; 50 if left out.' }),
})

export const Decision = z.object({
  outcome: z.enum(['skip', 'challenge', 'enrol', 'deny']),
  rule: z.string().meta({ examples: ['methods'] }),
  reason: z.string().meta({ examples: ['site_requires'] }),
  setting: z.string().optional(),
  level: z.string().optional(),
  until: z.string().optional(),
})
export const Contact = z.object({ name: z.string(), phone: z.string(), email: z.string(), text: z.string() })
export const SessionToken = z.object({ token: z.string(), expires_at: moment })
export const Pending = z
  .object({ token: z.string(), expires_at: moment })
  .meta({ description: 'The password is proved, the second factor is not.' })
const delivery = z.enum(['accepted', 'on_its_way', 'failed', 'not_sent']).nullable()
export const Challenge = z.object({
  method: z.enum(METHODS),
  sent_to: z
    .string()
    .nullable()
    .meta({ description: 'Masked; null where nothing was sent.', examples: ['k•••@acme.test'] }),
  methods: z.array(z.enum(METHODS)),
  channels: z.array(z.object({ channel, to: z.string(), resend_at: moment.nullable() })),
  resend_at: moment.nullable().meta({ description: 'From when on a message can be asked for again; null: at once.' }),
  expires_at: moment,
  delivery: delivery.meta({ description: 'What became of the message; null where none was needed.' }),
  instead_of: channel.optional().meta({ description: 'The channel that was to bring the message and could not.' }),
  digits: z.int(),
  failed_codes: z.int(),
  attempts_left: z.int(),
  remember_hours: z.int().meta({ description: 'How long this device would be remembered; 0: not at all.' }),
  contacts: z.array(Contact).optional(),
})
export const Enrolment = z.object({
  channel: z.enum(['screen', 'email_link', 'both']),
  sent_to: z.string().optional(),
  delivery,
  expires_at: moment
    .nullable()
    .meta({ description: 'Until when the QR code can be used; null: a new one has to be asked for.' }),
})
export const SignedIn = z.object({
  status: z.literal('signed_in'),
  session: SessionToken,
  decision: Decision,
  device_token: z.string().optional().meta({ description: 'Send it with the next login from this device.' }),
})
export const StepUp = z.strictObject({
  password: z.string().optional().meta({ description: 'Only where the answer without it was: password.' }),
})
export const PasswordWanted = z.object({ status: z.literal('password') })
export const Renewed = z.object({
  status: z.literal('renewed'),
  session: z.object({
    token: z.string().optional().meta({ description: 'Left out where the session is in a cookie, which is replaced.' }),
    expires_at: moment,
  }),
})
export const Challenged = z.object({
  status: z.literal('challenge'),
  pending: Pending,
  challenge: Challenge,
  decision: Decision,
})
export const PasswordAgain = z.object({ status: z.literal('password_again'), decision: Decision })
export const Enrolling = z.object({
  status: z.literal('enrol'),
  pending: Pending,
  enrolment: Enrolment,
  decision: Decision,
})
export const NewChallenge = z
  .strictObject({
    username: z.string().meta({ examples: ['kim'] }),
    application: z.string().max(100).optional().meta({ description: 'What is signed in to; web if left out.' }),
    address: z
      .string()
      .max(100)
      .optional()
      .meta({
        description: "The person's IP address; left out, no trusted network counts.",
        examples: ['203.0.113.9'],
      }),
    device_token: z.string().max(200).optional().meta({ description: 'The token of a remembered device.' }),
  })
  .meta({ description: 'The application has checked the password itself.' })
export const Allowed = z.object({ outcome: z.literal('allow'), decision: Decision })
export const FactorChallenged = z.object({
  outcome: z.literal('challenge'),
  pending: Pending,
  challenge: Challenge,
  decision: Decision,
})
export const FactorEnrolling = z.object({
  outcome: z.literal('enrol'),
  pending: Pending,
  enrolment: Enrolment,
  decision: Decision,
})
export const Proved = z.object({
  outcome: z.literal('allow'),
  acr: z
    .string()
    .meta({ description: 'What was shown here: the password that an application has checked is not in it.' }),
  amr: z.array(z.string()),
  device_token: z.string().optional().meta({ description: 'Send it with the next challenge from this device.' }),
})
export const ShownSecret = z.object({
  otpauth_uri: z.string(),
  secret: z.string(),
  qr_svg: z.string(),
  account: z.string(),
  expires_at: moment,
})
export const WhoAmI = z.object({
  kind: z.enum(['session', 'api_key']),
  rights: z.array(z.enum(RIGHTS)).meta({ description: 'What the caller may do in the administration.' }),
  user: z
    .object({ username: z.string(), display_name: z.string(), kind: z.enum(USER_KINDS), roles: z.array(z.string()) })
    .nullable(),
  session: z
    .object({
      application: z.string(),
      created_at: moment,
      expires_at: moment,
      acr: z.string(),
      amr: z.array(z.string()),
    })
    .optional(),
  api_key: z.object({ name: z.string(), scopes: z.array(z.enum(SCOPES)), expires_at: moment.nullable() }).optional(),
})
export const SettingsBody = z.object(
  Object.fromEntries(
    SETTING_KEYS.map((key) => [key, SETTINGS[key].schema.meta({ description: describedSetting(key) })]),
  ),
)
export const SettingsChange = z
  .strictObject(
    Object.fromEntries(
      SETTING_KEYS.map((key) => [
        key,
        SETTINGS[key].schema
          .nullable()
          .optional()
          .meta({ description: describedSetting(key) }),
      ]),
    ),
  )
  .meta({ description: 'Values by key; null takes a value back to its default.' })
export const waitingAddresses = z
  .array(z.object({ channel, address: z.string(), until: moment }))
  .meta({ description: 'New addresses that are not used until their owner has proved them on the account page.' })
export const Explained = z.object({
  decision: Decision,
  sentence: z.string(),
  waiting_addresses: waitingAddresses,
  rules: z.array(z.object({ rule: z.string(), applied: z.boolean(), because: z.string(), sentence: z.string() })),
})
const party = z.object({ type: z.string(), id: z.string(), name: z.string().nullable() })
export const AuditPage = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      at: moment,
      user: z.string(),
      action: z.string().meta({ description: 'What was done, in words.' }),
      event: z.string(),
      actor: party,
      target: party.nullable(),
      application: z.string().nullable(),
      address: z.string().nullable(),
      user_agent: z.string().nullable(),
      request: z.string(),
      data: z.record(z.string(), z.unknown()),
      hash: z.string(),
    }),
  ),
  next_cursor: z.string().nullable(),
})
