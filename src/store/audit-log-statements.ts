export const AUDIT_KEYS = {
  add: `INSERT INTO audit_keys (site_id, id, verifier, sealed_seed, made_at, retired_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`,
  retire: 'UPDATE audit_keys SET retired_at = ? WHERE site_id = ? AND id = ? AND retired_at IS NULL',
  ofSite: `SELECT site_id, id, verifier, sealed_seed, made_at, retired_at FROM audit_keys WHERE site_id = ?
    ORDER BY made_at, id`,
} as const

export const AUDIT_SEALS = {
  bySite: 'SELECT size, hash, tree, start_seq, start_hash, start_tree FROM audit_seals WHERE site_id = ?',
  /** The first seal of a site: its log has not begun to be purged. */
  add: `INSERT INTO audit_seals (site_id, size, hash, tree, start_seq, start_hash, start_tree)
    VALUES (?, ?, ?, ?, 0, ?, '[]') ON CONFLICT DO NOTHING`,
  change: 'UPDATE audit_seals SET size = ?, hash = ?, tree = ? WHERE site_id = ? AND size = ?',
  purge: `UPDATE audit_seals SET start_seq = ?, start_hash = ?, start_tree = ?
    WHERE site_id = ? AND start_seq = ? AND size >= ?`,
  unsealed: `SELECT h.site_name, h.seq - COALESCE(s.size, 0) AS entries, c.made_at FROM audit_heads h
    LEFT JOIN audit_seals s ON s.site_id = h.site_id
    LEFT JOIN audit_checkpoints c ON c.site_id = h.site_id AND c.size = s.size
    WHERE h.site_removed_at IS NULL AND h.seq > COALESCE(s.size + 1, 0)`,
  closed: `SELECT h.site_id, h.site_name, h.site_removed_at, h.seq, COALESCE(s.size, 0) AS size FROM audit_heads h
    LEFT JOIN audit_seals s ON s.site_id = h.site_id
    WHERE h.site_removed_at IS NOT NULL ORDER BY h.site_removed_at DESC, h.site_id`,
  isClosed: 'SELECT 1 AS closed FROM audit_heads WHERE site_id = ? AND site_removed_at IS NOT NULL',
} as const

export const AUDIT_CHECKPOINTS = {
  add: 'INSERT INTO audit_checkpoints (site_id, size, note, made_at) VALUES (?, ?, ?, ?)',
  at: 'SELECT size, note, made_at FROM audit_checkpoints WHERE site_id = ? AND size = ?',
  within: `SELECT size, note FROM audit_checkpoints WHERE site_id = ? AND size > ? AND size <= ? ORDER BY size`,
  /** The first parameter of the inner question is the site too, the second a moment. */
  before: `SELECT size, note, made_at FROM audit_checkpoints WHERE site_id = ? AND size > ? AND size <
    COALESCE((SELECT MIN(seq) FROM audit_entries WHERE site_id = ? AND happened_at >= ?), 9007199254740991)
    ORDER BY size DESC LIMIT 1`,
  purge: 'DELETE FROM audit_checkpoints WHERE site_id = ? AND size < ?',
} as const

export const AUDIT_PURGE = {
  personal: 'DELETE FROM audit_personal WHERE site_id = ? AND seq <= ?',
  entries: 'DELETE FROM audit_entries WHERE site_id = ? AND seq <= ?',
  personalOf: `DELETE FROM audit_personal WHERE site_id = ? AND seq IN
    (SELECT seq FROM audit_entries WHERE site_id = ? AND (actor_id = ? OR subject_id = ?))`,
} as const
