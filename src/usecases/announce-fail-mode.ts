import type { AuditEvent } from '#audit/event.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import type { SettingChange } from './settings-patch.ts'
import { tellAdministrators } from './tell-administrators.ts'

/** The setting that says what happens where no channel was ever set up. */
const FAIL_MODE = 'delivery.when_unconfigured'

/** What is wrong with a change of it that says no reason; every administrator is going to read who made it (FO-12). */
export function unexplained(
  planned: readonly SettingChange[],
  reason: string | undefined,
): readonly { readonly key: string; readonly problem: string }[] {
  const changed = planned.some(({ key }) => key === FAIL_MODE)
  if (!changed || (reason ?? '').trim() !== '') return []
  return [
    {
      key: FAIL_MODE,
      problem: `${FAIL_MODE}: say why it changes, as the reason; it goes into the audit log, and every administrator is told.`,
    },
  ]
}

export interface FailModeAnnounced {
  readonly changes: readonly Change[]
  readonly events: readonly AuditEvent[]
}

/**
 * A change of what happens without a channel can open a site later, and without a word: it has an entry of its own in the audit log,
 * and every administrator whom a message reaches is told who made it (FO-12).
 */
export async function announceFailMode(
  ports: Ports,
  file: SiteFile,
  { actor, reason }: Pick<Act, 'actor'> & { readonly reason?: string | undefined },
  planned: readonly SettingChange[],
  now: Instant,
): Promise<FailModeAnnounced> {
  const changed = planned.find(({ key }) => key === FAIL_MODE)
  if (!changed) return { changes: [], events: [] }
  const about = { name: actor.name ?? actor.id, until: now }
  const notices = await tellAdministrators(ports, file, { notice: 'fail_mode_changed', about }, now)
  const event: AuditEvent = {
    ev: 'policy.failmode.changed',
    actor,
    subject: { type: 'site', id: file.site.id, name: file.site.name },
    application: null,
    data: {
      from: String(changed.from),
      to: String(changed.to),
      told: notices.length,
      ...(reason === undefined ? {} : { reason }),
    },
  }
  return { changes: notices, events: [event] }
}
