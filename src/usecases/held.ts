import type { AuthenticatorId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { PersonFile } from '#ports/store.ts'

/** What a user holds in their hands: apps, passkeys, hardware tokens. */
export interface Held {
  readonly id: AuthenticatorId
  readonly kind: 'app' | 'passkey' | 'hardware'
  readonly label: string
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | null
}

type Hands = Pick<PersonFile, 'apps' | 'passkeys' | 'hardware'>

export function heldBy({ apps, passkeys, hardware }: Hands): readonly Held[] {
  const tokens = hardware.map((token) => ({ ...token, createdAt: token.importedAt }))
  return [...apps, ...passkeys, ...tokens].map(({ id, kind, label, createdAt, lastUsedAt }) => ({
    id,
    kind,
    label,
    createdAt,
    lastUsedAt,
  }))
}

/** The same user without one of them. */
export function without<File extends Hands>(file: File, id: AuthenticatorId): File {
  const others = (each: { readonly id: AuthenticatorId }): boolean => each.id !== id
  return {
    ...file,
    apps: file.apps.filter(others),
    passkeys: file.passkeys.filter(others),
    hardware: file.hardware.filter(others),
  }
}

/** Takes one of them away. A hardware token goes back into the drawer, to be handed to somebody else. */
export function takeAway({ hardware }: Hands, { id, kind }: Held): Change {
  if (kind === 'app') return { kind: 'remove-authenticator', authenticator: id }
  if (kind === 'passkey') return { kind: 'remove-passkey', passkey: id }
  const token = hardware.find((each) => each.id === id)
  if (!token) throw new Error('a token is taken from who has it')
  return { kind: 'move-hardware', token: { ...token, user: null, version: token.version + 1 }, from: token.version }
}

/** An app, or a token whose clock moves it, with the last step that was accepted of it. */
export interface Clockwork {
  readonly of: 'app' | 'hardware'
  readonly id: AuthenticatorId
  /** Seconds in a step. */
  readonly period: number
  readonly last: number
}

/** Everything of a user that shows a code of the time. */
export function clocksOf({ apps, hardware }: Pick<PersonFile, 'apps' | 'hardware'>): readonly Clockwork[] {
  return [
    ...apps.map(({ id, parameters: { period }, lastStep }) => ({ of: 'app', id, period, last: lastStep }) as const),
    ...hardware
      .filter(({ moves }) => moves === 'clock')
      .map(({ id, parameters: { period }, last }) => ({ of: 'hardware', id, period, last }) as const),
  ]
}
