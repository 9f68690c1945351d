// Statements that show the state of a site; see statements.ts for what holds of all of them.

export const SETTING_ORIGINS = 'SELECT name, changed_at, changed_by FROM site_settings WHERE site_id = ? ORDER BY name'

/** Which conditions are asked; each adds its parameters in this order. */
export interface Conditions {
  readonly search: boolean
  readonly kind: boolean
  readonly status: boolean
  readonly role: boolean
  readonly exempt: boolean | undefined
  readonly locked: boolean | undefined
}

/** Rows of users by name. LOWER knows only A to Z in one of the databases, so names are compared in their canonical form. */
export function peopleFound({ search, kind, status, role, exempt, locked }: Conditions): string {
  const holds = 'u.bypass_reason IS NOT NULL AND (u.bypass_expires_at IS NULL OR u.bypass_expires_at > ?)'
  const isLocked = '(c.disabled = 1 OR c.locked_until > ?)'
  return [
    'SELECT u.* FROM users u JOIN code_counters c ON c.site_id = u.site_id AND c.user_id = u.id',
    'WHERE u.site_id = ? AND u.canonical_username > ?',
    search
      ? `AND (u.canonical_username LIKE ? ESCAPE '!' OR LOWER(u.display_name) LIKE ? ESCAPE '!'
          OR LOWER(COALESCE(u.email, '')) LIKE ? ESCAPE '!' OR COALESCE(u.phone, '') LIKE ? ESCAPE '!')`
      : '',
    kind ? 'AND u.kind = ?' : '',
    status ? 'AND u.status = ?' : '',
    // Every system user holds All without being given it.
    role
      ? `AND (EXISTS (SELECT 1 FROM user_roles r WHERE r.site_id = u.site_id AND r.user_id = u.id AND r.role = ?)
          OR (? = 'All' AND u.kind = 'system'))`
      : '',
    exempt === undefined ? '' : exempt ? `AND ${holds}` : `AND NOT (${holds})`,
    locked === undefined ? '' : locked ? `AND ${isLocked}` : `AND NOT ${isLocked}`,
    'ORDER BY u.canonical_username LIMIT ?',
  ].join(' ')
}

/**
 * The entry is canonical JSON of ours, in which a quote inside a text has a backslash before it: the patterns meet nothing but the
 * member. Every method stands here by name, so that the day and the method are all that rows are counted by.
 */
export function eventCounts(methods: readonly string[], events: number): string {
  const method = methods.map((each) => `WHEN entry LIKE '%"method":"${each}"%' THEN '${each}'`).join(' ')
  return `SELECT day, ev, method, COUNT(*) AS n FROM (
      SELECT happened_at / 86400000 AS day, ev, CASE ${method} END AS method FROM audit_entries
      WHERE site_id = ? AND happened_at >= ? AND happened_at < ? AND ev IN (${Array.from({ length: events }, () => '?').join(', ')})
    ) counted GROUP BY day, ev, method ORDER BY day, ev, method`
}
