import type { SiteId } from '#domain/id.ts'
import type { DeviceTokenChange, DeviceTokenStore } from '#ports/device-tokens.ts'
import { integer } from './columns.ts'
import { type Database, one, run, type Work, readAt } from './database.ts'
import { device } from './login-rows.ts'

const TOKENS = {
  rotate: `UPDATE devices SET token_digest = ?, last_used_at = ?, address = ?
    WHERE site_id = ? AND id = ? AND token_digest = ? AND forgotten_at IS NULL`,
  retire: `INSERT INTO device_tokens (site_id, token_digest, device_id, retired_at) VALUES (?, ?, ?, ?)
    ON CONFLICT DO NOTHING`,
  /** Of a device that still counts: not forgotten, of the epochs of today. */
  retired: `SELECT d.*, r.retired_at FROM device_tokens r JOIN devices d ON d.id = r.device_id AND d.site_id = r.site_id
      JOIN sites t ON t.id = d.site_id JOIN users u ON u.site_id = d.site_id AND u.id = d.user_id
    WHERE r.site_id = ? AND r.token_digest = ? AND d.user_id = ? AND d.forgotten_at IS NULL
      AND d.site_epoch = t.device_epoch AND d.user_epoch = u.device_epoch`,
} as const

/** Under the same promise as `applyChange`. */
export function* applyDeviceTokenChange(site: SiteId, change: DeviceTokenChange): Work<number> {
  switch (change.kind) {
    case 'rotate-device': {
      const { device: of, from, to, at, address } = change
      return yield* run(TOKENS.rotate, to, at, address, site, of, from)
    }
    case 'retire-device-token':
      return yield* run(TOKENS.retire, site, change.tokenDigest, change.device, change.at)
    default:
      return change satisfies never
  }
}

/** What is asked about tokens that were replaced. */
export function deviceTokenReads(database: Database): DeviceTokenStore {
  return {
    retiredToken: (site, user, tokenDigest) =>
      readAt(database, site, function* () {
        const row = yield* one(TOKENS.retired, site, tokenDigest, user)
        return row ? { device: device(row), retiredAt: integer(row, 'retired_at') } : null
      }),
  }
}
