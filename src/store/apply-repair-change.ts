import type { SiteId } from '#domain/id.ts'
import type { RepairChange } from '#ports/repair-changes.ts'
import { run, type Work } from './database.ts'

const GIVE_BACK = {
  app: 'UPDATE authenticators SET last_step = ? WHERE site_id = ? AND id = ? AND last_step = ? AND last_step > ?',
  hardware: `UPDATE hardware_tokens SET last = ?, version = version + 1
    WHERE site_id = ? AND id = ? AND last = ? AND last > ? AND moves = 'clock'`,
} as const

/** See `applyChange`. */
export function* applyRepairChange(site: SiteId, { of, authenticator, from, to }: RepairChange): Work<number> {
  return yield* run(GIVE_BACK[of], to, site, authenticator, from, to)
}
