import type { Ports } from '#ports/ports.ts'
import { purgeAudit } from './purge-audit.ts'

/** Removes at every site what its `audit.retention_days` no longer keeps. A part that was changed stays, and is thrown with its site. */
export async function purgeAudits(ports: Ports): Promise<void> {
  const damaged: string[] = []
  for (const { name } of await ports.store.sites()) {
    const outcome = await purgeAudit(ports, { site: name })
    if (outcome.kind === 'damaged') damaged.push(`${name} at entry ${outcome.fault.seq}`)
  }
  if (damaged.length > 0) throw new Error(`the audit log is not what was written and is kept: ${damaged.join(', ')}`)
}
