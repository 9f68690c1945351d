/** Crockford's base 32: 0 and 1, and no letter that is taken for them or for another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const HALF = 5
const LONGEST_INPUT = 64

/** Bytes that one code is made of. */
export const RECOVERY_CODE_BYTES = 2 * HALF

/** `k7m2x-9qt4w`: ten characters of five bits each. Only the low five bits of each byte are used, so all codes are equally likely. */
export function recoveryCode(bytes: Uint8Array): string {
  if (bytes.length !== RECOVERY_CODE_BYTES)
    throw new RangeError(`a recovery code is made of ${RECOVERY_CODE_BYTES} bytes`)
  const text = [...bytes].map((byte) => ALPHABET.charAt(byte & 31)).join('')
  return `${text.slice(0, HALF)}-${text.slice(HALF)}`
}

/** The recovery code a person meant, in the form it was shown in; undefined when it is none: then nothing is counted. */
export function readRecoveryCode(typed: unknown): string | undefined {
  if (typeof typed !== 'string' || typed.length > LONGEST_INPUT) return undefined
  const read = typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Dash}]/gu, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')
  if (read.length !== RECOVERY_CODE_BYTES || [...read].some((each) => !ALPHABET.includes(each))) return undefined
  return `${read.slice(0, HALF)}-${read.slice(HALF)}`
}
