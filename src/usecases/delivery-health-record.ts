import type { ChannelRemoval } from '#domain/channel-removal.ts'
import { rfc3339 } from '#domain/time.ts'
import type { DeliveryHealth } from './delivery-health.ts'

/** The health of delivery as programs read it. */
export function healthJson({ channels, letIn, users }: DeliveryHealth) {
  const said = (each: { readonly at: number; readonly says: string } | null) =>
    each && { at: rfc3339(each.at), says: each.says }
  return {
    channels: channels.map((each) => ({
      channel: each.channel,
      state: each.state,
      owner: each.owner,
      proved: each.proved && {
        at: rfc3339(each.proved.provedAt),
        by: each.proved.provedBy,
        to: each.proved.recipient,
      },
      test: each.waiting && {
        to: each.waiting.recipient,
        by: each.waiting.begunBy,
        expires_at: rfc3339(each.waiting.expiresAt),
      },
      last_error: said(each.lastError),
      last_passed_over: said(each.lastPassedOver),
      removal: removalRecord(each.removal),
      last_accepted_at: each.lastAcceptedAt === null ? null : rfc3339(each.lastAcceptedAt),
      last_24_hours: each.counts,
      failure_rate: each.failureRate,
    })),
    armed_not_enforced: letIn > 0,
    let_in: letIn,
    users: users.map(({ username, displayName, warnings }) => ({
      username,
      display_name: displayName,
      warnings: [...warnings],
    })),
  }
}

/** When a channel goes and who asked for it, in the words of every interface; null: it stays. */
export function removalRecord(removal: ChannelRemoval | null) {
  if (removal === null) return null
  const { leaves, askedBy, dueAt } = removal
  return { leaves, asked_by: askedBy, due_at: rfc3339(dueAt) }
}
