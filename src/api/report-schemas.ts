import { z } from 'zod'
import { CHANNELS, METHODS } from '#domain/method.ts'
import { BYPASS_REASONS, USER_KINDS } from '#domain/user.ts'
import { DELIVERY_WARNINGS } from '#usecases/delivery-report.ts'
import { EXPORT_FORMATS } from '#usecases/export-audit.ts'
import { STANDINGS } from '#usecases/standing.ts'
import { changes } from './administration-schemas.ts'
import { AuditFilter, Decision, moment } from './schemas.ts'

// What is answered about many users at once: a preview, an import, the reports; and what is asked for them.

const signIn = z.object({
  username: z.string(),
  display_name: z.string(),
  application: z.string(),
  administrator: z.boolean(),
  before: Decision,
  after: Decision,
})
export const Previewed = z.object({
  version: z.int(),
  changes,
  roles_flagged: z.array(z.string()),
  users: z.int(),
  counts: z.object({
    newly_asked: z.int(),
    no_longer_asked: z.int(),
    cannot_pass: z.int(),
    not_enforced: z.int(),
  }),
  newly_asked: z.array(signIn),
  no_longer_asked: z.array(signIn),
  cannot_pass: z.array(signIn.extend({ why: z.array(z.string()), already: z.boolean() })),
  not_enforced: z.array(signIn),
})

export const Imported = z.object({ dry_run: z.boolean(), rows: z.int(), imported: z.int() })
export const ExportFilter = AuditFilter.omit({ cursor: true, limit: true }).extend({
  format: z.enum(EXPORT_FORMATS).meta({ description: 'A table, or one JSON object a line.' }),
})
export const ReportFormat = z.strictObject({
  format: z.enum(['json', 'csv']).optional().meta({ description: 'csv: a line a user, for a spreadsheet.' }),
})

const standings = z.record(z.enum(STANDINGS), z.int())
const tally = z.object({ users: z.int(), required: z.int(), enrolled: z.int(), standing: standings })
const person = {
  username: z.string(),
  display_name: z.string(),
  kind: z.enum(USER_KINDS),
  status: z.enum(['active', 'disabled']),
}
export const AdoptionReport = z.object({
  at: moment,
  totals: tally.extend({
    disabled: z.int(),
    never_signed_in: z.int(),
    no_email: z.int(),
    no_phone: z.int(),
    by_method: z.record(z.string(), z.int()),
  }),
  by_role: z.record(z.string(), tally),
  by_application: z.record(z.string(), tally),
  users: z.array(
    z.object({
      ...person,
      roles: z.array(z.string()),
      required: z.boolean(),
      standing: z.enum(STANDINGS),
      applications: z.record(z.string(), z.enum(STANDINGS)),
      methods: z.array(z.enum(METHODS)),
      last_challenge_at: moment.nullable(),
      last_failure_at: moment.nullable(),
      last_sign_in_at: moment.nullable(),
      bypass: z.object({ reason: z.enum(BYPASS_REASONS), expires_at: moment.nullable() }).nullable(),
      missing: z.array(z.enum(['email', 'phone'])),
    }),
  ),
})

const sent = z.object({ accepted: z.int(), failed: z.int() })
const sentByChannel = z.object({ email: sent, sms: sent })
export const DeliveryReport = z.object({
  months: z.object({ this: z.string(), last: z.string() }).meta({ description: 'In UTC, like 2026-11.' }),
  channels: z.object({ email: z.string(), sms: z.string() }),
  primary: z.enum(CHANNELS),
  totals: z.object({
    this_month: sentByChannel,
    last_month: sentByChannel,
    warned: z.int(),
    warnings: z.record(z.enum(DELIVERY_WARNINGS), z.int()),
  }),
  users: z.array(
    z.object({
      ...person,
      email: z.string().nullable(),
      phone: z.string().nullable(),
      applications: z.record(z.string(), z.boolean()),
      this_month: sentByChannel,
      last_month: sentByChannel,
      warnings: z.array(z.enum(DELIVERY_WARNINGS)),
    }),
  ),
})
export const PasswordLoginsReport = z.object({
  at: moment,
  since: moment.meta({ description: 'How far back was looked.' }),
  accounts: z.int(),
  rows: z.array(
    z.object({
      username: z.string(),
      logins: z.int(),
      last_at: moment,
      address: z.string().nullable().meta({ description: 'From where, the last time.' }),
      user_agent: z.string().nullable(),
    }),
  ),
})
export const BypassReport = z.object({
  at: moment,
  users: z.int().meta({ description: 'Active users.' }),
  exempt: z.int(),
  share: z.number(),
  notice: z.string().nullable().meta({ description: 'What to say when there are too many.' }),
  bypasses: z.array(
    z.object({
      username: z.string(),
      display_name: z.string(),
      reason: z.enum(BYPASS_REASONS),
      note: z.string(),
      set_by: z.string(),
      set_at: moment,
      expires_at: moment.nullable(),
      administrator: z.boolean(),
      ending_soon: z.boolean(),
    }),
  ),
})
