import { createHash } from 'node:crypto'
import { hotp } from '#authenticators/hotp.ts'

/** Users of all contestants alike: `user7` with this password, and with an authenticator app of their own. */
export const PASSWORD = 'correct horse battery staple'

export const nameOf = (number: number): string => `user${number}`

/** 160 bits, as everybody makes them; here they can be made again on both sides. */
export function secretOf(number: number): Uint8Array {
  return createHash('sha1').update(`bench ${number}`).digest()
}

/** What the app of this user shows now: six digits of 30 seconds. */
export function codeOf(secret: Uint8Array): string {
  return hotp(secret, Math.floor(Date.now() / 30_000), { digits: 6 })
}
