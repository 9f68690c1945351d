import { hkdfSync } from 'node:crypto'

const KEY_BYTES = 32

/** What keys are made for; one key for one purpose, so that no answer of one can serve in another. */
export type Purpose = 'seal' | 'digest' | 'check' | 'password-pepper'

/**
 * The key for one purpose, 32 bytes, derived from the key of the key file by HKDF-SHA-256 (RFC 5869). Throws RangeError
 * unless `key` has 32 bytes. The names of the purposes are part of what is stored: changing one makes old data
 * unreadable.
 */
export function subkey(key: Uint8Array, purpose: Purpose): Uint8Array {
  if (key.length !== KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes, not ${key.length}`)
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), `countersign ${purpose} v1`, KEY_BYTES))
}
