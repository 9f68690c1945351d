// Every statement there is, for both databases: a reviewer reads them here and can EXPLAIN each. Longer than other files for that.
// A change touches one row or none. What is looked up names its site, so that no row of another site can answer.

export const MIGRATIONS = {
  table:
    'CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL, applied_at BIGINT NOT NULL)',
  all: 'SELECT name, digest FROM schema_migrations ORDER BY name',
  add: 'INSERT INTO schema_migrations (name, digest, applied_at) VALUES (?, ?, ?)',
} as const

export const SERVER_VALUES = {
  byName: 'SELECT value FROM server_values WHERE name = ?',
  add: 'INSERT INTO server_values (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING',
  replace: 'UPDATE server_values SET value = ? WHERE name = ? AND value = ?',
  /** The one statement that only PostgreSQL is asked. */
  time: 'SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS n',
} as const

export const SITES = {
  all: 'SELECT * FROM sites ORDER BY name',
  byId: 'SELECT * FROM sites WHERE id = ?',
  byName: 'SELECT * FROM sites WHERE name = ?',
  add: `INSERT INTO sites (id, name, title, settings_version, session_epoch, device_epoch, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  remove: 'DELETE FROM sites WHERE id = ?',
  /** Changes nothing. Whoever has done it is alone with what hangs on the whole site, until the commit. */
  hold: 'UPDATE sites SET settings_version = settings_version WHERE id = ?',
  endSessions: 'UPDATE sites SET session_epoch = session_epoch + 1 WHERE id = ? AND session_epoch = ?',
  forgetDevices: 'UPDATE sites SET device_epoch = device_epoch + 1 WHERE id = ? AND device_epoch = ?',
} as const

export const SITE_SETTINGS = {
  all: 'SELECT name, value FROM site_settings WHERE site_id = ? ORDER BY name',
  raiseVersion: 'UPDATE sites SET settings_version = settings_version + 1 WHERE id = ? AND settings_version = ?',
  set: `INSERT INTO site_settings (site_id, name, value, changed_at, changed_by) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (site_id, name) DO UPDATE
    SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
  unset: 'DELETE FROM site_settings WHERE site_id = ? AND name = ?',
} as const

/** The row of the server has the site '' and sorts first: a row of the site comes after it and holds. */
export const CHANNEL_ROWS = {
  inForce: "SELECT site_id, channel, kind, sealed FROM channels WHERE site_id IN ('', ?) ORDER BY site_id",
  set: `INSERT INTO channels (site_id, channel, kind, sealed) VALUES (?, ?, ?, ?)
    ON CONFLICT (site_id, channel) DO UPDATE SET kind = excluded.kind, sealed = excluded.sealed`,
  unset: 'DELETE FROM channels WHERE site_id = ? AND channel = ?',
  removeOfSite: 'DELETE FROM channels WHERE site_id = ?',
} as const

export const ROLES = {
  all: 'SELECT * FROM roles WHERE site_id = ? ORDER BY name',
  add: `INSERT INTO roles (two_factor_auth, bypass_allowed, fail_open_allowed, methods_allowed, interval_hours, grace_days,
      trusted_networks, version, site_id, name)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE roles SET two_factor_auth = ?, bypass_allowed = ?, fail_open_allowed = ?, methods_allowed = ?,
      interval_hours = ?, grace_days = ?, trusted_networks = ?, version = ?
    WHERE site_id = ? AND name = ? AND version = ?`,
  remove: 'DELETE FROM roles WHERE site_id = ? AND name = ? AND version = ?',
  /** Whoever is looking at a user who held the role has to look again. */
  raiseVersionOfHolders: `UPDATE users SET version = version + 1
    WHERE site_id = ? AND id IN (SELECT user_id FROM user_roles WHERE site_id = ? AND role = ?)`,
  takeFromHolders: 'DELETE FROM user_roles WHERE site_id = ? AND role = ?',
} as const

export const APPLICATIONS = {
  all: 'SELECT * FROM applications WHERE site_id = ? ORDER BY name',
  add: `INSERT INTO applications (title, default_for_new_users, interval_hours, recheck_in_session, session_hours,
      session_idle_minutes, hosts, version, site_id, name)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE applications SET title = ?, default_for_new_users = ?, interval_hours = ?, recheck_in_session = ?,
      session_hours = ?, session_idle_minutes = ?, hosts = ?, version = ?
    WHERE site_id = ? AND name = ? AND version = ?`,
  remove: 'DELETE FROM applications WHERE site_id = ? AND name = ? AND version = ?',
  removeSwitches: 'DELETE FROM user_applications WHERE site_id = ? AND application = ?',
} as const

export const USERS = {
  byName: 'SELECT * FROM users WHERE site_id = ? AND canonical_username = ?',
  byId: 'SELECT * FROM users WHERE site_id = ? AND id = ?',
  page: 'SELECT * FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?',
  names: 'SELECT canonical_username FROM users WHERE site_id = ?',
  add: `INSERT INTO users (username, canonical_username, display_name, email, phone, kind, status, language,
      two_factor_app, two_factor_email, two_factor_sms,
      bypass_reason, bypass_note, bypass_set_by, bypass_set_at, bypass_expires_at, interval_hours,
      had_authenticator, required_since, created_at, last_sign_in_at, session_epoch, device_epoch, password_hash, version, site_id, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  /** A fact that is never taken back, an epoch that only rises, and the last sign-in are safe from a form that was read before. */
  change: `UPDATE users SET username = ?, canonical_username = ?, display_name = ?, email = ?, phone = ?, kind = ?, status = ?,
      language = ?, two_factor_app = ?, two_factor_email = ?, two_factor_sms = ?,
      bypass_reason = ?, bypass_note = ?, bypass_set_by = ?, bypass_set_at = ?, bypass_expires_at = ?, interval_hours = ?,
      had_authenticator = CASE WHEN had_authenticator = 1 THEN 1 ELSE ? END,
      required_since = COALESCE(required_since, ?),
      session_epoch = CASE WHEN session_epoch < ? THEN ? ELSE session_epoch END,
      device_epoch = CASE WHEN device_epoch < ? THEN ? ELSE device_epoch END,
      version = ?
    WHERE site_id = ? AND id = ? AND version = ?`,
  remove: 'DELETE FROM users WHERE site_id = ? AND id = ? AND version = ?',
  administrators: `SELECT u.id, u.username, u.kind, u.status, c.disabled,
      CASE WHEN u.password_hash IS NULL THEN 0 ELSE 1 END AS has_password
    FROM user_roles r JOIN users u ON u.site_id = r.site_id AND u.id = r.user_id
      JOIN code_counters c ON c.site_id = u.site_id AND c.user_id = u.id
    WHERE r.site_id = ? AND r.role = 'Administrator' ORDER BY u.canonical_username`,
  /** Changes nothing. It finds the site only while somebody else can administer it. The site is held before: see decision 041. */
  keepAdministrator: `UPDATE sites SET settings_version = settings_version WHERE id = ? AND EXISTS (
      SELECT 1 FROM user_roles r JOIN users u ON u.site_id = r.site_id AND u.id = r.user_id
        JOIN code_counters c ON c.site_id = u.site_id AND c.user_id = u.id
      WHERE r.site_id = sites.id AND r.role = 'Administrator' AND u.id <> ? AND u.status = 'active'
        AND u.kind <> 'service' AND u.password_hash IS NOT NULL AND c.disabled = 0)`,
  endingBypasses: `SELECT site_id, id, username, display_name, bypass_set_by, bypass_expires_at FROM users
    WHERE bypass_expires_at > ? AND bypass_expires_at <= ? AND bypass_expires_at - bypass_set_at > ? AND status = 'active'
      AND (bypass_reminded_for IS NULL OR bypass_reminded_for <> bypass_expires_at)
    ORDER BY bypass_expires_at, id LIMIT ?`,
  remindOfBypass: `UPDATE users SET bypass_reminded_for = bypass_expires_at
    WHERE site_id = ? AND id = ? AND bypass_expires_at = ?
      AND (bypass_reminded_for IS NULL OR bypass_reminded_for <> bypass_expires_at)`,
  setPassword: 'UPDATE users SET password_hash = ? WHERE site_id = ? AND id = ?',
  signIn: `UPDATE users SET last_sign_in_at = ?, required_since = COALESCE(required_since, ?)
    WHERE site_id = ? AND id = ? AND status = 'active' AND session_epoch = ?`,
  endSessions: 'UPDATE users SET session_epoch = session_epoch + 1 WHERE site_id = ? AND id = ? AND session_epoch = ?',
  forgetDevices: 'UPDATE users SET device_epoch = device_epoch + 1 WHERE site_id = ? AND id = ? AND device_epoch = ?',
} as const

export const USER_ROLES = {
  ofUser: 'SELECT role FROM user_roles WHERE site_id = ? AND user_id = ? ORDER BY position',
  ofPage: `SELECT user_id, role FROM user_roles WHERE site_id = ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)
    ORDER BY user_id, position`,
  countHolders: 'SELECT COUNT(*) AS n FROM user_roles WHERE site_id = ? AND role = ?',
  add: 'INSERT INTO user_roles (site_id, user_id, role, position) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  remove: 'DELETE FROM user_roles WHERE site_id = ? AND user_id = ?',
} as const

export const USER_APPLICATIONS = {
  ofUser:
    'SELECT application, two_factor FROM user_applications WHERE site_id = ? AND user_id = ? ORDER BY application',
  ofSite:
    'SELECT user_id, application, two_factor FROM user_applications WHERE site_id = ? ORDER BY user_id, application',
  ofPage: `SELECT user_id, application, two_factor FROM user_applications WHERE site_id = ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)
    ORDER BY user_id, application`,
  set: `INSERT INTO user_applications (site_id, user_id, application, two_factor) VALUES (?, ?, ?, ?)
    ON CONFLICT (site_id, user_id, application) DO UPDATE SET two_factor = excluded.two_factor`,
} as const

export const COUNTERS = {
  ofUser: 'SELECT * FROM code_counters WHERE site_id = ? AND user_id = ?',
  ofPage: `SELECT * FROM code_counters WHERE site_id = ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)`,
  add: `INSERT INTO code_counters (consecutive, in_window, window_start, locked_until, disabled, next_counter,
      sealed_code_secret, password_proved_at, version, site_id, user_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE code_counters SET consecutive = ?, in_window = ?, window_start = ?, locked_until = ?, disabled = ?,
      next_counter = ?, sealed_code_secret = ?, password_proved_at = ?, version = ?
    WHERE site_id = ? AND user_id = ? AND version = ?`,
} as const

export const THROTTLES = {
  byBucket: 'SELECT bucket, failures, last_at FROM password_throttles WHERE site_id = ? AND bucket = ?',
  add: 'INSERT INTO password_throttles (failures, last_at, site_id, bucket) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  change: 'UPDATE password_throttles SET failures = ?, last_at = ? WHERE site_id = ? AND bucket = ? AND failures = ?',
} as const

export const AUTHENTICATORS = {
  ofUser: 'SELECT * FROM authenticators WHERE site_id = ? AND user_id = ? ORDER BY created_at, id',
  ofPage: `SELECT * FROM authenticators WHERE site_id = ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)
    ORDER BY user_id, created_at, id`,
  add: `INSERT INTO authenticators (id, site_id, user_id, kind, label, sealed_secret, digits, algorithm, period, last_step,
      created_at, last_used_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  /** A step at or below the last accepted one is a replay, inside the window too (RFC 6238 5.2). */
  spendStep: 'UPDATE authenticators SET last_step = ?, last_used_at = ? WHERE site_id = ? AND id = ? AND last_step < ?',
  remove: 'DELETE FROM authenticators WHERE site_id = ? AND id = ?',
} as const

export const ENROLMENTS = {
  ofUser: 'SELECT * FROM enrolments WHERE site_id = ? AND user_id = ?',
  ofPage: `SELECT * FROM enrolments WHERE site_id = ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)`,
  byLink: 'SELECT user_id FROM enrolments WHERE site_id = ? AND link_digest = ?',
  add: `INSERT INTO enrolments (challenge_id, sealed_secret, digits, algorithm, period, link_digest, wrong_codes, created_at, expires_at,
      version, user_id, site_id, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE enrolments SET challenge_id = ?, sealed_secret = ?, digits = ?, algorithm = ?, period = ?, link_digest = ?, wrong_codes = ?,
      created_at = ?, expires_at = ?, version = ?
    WHERE user_id = ? AND site_id = ? AND id = ? AND version = ?`,
  end: 'DELETE FROM enrolments WHERE site_id = ? AND id = ? AND version = ?',
} as const

export const CHALLENGES = {
  byToken: 'SELECT * FROM challenges WHERE site_id = ? AND token_digest = ?',
  byId: 'SELECT * FROM challenges WHERE site_id = ? AND id = ?',
  liveOfUser:
    'SELECT * FROM challenges WHERE site_id = ? AND user_id = ? AND expires_at > ? ORDER BY opened_at DESC, id DESC',
  add: `INSERT INTO challenges (application, purpose, session_id, token_digest, decision, first_proof, user_epoch, opened_at,
      expires_at, address, user_agent, state, version, user_id, site_id, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE challenges SET application = ?, purpose = ?, session_id = ?, token_digest = ?, decision = ?, first_proof = ?,
      user_epoch = ?, opened_at = ?, expires_at = ?, address = ?, user_agent = ?, state = ?, version = ?
    WHERE user_id = ? AND site_id = ? AND id = ? AND version = ?`,
} as const

export const ISSUED_CODES = {
  ofUser: 'SELECT * FROM issued_codes WHERE site_id = ? AND user_id = ?',
  issue: `INSERT INTO issued_codes (kind, digest, created_at, expires_at, site_id, user_id) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, user_id) DO UPDATE SET kind = excluded.kind, digest = excluded.digest,
      created_at = excluded.created_at, expires_at = excluded.expires_at`,
  spend: 'DELETE FROM issued_codes WHERE site_id = ? AND user_id = ? AND digest = ?',
} as const

export const SESSIONS = {
  byToken: 'SELECT * FROM sessions WHERE site_id = ? AND token_digest = ?',
  byId: 'SELECT * FROM sessions WHERE site_id = ? AND user_id = ? AND id = ?',
  pageOfSite: `SELECT s.*, u.username FROM sessions s JOIN sites t ON t.id = s.site_id
      JOIN users u ON u.site_id = s.site_id AND u.id = s.user_id
    WHERE s.site_id = ? AND s.ends_at > ? AND s.ended_at IS NULL
      AND s.site_epoch = t.session_epoch AND s.user_epoch = u.session_epoch
      AND (s.created_at < ? OR (s.created_at = ? AND s.id < ?))
    ORDER BY s.created_at DESC, s.id DESC LIMIT ?`,
  pageOfUser: `SELECT s.*, u.username FROM sessions s JOIN sites t ON t.id = s.site_id
      JOIN users u ON u.site_id = s.site_id AND u.id = s.user_id
    WHERE s.site_id = ? AND s.user_id = ? AND s.ends_at > ? AND s.ended_at IS NULL
      AND s.site_epoch = t.session_epoch AND s.user_epoch = u.session_epoch
      AND (s.created_at < ? OR (s.created_at = ? AND s.id < ?))
    ORDER BY s.created_at DESC, s.id DESC LIMIT ?`,
  add: `INSERT INTO sessions (id, site_id, user_id, token_digest, application, evidence, rule, challenge_id, device_id, created_at,
      ends_at, last_seen_at, ended_at, site_epoch, user_epoch, address, user_agent)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  renew: `UPDATE sessions SET token_digest = ?, evidence = ?, last_seen_at = ?
    WHERE site_id = ? AND user_id = ? AND id = ? AND token_digest = ? AND ended_at IS NULL`,
  end: 'UPDATE sessions SET ended_at = ? WHERE site_id = ? AND id = ? AND ended_at IS NULL',
  touch: 'UPDATE sessions SET last_seen_at = ? WHERE id = ? AND last_seen_at <= ?',
  countOfSite: `SELECT COUNT(*) AS n FROM sessions s JOIN sites t ON t.id = s.site_id
      JOIN users u ON u.site_id = s.site_id AND u.id = s.user_id
    WHERE s.site_id = ? AND s.ends_at > ? AND s.ended_at IS NULL
      AND s.site_epoch = t.session_epoch AND s.user_epoch = u.session_epoch`,
  countOfUser: `SELECT COUNT(*) AS n FROM sessions s JOIN sites t ON t.id = s.site_id
      JOIN users u ON u.site_id = s.site_id AND u.id = s.user_id
    WHERE s.site_id = ? AND s.ends_at > ? AND s.user_id = ? AND s.ended_at IS NULL
      AND s.site_epoch = t.session_epoch AND s.user_epoch = u.session_epoch`,
} as const

export const DEVICES = {
  /** Only a device that still counts: not forgotten, of the epochs of today. */
  byToken: `SELECT d.* FROM devices d JOIN sites t ON t.id = d.site_id
      JOIN users u ON u.site_id = d.site_id AND u.id = d.user_id
    WHERE d.site_id = ? AND d.user_id = ? AND d.token_digest = ? AND d.forgotten_at IS NULL
      AND d.site_epoch = t.device_epoch AND d.user_epoch = u.device_epoch`,
  byId: `SELECT d.* FROM devices d JOIN sites t ON t.id = d.site_id
      JOIN users u ON u.site_id = d.site_id AND u.id = d.user_id
    WHERE d.site_id = ? AND d.user_id = ? AND d.id = ? AND d.forgotten_at IS NULL
      AND d.site_epoch = t.device_epoch AND d.user_epoch = u.device_epoch`,
  add: `INSERT INTO devices (id, site_id, user_id, token_digest, passed_at, method, site_epoch, user_epoch, user_agent,
      last_used_at, forgotten_at, rotates, address)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  pageOfUser: `SELECT d.* FROM devices d JOIN sites t ON t.id = d.site_id
      JOIN users u ON u.site_id = d.site_id AND u.id = d.user_id
    WHERE d.site_id = ? AND d.user_id = ? AND d.forgotten_at IS NULL
      AND d.site_epoch = t.device_epoch AND d.user_epoch = u.device_epoch
      AND (d.passed_at < ? OR (d.passed_at = ? AND d.id < ?))
    ORDER BY d.passed_at DESC, d.id DESC LIMIT ?`,
  use: 'UPDATE devices SET last_used_at = ?, address = ? WHERE site_id = ? AND id = ? AND forgotten_at IS NULL',
  forget: 'UPDATE devices SET forgotten_at = ? WHERE site_id = ? AND id = ? AND forgotten_at IS NULL',
  countOfSite: `SELECT COUNT(*) AS n FROM devices d JOIN sites t ON t.id = d.site_id
      JOIN users u ON u.site_id = d.site_id AND u.id = d.user_id
    WHERE d.site_id = ? AND d.forgotten_at IS NULL AND d.site_epoch = t.device_epoch AND d.user_epoch = u.device_epoch`,
  countOfUser: `SELECT COUNT(*) AS n FROM devices d JOIN sites t ON t.id = d.site_id
      JOIN users u ON u.site_id = d.site_id AND u.id = d.user_id
    WHERE d.site_id = ? AND d.user_id = ? AND d.forgotten_at IS NULL
      AND d.site_epoch = t.device_epoch AND d.user_epoch = u.device_epoch`,
} as const

export const DELIVERIES = {
  byId: 'SELECT * FROM deliveries WHERE id = ?',
  ofChallenge: 'SELECT * FROM deliveries WHERE site_id = ? AND challenge_id = ? ORDER BY created_at DESC, id DESC',
  sinceOfUser: 'SELECT COUNT(*) AS n FROM deliveries WHERE site_id = ? AND user_id = ? AND created_at > ?',
  sinceOfSite: 'SELECT COUNT(*) AS n FROM deliveries WHERE site_id = ? AND created_at > ?',
  sinceOfPage: `SELECT user_id, COUNT(*) AS n FROM deliveries WHERE site_id = ? AND created_at > ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)
    GROUP BY user_id`,
  /**
   * Of each user and channel. The state is JSON of ours, in which a quote inside a text has a backslash before it: the patterns
   * meet nothing but the kind. When something last came through counts only for the address that the user has today.
   */
  countsOfSite: `SELECT d.user_id, d.channel,
      SUM(CASE WHEN d.state LIKE '%"kind":"accepted"%' OR d.state LIKE '%"kind":"delivered"%' THEN 1 ELSE 0 END) AS accepted,
      SUM(CASE WHEN d.state LIKE '%"kind":"failed"%' THEN 1 ELSE 0 END) AS failed,
      MAX(CASE WHEN (d.state LIKE '%"kind":"accepted"%' OR d.state LIKE '%"kind":"delivered"%')
          AND d.recipient IN (u.email, u.phone)
        THEN d.created_at END) AS last_accepted_at,
      MAX(CASE WHEN d.state LIKE '%"kind":"failed"%' AND d.recipient IN (u.email, u.phone)
        THEN d.created_at END) AS last_failed_at
    FROM deliveries d JOIN users u ON u.site_id = d.site_id AND u.id = d.user_id
    WHERE d.site_id = ? AND d.created_at >= ? AND d.created_at < ?
    GROUP BY d.user_id, d.channel ORDER BY d.user_id, d.channel`,
  add: `INSERT INTO deliveries (challenge_id, channel, recipient, content, queued, state, created_at, expires_at, claimed_until,
      version, user_id, site_id, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE deliveries SET challenge_id = ?, channel = ?, recipient = ?, content = ?, queued = ?, state = ?,
      created_at = ?, expires_at = ?, claimed_until = ?, version = ?
    WHERE user_id = ? AND site_id = ? AND id = ? AND version = ?`,
  /** No more than so many of each site, so that one site's flood fills no round. */
  due: `SELECT id, site_id FROM (
      SELECT id, site_id, expires_at, ROW_NUMBER() OVER (PARTITION BY site_id ORDER BY expires_at, id) AS place
      FROM deliveries WHERE queued = 1 AND claimed_until <= ?) AS waiting
    WHERE place <= ? ORDER BY expires_at, id LIMIT ?`,
  claim: `UPDATE deliveries SET claimed_until = ?, version = version + 1 WHERE id = ? AND queued = 1 AND claimed_until <= ?`,
} as const

export const API_KEYS = {
  ofSite: 'SELECT * FROM api_keys WHERE site_id = ? ORDER BY created_at, id',
  owners: `SELECT DISTINCT u.id, u.username FROM api_keys k JOIN users u ON u.site_id = k.site_id AND u.id = k.user_id
    WHERE k.site_id = ?`,
  byDigest: 'SELECT * FROM api_keys WHERE site_id = ? AND secret_digest = ?',
  add: `INSERT INTO api_keys (id, site_id, name, user_id, secret_digest, scopes, created_at, expires_at, revoked_at, last_used_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  touch: 'UPDATE api_keys SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)',
  revoke: 'UPDATE api_keys SET revoked_at = ? WHERE site_id = ? AND id = ? AND revoked_at IS NULL',
} as const

export const AUDIT = {
  addHead: `INSERT INTO audit_heads (site_id, site_name, seq, hash, site_removed_at) VALUES (?, ?, 0, ?, NULL)
    ON CONFLICT DO NOTHING`,
  /** Takes the numbers and, with them, the chain for this transaction. Answers the new number and the hash that came before. */
  take: `UPDATE audit_heads SET seq = seq + ? WHERE site_id = ? AND site_removed_at IS NULL RETURNING seq, hash`,
  close: 'UPDATE audit_heads SET hash = ?, site_removed_at = ? WHERE site_id = ? AND seq = ?',
  add: `INSERT INTO audit_entries (site_id, seq, happened_at, ev, actor_id, subject_id, application, entry, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  addPersonal: 'INSERT INTO audit_personal (site_id, seq, salt, value) VALUES (?, ?, ?, ?)',
  momentOf: 'SELECT happened_at FROM audit_entries WHERE site_id = ? AND seq = ?',
  isAbove: 'SELECT 1 AS above FROM audit_entries WHERE site_id = ? AND seq > ? LIMIT 1',
  chain: 'SELECT seq, entry, hash FROM audit_entries WHERE site_id = ? AND seq > ? ORDER BY seq LIMIT ?',
  head: 'SELECT seq, hash FROM audit_heads WHERE site_id = ?',
  heads: 'SELECT site_id, seq FROM audit_heads',
  lastBySubject: `SELECT subject_id, MAX(happened_at) AS last_at FROM audit_entries
    WHERE site_id = ? AND ev = ? AND subject_id IS NOT NULL GROUP BY subject_id`,
} as const

export interface AuditConditions {
  readonly before: boolean
  readonly after: boolean
  readonly actor: boolean
  readonly subject: boolean
  readonly ev: boolean
  readonly from: boolean
  readonly to: boolean
  readonly oldestFirst: boolean
}

/** The log with only the conditions that are asked for, so that an index answers each question. */
export function auditPage(conditions: AuditConditions): string {
  return [
    ...AUDIT_PAGE,
    'WHERE e.site_id = ?',
    // Bounds that bound nothing are left out: between two of them SQLite walks the numbers, and not the index of who or what is looked for.
    conditions.before ? 'AND e.seq < ?' : '',
    conditions.after ? 'AND e.seq > ?' : '',
    conditions.actor ? 'AND e.actor_id = ?' : '',
    conditions.subject ? 'AND e.subject_id = ?' : '',
    conditions.ev ? 'AND e.ev = ?' : '',
    conditions.from ? 'AND e.happened_at >= ?' : '',
    conditions.to ? 'AND e.happened_at < ?' : '',
    conditions.oldestFirst ? 'ORDER BY e.seq LIMIT ?' : 'ORDER BY e.seq DESC LIMIT ?',
  ].join(' ')
}

/**
 * The log of a span of time and nothing else, in the order of time: by number, everything that is newer than the span would be walked
 * through first. `beyond`: only what comes behind an entry, of which moment and number are given.
 */
export function auditSpan({
  oldestFirst,
  beyond,
}: Pick<AuditConditions, 'oldestFirst'> & { readonly beyond: boolean }): string {
  const [behind, direction] = oldestFirst ? ['>', 'ASC'] : ['<', 'DESC']
  return [
    ...AUDIT_PAGE,
    'WHERE e.site_id = ? AND e.happened_at >= ? AND e.happened_at < ?',
    beyond ? `AND (e.happened_at, e.seq) ${behind} (?, ?)` : '',
    `ORDER BY e.happened_at ${direction}, e.seq ${direction} LIMIT ?`,
  ].join(' ')
}

const AUDIT_PAGE = [
  'SELECT e.seq, e.happened_at, e.entry, e.hash, p.value AS personal FROM audit_entries e',
  'LEFT JOIN audit_personal p ON p.site_id = e.site_id AND p.seq = e.seq',
]
