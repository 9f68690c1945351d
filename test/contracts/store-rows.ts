import { EVERY_SITE, all, type Database, type Row, run } from '../../src/store/database.ts'

const TABLES = [
  'server_values',
  'nodes',
  'sites',
  'site_settings',
  'channels',
  'roles',
  'applications',
  'users',
  'user_roles',
  'user_applications',
  'code_counters',
  'password_throttles',
  'authenticators',
  'enrolments',
  'challenges',
  'issued_codes',
  'passkeys',
  'spent_ceremonies',
  'recovery_sets',
  'recovery_codes',
  'password_resets',
  'kept_requests',
  'hardware_tokens',
  'sessions',
  'devices',
  'device_tokens',
  'recovery_requests',
  'waiting_addresses',
  'deliveries',
  'channel_removals',
  'channel_tests',
  'channel_proofs',
  'wordings',
  'send_alarms',
  'api_keys',
  'audit_streams',
  'audit_heads',
  'audit_entries',
  'audit_personal',
  'audit_keys',
  'audit_checkpoints',
  'audit_seals',
  'identity_providers',
  'external_identities',
  'openid_clients',
  'openid_keys',
  'openid_artifacts',
] as const
export type Table = (typeof TABLES)[number]

/** Every row there is, to be compared with every row there was. */
export function everything(database: Database): Promise<Readonly<Record<string, readonly Row[]>>> {
  return database.together(
    'read',
    function* () {
      const found: Record<string, readonly Row[]> = {}
      for (const table of TABLES) {
        const rows = yield* all(`SELECT * FROM ${table}`)
        found[table] = rows.map((row) => ({ ...row })).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      }
      return found
    },
    EVERY_SITE,
  )
}

/** The tables in which a column of a row has this value. */
export async function tablesWith(database: Database, value: string): Promise<readonly string[]> {
  const found = Object.entries(await everything(database))
  return found.filter(([, rows]) => rows.some((row) => Object.values(row).includes(value))).map(([table]) => table)
}

/** A statement of a test's own, past the store. */
export function execute(database: Database, sql: string, ...params: readonly (string | number)[]): Promise<number> {
  return database.together('write', () => run(sql, ...params), EVERY_SITE)
}
