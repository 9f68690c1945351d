import type { AuditEvent } from '#audit/event.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'

/** So many browsers are remembered of one user at most. */
export const MOST_DEVICES = 50

/**
 * What makes room for one more remembered browser: the one whose code is the longest ago is forgotten, on record, where there are as many
 * as there may be. Nothing, where none is to be remembered.
 */
export async function roomForDevice(
  { store }: Pick<Ports, 'store'>,
  { site, user }: PersonFile,
  { wanted, application, now }: { readonly wanted: boolean; readonly application: string; readonly now: Instant },
): Promise<{ readonly changes: readonly Change[]; readonly events: readonly AuditEvent[] }> {
  const none = { changes: [], events: [] }
  if (!wanted) return none
  const newest = await store.devices(site.id, { user: user.id, before: null, limit: MOST_DEVICES })
  const oldest = newest[MOST_DEVICES - 1]
  if (!oldest) return none
  const said = { devices: 1, device: oldest.id, reason: 'cap' }
  return {
    changes: [{ kind: 'forget-device', device: oldest.id, at: now }],
    events: [ownEvent(user, application, 'device.revoked', said)],
  }
}
