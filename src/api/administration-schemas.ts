import { z } from 'zod'
import { SCOPES } from '#domain/api-key.ts'
import { MOST_HOSTS } from '#domain/host-pattern.ts'
import { METHODS } from '#domain/method.ts'
import { BYPASS_REASONS, USER_KINDS } from '#domain/user.ts'
import { PRESET_NAMES } from '#policy/presets.ts'
import { SETTINGS } from '#policy/settings.ts'
import { moment, whole, waitingAddresses } from './schemas.ts'

// What the administration takes and answers. A level below the site takes what the site would take, or null: no opinion.

const name = z
  .string()
  .min(1)
  .max(140)
  .regex(/^(?=.*\S)\P{C}*$/u, 'is not one line of visible characters')
const hours = SETTINGS['challenge.interval_hours'].schema.nullable()

export const Page = z.strictObject({
  cursor: z.string().max(600).optional().meta({ description: 'next_cursor of the page before.' }),
  limit: whole(1, 500).optional().meta({ description: 'Items on a page; 50 if left out.' }),
})
const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() })

const switches = z
  .record(z.string().max(64), z.strictObject({ two_factor: z.boolean() }))
  .meta({ description: 'Whether this user passes a second factor there, by application.' })
const userFields = {
  display_name: z.string(),
  email: z.string().nullable(),
  phone: z
    .string()
    .nullable()
    .meta({ examples: ['+4915112345678'] }),
  kind: z.enum(USER_KINDS),
  status: z.enum(['active', 'disabled']),
  roles: z.array(z.string()),
  language: z.string().nullable(),
  two_factor_app: z.boolean(),
  two_factor_email: z.boolean(),
  two_factor_sms: z.boolean(),
  applications: switches,
}
export const UserBody = z.object({
  username: z.string(),
  ...userFields,
  bypass: z
    .object({
      reason: z.enum(BYPASS_REASONS),
      note: z.string(),
      set_by: z.string(),
      set_at: moment,
      expires_at: moment.nullable(),
    })
    .nullable(),
  interval_hours: hours.optional().meta({ description: 'challenge.interval_hours of this user, where there is one.' }),
  waiting_addresses: waitingAddresses.optional(),
})
export const UserChange = z
  .strictObject({
    ...userFields,
    interval_hours: hours,
    password: z.string().meta({
      description:
        'With an API key only, by a program that brings it from elsewhere. Ends all sessions and forgets all remembered devices.',
    }),
  })
  .partial()
export const NewUser = UserChange.extend({ username: z.string() })
export const GrantBypass = z.strictObject({
  reason: z.enum(BYPASS_REASONS),
  note: z.string().max(500).default('').meta({ description: 'Needed where the reason is other.' }),
  expires_at: moment
    .nullable()
    .optional()
    .meta({ description: 'Left out: 90 days from now. null: it does not end by itself.' }),
})
export const Unlock = z.strictObject({
  reason: z.string().max(200).optional().meta({ description: 'Why; the helpdesk has to say it.' }),
})
export const Help = z.strictObject({
  reason: z.string().max(200).meta({ description: 'Why, in words: it is written down, and the user is told.' }),
})
export const FactorStatus = z.object({
  username: z.string(),
  display_name: z.string(),
  status: z.enum(['active', 'disabled']),
  required: z.boolean().meta({ description: 'Whether a second factor is asked for somewhere.' }),
  apps: z.int(),
  email: z.string().nullable().meta({ description: 'Masked; null: none on file.' }),
  phone: z.string().nullable(),
  failed_codes: z.int(),
  locked_until: moment.nullable().meta({ description: 'null: it is open.' }),
  disabled: z.boolean().meta({ description: 'Too many codes in a row were wrong: nothing but a reset opens it.' }),
  exempt: z.boolean(),
  exempt_until: moment
    .nullable()
    .meta({ description: 'null, where there is an exemption: it does not end by itself.' }),
  last_sign_in_at: moment.nullable(),
  waiting: z.boolean().meta({ description: 'A sign-in under this name waits for a code now.' }),
})
export const RepairSteps = z.strictObject({
  reason: z.string().max(200).meta({ description: 'Why, in words: it is written down.' }),
  time: moment.meta({ description: "What another clock than the server's shows now, to two minutes." }),
})
export const Repaired = z.object({
  repaired: z.boolean().meta({ description: 'false: no code was spent ahead, and nothing was done.' }),
})
export const GivenCode = z.object({
  code: z.string().meta({ description: 'To be told to the user. It is shown this once.' }),
  expires_at: moment,
})
export const ResetMailed = z.object({
  sent_to: z.string().meta({ description: 'The mailbox, masked.' }),
  expires_at: moment.meta({ description: 'Until then the link is good, once.' }),
})
export const Attempts = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      at: moment,
      event: z.string(),
      username: z.string().nullable(),
      application: z.string().nullable(),
      reason: z.string().nullable(),
      failed_codes: z.int(),
    }),
  ),
})
export const SwitchApplication = z.strictObject({ two_factor: z.boolean() })

export const AndDevices = z.strictObject({
  devices: z.enum(['true', 'false']).optional().meta({ description: 'true: forgets remembered devices too.' }),
})
export const Ended = z.object({ sessions: z.int(), devices: z.int() })
export const SessionPage = list(
  z.object({
    id: z.string(),
    username: z.string(),
    application: z.string(),
    created_at: moment,
    last_seen_at: moment,
    expires_at: moment,
    acr: z.string(),
    amr: z.array(z.string()),
    rule: z.string().meta({ description: 'The rule of the policy that let it in.' }),
    address: z.string().nullable(),
    user_agent: z.string().nullable(),
  }),
)
export const DevicePage = list(
  z.object({
    id: z.string(),
    passed_at: moment.meta({ description: 'When a challenge was passed there; the interval counts from here.' }),
    method: z.enum(METHODS),
    last_used_at: moment,
    address: z.string().nullable().meta({ description: 'Where it was last used from.' }),
    user_agent: z.string().nullable(),
  }),
)
export const AuthenticatorPage = list(
  z.object({
    id: z.string(),
    kind: z.enum(['app', 'passkey', 'hardware']),
    label: z.string(),
    short_secret: z
      .boolean()
      .meta({ description: 'It was moved here with less than 128 bits: it works, and a new one is better.' }),
    created_at: moment,
    last_used_at: moment.nullable(),
    spent_until: moment
      .nullable()
      .meta({ description: 'A code was used while the clock was ahead: before this moment none is accepted.' }),
  }),
).extend({
  enrolling: z.boolean().meta({ description: 'One more is being set up now.' }),
  failed_codes: z.int().meta({ description: 'In a row, since a code was last right.' }),
  locked_until: moment.nullable(),
  disabled: z.boolean().meta({ description: 'After a hundred failed codes: until the authenticators are reset.' }),
})

const roleFields = {
  two_factor_auth: z.boolean(),
  bypass_allowed: z.boolean(),
  fail_open_allowed: z.boolean(),
  methods_allowed: SETTINGS['methods.allowed'].schema.nullable(),
  interval_hours: hours,
  grace_days: SETTINGS['enrolment.grace_days'].schema.nullable(),
  trusted_networks: SETTINGS['network.trusted'].schema.nullable(),
}
export const RoleBody = z.object({ name: z.string(), ...roleFields })
export const RolePage = list(RoleBody)
export const RoleChange = z.strictObject(roleFields).partial()
export const NewRole = RoleChange.extend({ name })

const applicationFields = {
  title: name,
  default_for_new_users: z.boolean(),
  interval_hours: hours,
  recheck_in_session: z.boolean().nullable(),
  session_hours: SETTINGS['session.duration_hours'].schema.nullable(),
  session_idle_minutes: SETTINGS['session.idle_minutes'].schema.nullable(),
  hosts: z
    .array(z.string().max(260))
    .max(MOST_HOSTS)
    .meta({ description: 'Where forward-auth protects it.', examples: [['wiki.example.com', '*.apps.example.com']] }),
}
export const HardwareBody = z.object({
  id: z.string(),
  serial: z.string(),
  type: z.enum(['hotp', 'totp']),
  digits: z.int(),
  username: z.string().nullable().meta({ description: 'Who has it; null: it lies in the drawer.' }),
  imported_at: moment,
  last_used_at: moment.nullable(),
})
export const HardwarePage = list(HardwareBody)
export const HardwareImported = z.object({
  dry_run: z.boolean(),
  tokens: z.int().meta({ description: 'In the file.' }),
  imported: z.int(),
})
export const AssignHardware = z.strictObject({ username: z.string() })
export const Resynchronise = z.strictObject({ first: z.string().max(64), second: z.string().max(64) })

export const ApplicationBody = z.object({ name: z.string(), ...applicationFields })
export const ApplicationPage = list(ApplicationBody)
export const ApplicationChange = z.strictObject(applicationFields).partial()
export const NewApplication = ApplicationChange.extend({ name: z.string() })

export const KeyBody = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string().nullable().meta({ description: 'The service account it acts for.' }),
  scopes: z.array(z.enum(SCOPES)),
  created_at: moment,
  expires_at: moment.nullable(),
  revoked_at: moment.nullable(),
  last_used_at: moment.nullable().meta({ description: 'To the minute.' }),
})
export const KeyPage = list(KeyBody)
export const NewKey = z.strictObject({
  name,
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .meta({ uniqueItems: true, description: 'What it may do. Writing is reading too.' }),
  username: z.string().optional().meta({ description: 'The service account it acts for.' }),
  expires_at: moment.nullable().optional().meta({ description: 'Left out or null: it does not end by itself.' }),
})
export const CreatedKey = KeyBody.extend({
  key: z.string().meta({ description: 'The key itself. It is shown this once.' }),
})

export const Preset = z.strictObject({ name: z.enum(PRESET_NAMES) })
export const DryRun = z.strictObject({
  dry_run: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: says what would change, and changes nothing.' }),
})
const acknowledge = z.enum(['true', 'false']).optional().meta({
  description: 'true: saves although a channel was never proved; the refusal before has named who could be locked out.',
})
export const SettingsQuery = z.strictObject({
  acknowledge,
  reason: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Why, for the audit log, where what happens without a channel is changed.' }),
})
export const PresetQuery = DryRun.extend({ acknowledge })
export const changes = z.array(z.object({ key: z.string(), from: z.unknown(), to: z.unknown() }))
export const PresetApplied = z.object({ name: z.enum(PRESET_NAMES), dry_run: z.boolean(), version: z.int(), changes })
