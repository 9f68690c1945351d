import { z } from 'zod'
import { CHANNELS, METHODS } from '#domain/method.ts'
import { USER_KINDS } from '#domain/user.ts'
import { DELIVERY_WARNINGS } from '#usecases/delivery-report.ts'
import { SETTING_SOURCES } from '#usecases/describe-settings.ts'
import { STEPS } from '#usecases/overview.ts'
import { STANDINGS } from '#usecases/standing.ts'
import { Page, UserBody } from './administration-schemas.ts'
import { moment, whole } from './schemas.ts'

// What shows the state of a site to those who run it.

const standing = z
  .enum(STANDINGS)
  .meta({ description: 'Where the user stands with the second factor: what a sign-in would meet now.' })
const yesOrNo = z.enum(['true', 'false'])

export const UserFilter = Page.extend({
  search: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'Stands in the name, the display name, the address or the number.' }),
  kind: z.enum(USER_KINDS).optional(),
  status: z.enum(['active', 'disabled']).optional(),
  role: z.string().max(140).optional(),
  exempt: yesOrNo.optional().meta({ description: 'true: an exemption holds now.' }),
  locked: yesOrNo.optional().meta({ description: 'true: the second step is locked now, or disabled.' }),
  standing: standing.optional(),
})

export const ListedUser = UserBody.extend({ standing, locked: z.boolean(), last_sign_in_at: moment.nullable() })
export const ListedUsers = z.object({ items: z.array(ListedUser), next_cursor: z.string().nullable() })

const sent = z.object({ email: z.int(), sms: z.int() })
export const TwoFactorUsers = z.object({
  months: z.object({ this: z.string(), last: z.string() }).meta({ description: 'In UTC, like 2026-11.' }),
  items: z.array(
    ListedUser.extend({ this_month: sent, last_month: sent, warnings: z.array(z.enum(DELIVERY_WARNINGS)) }),
  ),
  next_cursor: z.string().nullable(),
})

export const SettingList = z.object({
  version: z.int(),
  unreadable: z.array(z.string()),
  settings: z.array(
    z.object({
      key: z.string(),
      group: z.string(),
      says: z.string().meta({ description: 'What it means, in a sentence or two.' }),
      values: z.string().meta({ description: 'The values it can have, as the manual writes them.' }),
      schema: z.record(z.string(), z.unknown()).meta({ description: 'The same as a JSON schema.' }),
      levels: z.array(z.string()),
      default: z.unknown(),
      value: z.unknown().meta({ description: 'What holds now.' }),
      source: z.enum(SETTING_SOURCES),
      changed: z.object({ at: moment, by: z.string() }).nullable(),
    }),
  ),
})

const some = z.object({
  count: z.int(),
  some: z.array(z.object({ username: z.string(), display_name: z.string() })),
})
const channel = z.object({
  state: z.enum(['configured', 'unconfigured']),
  accepted: z.int().meta({ description: 'Messages of the last 24 hours.' }),
  failed: z.int(),
})
export const OverviewBody = z.object({
  enabled: z.boolean(),
  unreadable: z.array(z.string()),
  users: z.int().meta({ description: 'Active users.' }),
  standing: z.record(z.enum(STANDINGS), z.int()),
  stuck: some,
  locked: some,
  exempt: z.object({ count: z.int(), share: z.number(), notice: z.string().nullable() }),
  channels: z.record(z.enum(CHANNELS), channel),
  sessions: z.int(),
  devices: z.int(),
  checklist: z.record(z.enum(STEPS), z.boolean()),
})

export const ActivitySpan = z.strictObject({
  days: whole(1, 92).optional().meta({ description: 'How many days, today included; 14 if left out.' }),
})
const byMethod = z.partialRecord(z.enum(METHODS), z.int())
export const Activity = z.object({
  days: z.array(
    z.object({
      day: z.string().meta({ description: 'In UTC, like 2026-11-02.' }),
      sign_ins: z.int(),
      asked: byMethod,
      passed: byMethod,
      refused_codes: z.int(),
      wrong_passwords: z.int(),
      messages: z.object({ accepted: z.int(), failed: z.int() }),
    }),
  ),
})
