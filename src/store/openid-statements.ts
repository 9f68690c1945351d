export const OPENID_CLIENTS = {
  ofApplication: 'SELECT * FROM openid_clients WHERE site_id = ? AND application = ?',
  ofSite: 'SELECT * FROM openid_clients WHERE site_id = ? ORDER BY application',
  add: `INSERT INTO openid_clients (redirect_uris, post_logout_redirect_uris, secret_digest, version, site_id, application)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE openid_clients SET redirect_uris = ?, post_logout_redirect_uris = ?, secret_digest = ?, version = ?
    WHERE site_id = ? AND application = ? AND version = ?`,
  remove: 'DELETE FROM openid_clients WHERE site_id = ? AND application = ? AND version = ?',
} as const

export const OPENID_KEYS = {
  published: `SELECT * FROM openid_keys WHERE site_id = ? AND (retired_at IS NULL OR retired_at > ?)
    ORDER BY created_at DESC, kid`,
  add: `INSERT INTO openid_keys (site_id, kid, sealed_key, created_at, retired_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`,
  retire:
    'UPDATE openid_keys SET retired_at = ? WHERE site_id = ? AND kid = ? AND (retired_at IS NULL OR retired_at > ?)',
} as const

export const OPENID_ARTIFACTS = {
  alive: 'SELECT * FROM openid_artifacts WHERE site_id = ? AND kind = ? AND digest = ? AND expires_at > ?',
  put: `INSERT INTO openid_artifacts (site_id, kind, digest, payload, grant_digest, created_at, expires_at, spent_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, kind, digest) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`,
  spend: `UPDATE openid_artifacts SET spent_at = ?
    WHERE site_id = ? AND kind = ? AND digest = ? AND spent_at IS NULL`,
  drop: 'DELETE FROM openid_artifacts WHERE site_id = ? AND kind = ? AND digest = ?',
  dropOfGrant: 'DELETE FROM openid_artifacts WHERE site_id = ? AND grant_digest = ?',
  sweep: 'DELETE FROM openid_artifacts WHERE site_id = ? AND expires_at <= ?',
} as const

export const SESSION_BY_ID = 'SELECT * FROM sessions WHERE site_id = ? AND id = ?'
