const PASSED = `CASE WHEN c.state LIKE '%"kind":"passed"%' THEN 1 ELSE 0 END`

/** What the caps on SMS count. Of a page of users as of one: the same questions. */
export const SMS_SENDS = {
  toNumber: `SELECT recipient, COUNT(*) AS n FROM deliveries
    WHERE site_id = ? AND created_at > ? AND channel = 'sms' AND recipient = ? GROUP BY recipient`,
  toNumbersOfPage: `SELECT recipient, COUNT(*) AS n FROM deliveries
    WHERE site_id = ? AND created_at > ? AND channel = 'sms' AND recipient IN (SELECT phone FROM (
      SELECT phone FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?) AS page)
    GROUP BY recipient`,
  /** Each number once, however often it was sent something, with whether a sign-in that it got a code of was passed. */
  toBlock: `SELECT d.recipient, MAX(${PASSED}) AS answered
    FROM deliveries d JOIN challenges c ON c.site_id = d.site_id AND c.id = d.challenge_id
    WHERE d.site_id = ? AND d.created_at > ? AND d.channel = 'sms' AND d.recipient LIKE ? GROUP BY d.recipient`,
  sinceOfSite: `SELECT COUNT(*) AS n FROM deliveries WHERE site_id = ? AND channel = 'sms' AND created_at >= ?`,
  warnings: `SELECT COUNT(*) AS n FROM audit_entries WHERE site_id = ? AND ev = 'delivery.budget' AND happened_at >= ?`,
} as const
