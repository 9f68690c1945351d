import { createHmac } from 'node:crypto'
import { sameCode } from './same-code.ts'

export interface HotpOptions {
  readonly digits?: 6 | 7 | 8
  readonly algorithm?: 'SHA1' | 'SHA256' | 'SHA512'
}

/**
 * The code that belongs to one counter (RFC 4226 5.3), as a text of exactly `digits` digits. SHA-1 and six digits
 * unless told otherwise; the other hashes are those RFC 6238 1.2 allows. Throws RangeError for what only a mistake of
 * ours can bring: an empty secret, a counter outside 0 … 2⁶⁴−1 or not exact, another number of digits.
 */
export function hotp(secret: Uint8Array, counter: bigint | number, options: HotpOptions = {}): string {
  const { digits = 6, algorithm = 'SHA1' } = options
  if (secret.length === 0) throw new RangeError('an empty secret makes the same codes for everybody')
  if (digits < 6 || digits > 8) throw new RangeError(`a code has 6 to 8 digits, not ${digits}`)
  const mac = createHmac(algorithm, secret).update(eightBytes(counter)).digest()
  return String(truncate(mac) % 10 ** digits).padStart(digits, '0')
}

/** Dynamic truncation (RFC 4226 5.3): the 31 bits that start at the byte named by the last four bits. */
export function truncate(mac: Uint8Array): number {
  const bytes = Buffer.from(mac)
  return bytes.readUInt32BE(bytes.readUInt8(bytes.length - 1) & 0x0f) & 0x7fff_ffff
}

function eightBytes(counter: bigint | number): Uint8Array {
  if (typeof counter === 'number' && !Number.isSafeInteger(counter)) {
    throw new RangeError(`a counter is a whole number, not ${counter}`)
  }
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(counter))
  return bytes
}

export interface HotpAttempt {
  readonly secret: Uint8Array
  /** As `normaliseCode` gives it. */
  readonly code: string
  /** The counter expected next. */
  readonly counter: number
  /** How many counters beyond the expected one are tried, because a button was pressed in a pocket: 0 to 10. */
  readonly lookAhead: number
  readonly options?: HotpOptions
}

export type HotpVerdict = { readonly kind: 'accepted'; readonly counter: number } | { readonly kind: 'wrong' }

const FURTHEST_LOOK_AHEAD = 10
const RESYNCHRONISATION_REACH = 100

/**
 * A code of a hardware token (RFC 4226 7.2 and 7.4). `accepted` brings the counter to be stored, the one after the
 * code's own; a counter never goes back, so that no code passes twice. Throws RangeError for a look-ahead beyond 10.
 */
export function verifyHotp({ secret, code, counter, lookAhead, options }: HotpAttempt): HotpVerdict {
  if (!(lookAhead >= 0 && lookAhead <= FURTHEST_LOOK_AHEAD)) {
    throw new RangeError(`a look-ahead is 0 to ${FURTHEST_LOOK_AHEAD}, not ${lookAhead}`)
  }
  const matching = codesFrom(secret, counter, lookAhead + 1, options).map((each) => sameCode(each, code))
  // Of two counters with the same code the nearer one: taking the farther would leave the token behind for good.
  const ahead = matching.indexOf(true)
  return ahead < 0 ? { kind: 'wrong' } : { kind: 'accepted', counter: counter + ahead + 1 }
}

/**
 * Finds a token that was pressed too often by two consecutive codes, both within the next 100 counters (RFC 4226 7.4).
 * Answers the counter to be stored, the one after the second code; undefined when no such pair is there. The caller
 * counts a failure like any wrong code: a pair found among 100 is worth about 33 bits at six digits, not more.
 */
export function resynchronise(
  secret: Uint8Array,
  counter: number,
  first: string,
  second: string,
  options?: HotpOptions,
): number | undefined {
  const codes = codesFrom(secret, counter, RESYNCHRONISATION_REACH, options)
  const firsts = codes.map((each) => sameCode(each, first))
  const seconds = codes.map((each) => sameCode(each, second))
  const ahead = firsts.findIndex((matches, index) => matches && seconds[index + 1] === true)
  return ahead < 0 ? undefined : counter + ahead + 2
}

function codesFrom(secret: Uint8Array, counter: number, count: number, options?: HotpOptions): string[] {
  return Array.from({ length: count }, (_, ahead) => hotp(secret, counter + ahead, options))
}
