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
