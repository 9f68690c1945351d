import { BYPASS_REASONS, type BypassReason, type User } from '#domain/user.ts'
import { days, type Instant, rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { type Act, isOwnAct, userParty } from './act.ts'
import { overUser, type UserOutcome } from './over-user.ts'

/** What is proposed when no end is given. */
export const PROPOSED_BYPASS = days(90)

export interface GrantBypass extends Act {
  readonly site: string
  readonly username: string
  readonly reason: string
  readonly note: string
  /** null: it never ends by itself. Left out: the proposed 90 days. */
  readonly expiresAt?: Instant | null | undefined
}

/** Exempts a user from the second factor: with a reason, with an end, and on the record. Nobody exempts themselves. */
export async function grantBypass(ports: Ports, order: GrantBypass): Promise<UserOutcome> {
  const { reason, note } = order
  if (!isReason(reason))
    return { kind: 'invalid', problems: [{ field: 'reason', problem: `is one of ${BYPASS_REASONS.join(', ')}` }] }
  if (reason === 'other' && note.trim() === '')
    return { kind: 'invalid', problems: [{ field: 'note', problem: 'say in a few words what the reason is' }] }
  return overUser(ports, order, async ({ user: before }, at) => {
    if (isOwnAct(order, before)) return { kind: 'own-bypass' }
    const expiresAt = order.expiresAt === undefined ? at + PROPOSED_BYPASS : order.expiresAt
    if (expiresAt !== null && expiresAt <= at)
      return { kind: 'invalid', problems: [{ field: 'until', problem: 'lies in the past' }] }
    const setBy = order.actor.name ?? order.actor.id
    const user: User = { ...before, bypass: { reason, note, setBy, setAt: at, expiresAt }, version: before.version + 1 }
    const data = { reason, until: expiresAt === null ? null : rfc3339(expiresAt) }
    return {
      changes: [{ kind: 'change-user', user, from: before.version }],
      events: [{ ev: 'bypass.granted', actor: order.actor, subject: userParty(user), application: null, data }],
      user,
    }
  })
}

/** Ends an exemption; where there is none, nothing happens but the account of it. */
export async function revokeBypass(
  ports: Ports,
  order: { site: string; username: string } & Act,
): Promise<UserOutcome> {
  return overUser(ports, order, async ({ user: before }) => {
    const user: User = { ...before, bypass: null, version: before.version + 1 }
    return {
      changes: [{ kind: 'change-user', user, from: before.version }],
      events: [{ ev: 'bypass.revoked', actor: order.actor, subject: userParty(user), application: null, data: {} }],
      user,
    }
  })
}

function isReason(text: string): text is BypassReason {
  return (BYPASS_REASONS as readonly string[]).includes(text)
}
