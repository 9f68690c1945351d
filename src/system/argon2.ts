import { type Algorithm, hash, hashRaw, parseOptions, verify } from '@node-rs/argon2'
import type { Random } from '#ports/system.ts'

const ARGON2ID: Algorithm = 2
const SALT_BYTES = 16

/**
 * A slow function for passwords. `standing`: made with today's parameters, with others, or not a hash of ours at all.
 */
export interface Hasher {
  hash(text: string): Promise<string>
  /** Throws for an unreadable hash. */
  verify(hash: string, text: string): Promise<boolean>
  /** base64url; `salt` is base64url too. */
  stretch(text: string, salt: string): Promise<string>
  standing(hash: string): 'current' | 'outdated' | 'unreadable'
}

export interface Argon2Parameters {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

/** The OWASP password storage minimum for argon2id: 19 MiB, two passes, one lane. */
export const ARGON2_PARAMETERS: Argon2Parameters = { memoryKib: 19_456, passes: 2, lanes: 1 }

export interface Argon2Options {
  readonly random: Random
  /** A key from outside the database that goes into every hash: without it a stolen table cannot be guessed at. */
  readonly pepper: Uint8Array
  readonly parameters?: Argon2Parameters
}

/** argon2id (RFC 9106) as PHC strings, outside the main thread. */
export function argon2Hasher({ random, pepper, parameters = ARGON2_PARAMETERS }: Argon2Options): Hasher {
  const { memoryKib, passes, lanes } = parameters
  const costs = { algorithm: ARGON2ID, memoryCost: memoryKib, timeCost: passes, parallelism: lanes }
  return {
    hash: (text) => hash(text, { ...costs, salt: random.bytes(SALT_BYTES), secret: pepper }),

    verify: (encoded, text) => verify(encoded, text, { secret: pepper }),

    stretch: async (text, salt) => {
      const digest = await hashRaw(text, { ...costs, salt: Buffer.from(salt, 'base64url'), secret: pepper })
      return digest.toString('base64url')
    },

    standing(encoded) {
      const made = parse(encoded)
      if (made === undefined) return 'unreadable'
      const same =
        made.algorithm === ARGON2ID &&
        made.memoryCost === memoryKib &&
        made.timeCost === passes &&
        made.parallelism === lanes
      return same ? 'current' : 'outdated'
    },
  }
}

function parse(encoded: string): ReturnType<typeof parseOptions> | undefined {
  try {
    return parseOptions(encoded)
  } catch {
    return undefined
  }
}
