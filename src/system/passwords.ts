import { availableParallelism } from 'node:os'
import type { Secret } from '#domain/secret.ts'
import type { Passwords } from '#ports/system.ts'
import type { Hasher } from './argon2.ts'
import { Turns } from './turns.ts'

const LONGEST_PASSWORD = 256
/** Composing shortens a text, but never to an eighth of its length. */
const LONGEST_RAW = 8 * LONGEST_PASSWORD

/**
 * Hashing shares four threads of the platform with files and name look-ups. One is left to them: while every thread
 * hashes, a database file or the name of a mail server waits as long as the whole queue.
 */
const THREADS_FOR_HASHING = 3

export interface PasswordLimits {
  /** Hashes computed at once: the number of cores, and three at most, unless told otherwise. */
  readonly atOnce?: number
  /** How many may wait for their turn before the answer is `busy`: 64. */
  readonly waiting?: number
}

/**
 * Passwords in Unicode normal form C, up to 256 characters. `verify` does exactly one hash whoever is asked about: for
 * a stranger (no hash), an unreadable hash and a password that is too long it is the hash of a decoy with today's
 * parameters, and the answer is `wrong`. `busy` comes at once, for everybody alike, when the queue is full. `hash` is
 * never refused for want of room, because it follows a step that was proved already; a password that is too long
 * rejects with RangeError.
 */
export async function openPasswords(hasher: Hasher, limits: PasswordLimits = {}): Promise<Passwords> {
  const { atOnce = Math.min(availableParallelism(), THREADS_FOR_HASHING), waiting = 64 } = limits
  const turns = new Turns(atOnce, waiting)
  const decoy = await hasher.hash('a decoy: whatever is compared with it is wrong')

  return {
    async hash(password) {
      const text = acceptable(password)
      if (text === undefined) throw new RangeError(`a password has at most ${LONGEST_PASSWORD} characters`)
      return turns.take(() => hasher.hash(text))
    },

    async verify(password, hash) {
      const text = acceptable(password)
      const real = text !== undefined && hash !== undefined && hasher.standing(hash) !== 'unreadable'
      if (turns.full) return 'busy'
      const matches = await turns.take(() => (real ? hasher.verify(hash, text) : hasher.verify(decoy, '')))
      return real && matches ? 'right' : 'wrong'
    },

    stretch: async (secret, salt) => (turns.full ? undefined : turns.take(() => hasher.stretch(secret.reveal(), salt))),

    needsRehash: (hash) => hasher.standing(hash) !== 'current',
  }
}

function acceptable(password: Secret): string | undefined {
  const raw = password.reveal()
  if (raw.length > LONGEST_RAW) return undefined
  const text = raw.normalize('NFC')
  return [...text].length > LONGEST_PASSWORD ? undefined : text
}
