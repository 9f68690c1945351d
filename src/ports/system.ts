import type { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'

export interface Clock {
  now(): Instant
}

/** Unpredictable bytes, from the operating system. */
export interface Random {
  bytes(length: number): Uint8Array
}

/** Seals small secrets to the row they belong to: a ciphertext moved to another row does not open. */
export interface Vault {
  seal(plain: Uint8Array, boundTo: string): string
  /** Throws when the text was not sealed by this key to `boundTo`: that is damage, not a user's mistake. */
  open(sealed: string, boundTo: string): Uint8Array
  /** How bearer tokens are stored and looked up: keyed, so that a stolen database cannot be searched for a known token. */
  digest(token: string): string
  readonly ring: KeyRing
}

/** The keys of the key file. All of them open; one of them seals. */
export interface KeyRing {
  /** Their names, as they stand in the file: the newest first. */
  readonly ids: readonly string[]
  sealsWith(): string
  /** From now on. Throws RangeError for a key that is not there. */
  sealWith(id: string): void
  /** What is kept of a key so that another one in its place is found. Throws RangeError for a key that is not there. */
  checkOf(id: string): string
  /** The secrets that outlive every key of the file, sealed with the one in use to `LASTING_SECRETS`. */
  sealLasting(): string
}

/** Under this name the store keeps them, and to it they are sealed. */
export const LASTING_SECRETS = 'lasting_secrets'

export interface Passwords {
  hash(password: Secret): Promise<string>
  /**
   * `hash: undefined` when there is no such user: the same work is done, so that nobody can tell. `busy`: too many at once; nothing
   * was looked at.
   */
  verify(password: Secret, hash: string | undefined): Promise<'right' | 'wrong' | 'busy'>
  needsRehash(hash: string): boolean
  /**
   * A slow digest of a short secret under a salt of its own (base64url): the same both times, so that it can be looked up. undefined:
   * too many at once.
   */
  stretch(secret: Secret, salt: string): Promise<string | undefined>
}
