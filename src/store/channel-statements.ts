/** Tests and proofs of channels, and how their messages fare. */
export const CHANNEL_TESTS = {
  ofSite: 'SELECT * FROM channel_tests WHERE site_id = ? ORDER BY channel',
  set: `INSERT INTO channel_tests (mark, recipient, code_digest, begun_by, begun_at, expires_at, wrong, failed_why, channel, site_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, channel) DO UPDATE SET mark = excluded.mark, recipient = excluded.recipient,
      code_digest = excluded.code_digest, begun_by = excluded.begun_by, begun_at = excluded.begun_at,
      expires_at = excluded.expires_at, wrong = excluded.wrong, failed_why = excluded.failed_why`,
  count: `UPDATE channel_tests SET wrong = wrong + 1
    WHERE site_id = ? AND channel = ? AND code_digest = ? AND begun_at = ? AND wrong = ?`,
  end: 'DELETE FROM channel_tests WHERE site_id = ? AND channel = ? AND code_digest = ? AND begun_at = ? AND wrong = ?',
} as const

export const CHANNEL_PROOFS = {
  ofSite: 'SELECT * FROM channel_proofs WHERE site_id = ? ORDER BY channel',
  set: `INSERT INTO channel_proofs (mark, recipient, proved_by, proved_at, channel, site_id) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, channel) DO UPDATE SET mark = excluded.mark, recipient = excluded.recipient,
      proved_by = excluded.proved_by, proved_at = excluded.proved_at`,
} as const

// The state of a message is JSON of ours, in which a quote inside a text has a backslash before it: the patterns meet nothing but
// the kind and the trouble.
const TAKEN = `(state LIKE '%"kind":"accepted"%' OR state LIKE '%"kind":"delivered"%')`
const TROUBLED = `((state LIKE '%"kind":"failed"%' OR state LIKE '%"kind":"retrying"%')
  AND state NOT LIKE '%"trouble":"recipient"%' AND state NOT LIKE '%"trouble":"moot"%')`

export const CHANNEL_RECORDS = {
  counts: `SELECT channel,
      SUM(CASE WHEN state LIKE '%"kind":"queued"%' THEN 1 ELSE 0 END) AS queued,
      SUM(CASE WHEN state LIKE '%"kind":"retrying"%' THEN 1 ELSE 0 END) AS retrying,
      SUM(CASE WHEN state LIKE '%"kind":"accepted"%' THEN 1 ELSE 0 END) AS accepted,
      SUM(CASE WHEN state LIKE '%"kind":"delivered"%' THEN 1 ELSE 0 END) AS delivered,
      SUM(CASE WHEN state LIKE '%"kind":"failed"%' THEN 1 ELSE 0 END) AS failed,
      MAX(CASE WHEN ${TAKEN} THEN created_at END) AS last_accepted_at
    FROM deliveries WHERE site_id = ? AND created_at >= ? GROUP BY channel ORDER BY channel`,
  lastTrouble: `SELECT state FROM deliveries WHERE site_id = ? AND channel = ? AND created_at >= ? AND ${TROUBLED}
    ORDER BY created_at DESC, id DESC LIMIT 1`,
  lastPassedOver: `SELECT state FROM deliveries WHERE site_id = ? AND channel = ? AND created_at >= ?
    AND state LIKE '%"kind":"accepted"%' AND state LIKE '%"after":"%' ORDER BY created_at DESC, id DESC LIMIT 1`,
  bounced: `SELECT d.user_id, d.channel, MAX(d.created_at) AS at
    FROM deliveries d JOIN users u ON u.site_id = d.site_id AND u.id = d.user_id
    WHERE d.site_id = ? AND d.state LIKE '%"trouble":"recipient"%' AND d.recipient IN (u.email, u.phone)
      AND NOT EXISTS (SELECT 1 FROM deliveries later WHERE later.site_id = d.site_id AND later.user_id = d.user_id
        AND later.recipient = d.recipient AND later.created_at > d.created_at AND later.queued = 0
        AND later.state NOT LIKE '%"kind":"failed"%')
    GROUP BY d.user_id, d.channel ORDER BY d.user_id, d.channel`,
} as const
