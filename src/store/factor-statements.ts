// What a user holds beside apps and addresses. A change touches one row or none; see `statements.ts`.

export const PASSKEYS = {
  ofUser: 'SELECT * FROM passkeys WHERE site_id = ? AND user_id = ? ORDER BY created_at, id',
  ofPage: `SELECT * FROM passkeys WHERE site_id = ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)
    ORDER BY user_id, created_at, id`,
  owner: `SELECT u.id, u.username FROM passkeys p JOIN users u ON u.site_id = p.site_id AND u.id = p.user_id
    WHERE p.site_id = ? AND p.credential = ?`,
  add: `INSERT INTO passkeys (id, site_id, user_id, label, credential, public_key, counter, transports, backup_eligible,
      backed_up, created_at, last_used_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  use: 'UPDATE passkeys SET counter = ?, backed_up = ?, last_used_at = ? WHERE site_id = ? AND id = ? AND counter = ?',
  name: 'UPDATE passkeys SET label = ? WHERE site_id = ? AND id = ?',
  remove: 'DELETE FROM passkeys WHERE site_id = ? AND id = ?',
} as const

export const CEREMONIES = {
  spent: 'SELECT 1 AS n FROM spent_ceremonies WHERE site_id = ? AND nonce = ?',
  spend: 'INSERT INTO spent_ceremonies (site_id, nonce, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  /** Those that would not be accepted any more in any case, with an hour for clocks that differ. */
  forget: 'DELETE FROM spent_ceremonies WHERE site_id = ? AND expires_at < ?',
} as const

export const RECOVERY = {
  ofUser: 'SELECT * FROM recovery_sets WHERE site_id = ? AND user_id = ?',
  ofPage: `SELECT * FROM recovery_sets WHERE site_id = ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)`,
  digestsOfUser: 'SELECT digest FROM recovery_codes WHERE site_id = ? AND user_id = ? ORDER BY digest',
  digestsOfPage: `SELECT user_id, digest FROM recovery_codes WHERE site_id = ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)
    ORDER BY user_id, digest`,
  drop: 'DELETE FROM recovery_sets WHERE site_id = ? AND user_id = ?',
  dropCodes: 'DELETE FROM recovery_codes WHERE site_id = ? AND user_id = ?',
  set: `INSERT INTO recovery_sets (site_id, user_id, salt, made_at, saved_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (site_id, user_id) DO UPDATE SET salt = excluded.salt, made_at = excluded.made_at, saved_at = excluded.saved_at`,
  addCode: 'INSERT INTO recovery_codes (site_id, user_id, digest) VALUES (?, ?, ?)',
  keep: 'UPDATE recovery_sets SET saved_at = ? WHERE site_id = ? AND user_id = ? AND made_at = ? AND saved_at IS NULL',
  spend: 'DELETE FROM recovery_codes WHERE site_id = ? AND user_id = ? AND digest = ?',
} as const

export const HARDWARE = {
  ofUser: 'SELECT * FROM hardware_tokens WHERE site_id = ? AND user_id = ? ORDER BY serial',
  ofPage: `SELECT * FROM hardware_tokens WHERE site_id = ? AND user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)
    ORDER BY user_id, serial`,
  ofSite: `SELECT h.*, u.username FROM hardware_tokens h LEFT JOIN users u ON u.site_id = h.site_id AND u.id = h.user_id
    WHERE h.site_id = ? ORDER BY h.serial`,
  byId: 'SELECT * FROM hardware_tokens WHERE site_id = ? AND id = ?',
  add: `INSERT INTO hardware_tokens (user_id, serial, label, moves, sealed_secret, digits, algorithm, period, last, imported_at,
      last_used_at, version, site_id, id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE hardware_tokens SET user_id = ?, serial = ?, label = ?, moves = ?, sealed_secret = ?, digits = ?, algorithm = ?,
      period = ?, last = ?, imported_at = ?, last_used_at = ?, version = ?
    WHERE site_id = ? AND id = ? AND version = ?`,
  /** A counter or step at or below the last accepted one is a replay (RFC 4226 7.2, RFC 6238 5.2). */
  spend: 'UPDATE hardware_tokens SET last = ?, last_used_at = ? WHERE site_id = ? AND id = ? AND last < ?',
  name: 'UPDATE hardware_tokens SET label = ?, version = version + 1 WHERE site_id = ? AND id = ?',
  remove: 'DELETE FROM hardware_tokens WHERE site_id = ? AND id = ?',
} as const

export const OWN = {
  nameApp: 'UPDATE authenticators SET label = ? WHERE site_id = ? AND id = ?',
  carrySession: `UPDATE sessions SET user_epoch = ?
    WHERE site_id = ? AND user_id = ? AND id = ? AND ended_at IS NULL AND user_epoch < ?`,
} as const
