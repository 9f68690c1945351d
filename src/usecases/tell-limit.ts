import type { AuditEvent } from '#audit/event.ts'
import type { Channel } from '#domain/method.ts'
import { blockOf, maskBlock } from '#domain/phone-block.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { noticeTo } from './new-code.ts'
import type { SendLimit } from './send-limit.ts'

export interface LimitTold {
  readonly event: AuditEvent
  readonly changes: readonly Change[]
}

/**
 * How a message that a cap kept back is written down. What somebody has to hear of is told once for as long as it goes on: a block of numbers
 * under the alarm's name, and a flood of codes under its own and to the user, whose password somebody has (DF-12, DF-14).
 */
export function tellLimit(
  ports: Pick<Ports, 'random'>,
  file: PersonFile,
  kept: SendLimit & { readonly channel: Channel; readonly application: string | null; readonly now: Instant },
): LimitTold {
  const { cap, until, channel, application, now } = kept
  const { user, site, alarms } = file
  const data = { channel, cap, ...(until === null ? {} : { until: rfc3339(until) }) }
  const quota: LimitTold = { event: ownEvent(user, application, 'delivery.quota', data), changes: [] }
  if (until === null) return quota
  const once = (alarm: string, told: LimitTold): LimitTold => {
    if (alarms.has(alarm)) return quota
    const raised: Change = { kind: 'raise-alarm', site: site.id, alarm, at: now, until }
    return { event: told.event, changes: [raised, ...told.changes] }
  }
  if (cap === 'block' && user.phone !== null) {
    const block = maskBlock(user.phone)
    const event = ownEvent(user, application, 'delivery.pumping', { ...data, block })
    return once(`block ${blockOf(user.phone)}`, { event, changes: [] })
  }
  if (cap === 'user_unanswered_day') {
    const event = ownEvent(user, application, 'delivery.flood', { ...data, codes: file.unansweredToday })
    return once(`flood ${user.id}`, { event, changes: noticeTo(ports, file, 'codes_flooded', now) })
  }
  return quota
}
