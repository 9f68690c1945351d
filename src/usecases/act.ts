import type { AuditEvent, EventName, Origin, Party } from '#audit/event.ts'
import type { User } from '#domain/user.ts'

/** Who does something, and from where. Every use case of administration is given one. */
export interface Act {
  readonly actor: Party
  readonly origin: Origin
}

export function userParty(user: Pick<User, 'id' | 'username'>): Party {
  return { type: 'user', id: user.id, name: user.username }
}

/** Whether somebody does it to their own account. */
export function isOwnAct({ actor }: Act, user: Pick<User, 'id'>): boolean {
  return actor.type === 'user' && actor.id === user.id
}

/** Something a user does in their own name. */
export function ownEvent(
  user: User,
  application: string | null,
  ev: EventName,
  data: AuditEvent['data'] = {},
): AuditEvent {
  const party = userParty(user)
  return { ev, actor: party, subject: party, application, data }
}
