import { createHash, randomFillSync } from 'node:crypto'
import type { Random } from '#ports/system.ts'

/** The operating system's generator. */
export const systemRandom: Random = { bytes: (length) => randomFillSync(new Uint8Array(length)) }

/**
 * Chance that can be played again, for tests and examples: SHA-256 in counter mode over the seed. The stream does not
 * depend on the portions it is read in. Never for a secret of a real site.
 */
export function seededRandom(seed: string): Random {
  let blocks = 0
  let rest = new Uint8Array()
  const nextBlock = () => createHash('sha256').update(`${blocks++}\0${seed}`).digest()
  return {
    bytes(length) {
      const bytes = new Uint8Array(length)
      for (let filled = 0; filled < length; ) {
        if (rest.length === 0) rest = new Uint8Array(nextBlock())
        const part = rest.subarray(0, length - filled)
        bytes.set(part, filled)
        filled += part.length
        rest = rest.subarray(part.length)
      }
      return bytes
    },
  }
}
