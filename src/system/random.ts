import { createHash, randomFillSync } from 'node:crypto'
import type { Random } from '#ports/system.ts'

const POOL_BYTES = 4_096

/**
 * The operating system's generator, asked for a few thousand bytes at a time: a sign-in wants a dozen small portions, and each question costs more
 * than the bytes. What is given out is given once, and wiped where it lay.
 */
export function pooledRandom(fill: (bytes: Uint8Array<ArrayBuffer>) => unknown): Random {
  const pool = new Uint8Array(POOL_BYTES)
  let used = POOL_BYTES
  return {
    bytes(length) {
      const bytes = new Uint8Array(length)
      if (length > POOL_BYTES) {
        fill(bytes)
        return bytes
      }
      if (used + length > POOL_BYTES) {
        fill(pool)
        used = 0
      }
      bytes.set(pool.subarray(used, used + length))
      pool.fill(0, used, used + length)
      used += length
      return bytes
    },
  }
}

export const systemRandom: Random = pooledRandom((bytes) => randomFillSync(bytes))

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
