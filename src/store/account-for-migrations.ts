import type { AuditEvent } from '#audit/event.ts'
import { appendAudit } from './append-audit.ts'
import { id } from './columns.ts'
import { all, type Work } from './database.ts'
import { SITES } from './statements.ts'

/** Without a name there is nothing personal in the event, and so no salt to draw. */
const NOBODY_BY_NAME = { type: 'system', id: 'system', name: null } as const
const NO_CHANCE = {
  bytes: () => {
    throw new Error('nothing of a migration is personal')
  },
}

/** Every site's audit log says which migrations its database went through: part of the transaction that runs them. */
export function* accountForMigrations(ran: readonly string[]): Work<void> {
  const at = Date.now()
  for (const row of yield* all(SITES.all)) {
    const site = id(row, 'id', 'site')
    const event: AuditEvent = {
      ev: 'system.migrated',
      actor: NOBODY_BY_NAME,
      subject: null,
      application: null,
      data: { ran },
    }
    const origin = { request: 'migration', address: null, userAgent: null }
    yield* appendAudit({ site, at, origin, changes: [], events: [event] }, NO_CHANCE)
  }
}
