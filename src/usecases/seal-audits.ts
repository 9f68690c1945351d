import { seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { sealAudit } from './seal-audit.ts'
import { sealClosedLog } from './seal-closed-log.ts'

/** How long an entry waits at most for a checkpoint, and how many wait at most. */
const SEAL_AFTER = seconds(60)
const SEAL_AT = 1_000

/**
 * Signs a checkpoint wherever it is time for one, and the last one of a site that is gone. A log that was changed is not signed: after all others were, that is thrown with its
 * place, for the operator to be told again and again.
 */
export async function sealAudits(ports: Ports): Promise<void> {
  const now = ports.clock.now()
  const damaged: string[] = []
  for (const { site, entries, since } of await ports.store.unsealedLogs()) {
    if (entries < SEAL_AT && since !== null && now - since < SEAL_AFTER) continue
    const outcome = await sealAudit(ports, site)
    if (outcome.kind === 'damaged') damaged.push(`${site} at entry ${outcome.fault.seq} (${outcome.fault.kind})`)
  }
  for (const { site, name, entries, sealed } of await ports.store.closedLogs()) {
    if (sealed === entries) continue
    const outcome = await sealClosedLog(ports, site)
    if (outcome.kind === 'damaged')
      damaged.push(`${name}, deleted, at entry ${outcome.fault.seq} (${outcome.fault.kind})`)
  }
  if (damaged.length > 0)
    throw new Error(`the audit log is not what was written: ${damaged.join(', ')}; run countersign audit verify`)
}
