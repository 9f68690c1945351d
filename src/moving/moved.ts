import { fromBase32 } from '#authenticators/base32.ts'
import type { TotpParameters } from '#domain/authenticator.ts'

/** An authenticator app of somebody, as another system had it. */
export interface MovedApp {
  /** Where in the file it stands. */
  readonly line: number
  readonly username: string
  readonly secret: Uint8Array
  readonly parameters: TotpParameters
}

/** A user as another system had them; what is left out holds as for any new user. */
export interface MovedUser {
  readonly line: number
  readonly username: string
  readonly displayName?: string | undefined
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly kind: 'system' | 'website'
  readonly status: 'active' | 'disabled'
  readonly language?: string | undefined
  readonly roles: readonly string[]
  /** A hash that `Passwords` can verify; null: none was there, or none that can. */
  readonly passwordHash: string | null
}

export interface MovedProblem {
  readonly line: number
  readonly username: string
  readonly field: string
  readonly problem: string
}

/** All that a file had to say. `left`: what was passed over on purpose, in words, each with how often. */
export interface Moved {
  readonly users: readonly MovedUser[]
  readonly apps: readonly MovedApp[]
  readonly problems: readonly MovedProblem[]
  readonly left: ReadonlyMap<string, number>
}

const ALGORITHMS = ['SHA1', 'SHA256', 'SHA512'] as const
const DIGITS = [6, 7, 8] as const
/** Shorter than this one could simply be tried out; RFC 4226 asks for 128 bits and recommends 160. */
const SHORTEST_SECRET = 8

/** The parameters of RFC 6238 as they were written elsewhere; a list of what is wrong with them otherwise. Empty: the common value. */
export function readParameters(given: {
  readonly digits?: string | undefined
  readonly algorithm?: string | undefined
  readonly period?: string | undefined
}): TotpParameters | readonly (readonly [field: string, problem: string])[] {
  const digits = DIGITS.find((each) => String(each) === (given.digits?.trim() || '6'))
  const name = (given.algorithm?.trim() || 'SHA1').toUpperCase().replace(/^HMAC|[-_]/g, '')
  const algorithm = ALGORITHMS.find((each) => each === name)
  const period = Number(given.period?.trim() || '30')
  const problems: (readonly [string, string])[] = []
  if (digits === undefined) problems.push(['digits', 'is 6, 7 or 8'])
  if (algorithm === undefined) problems.push(['algorithm', 'is SHA1, SHA256 or SHA512'])
  if (!Number.isInteger(period) || period < 10 || period > 300)
    problems.push(['period', 'is a number of seconds from 10 to 300'])
  return digits === undefined || algorithm === undefined || problems.length > 0
    ? problems
    : { digits, algorithm, period }
}

/** The bytes of a secret; a sentence says why it is none. */
export function readSecret(text: string, form: 'base32' | 'hex'): Uint8Array | string {
  const compact = text.replaceAll(/[\s-]/g, '')
  const bytes = form === 'hex' ? fromHex(compact) : fromBase32(compact)
  if (bytes === undefined || bytes.length === 0) return form === 'hex' ? 'is not hexadecimal' : 'is not base32'
  return bytes.length < SHORTEST_SECRET ? `has ${bytes.length * 8} bits; 64 are the least` : bytes
}

function fromHex(text: string): Uint8Array | undefined {
  return /^(?:[0-9a-fA-F]{2})+$/.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : undefined
}
