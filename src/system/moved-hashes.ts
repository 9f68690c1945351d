import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Hasher } from './argon2.ts'

const derive = promisify(pbkdf2)
/** As passlib writes them: rounds, salt and hash, in base64 without padding where `.` stands for `+`. */
const PASSLIB = /^\$pbkdf2-sha256\$(?<rounds>[1-9]\d{0,6})\$(?<salt>[A-Za-z0-9./]{1,100})\$(?<hash>[A-Za-z0-9./]{43})$/
/** More would let one stored hash hold a thread for seconds. */
const MOST_ROUNDS = 2_000_000

/**
 * Also verifies hashes that came with users of a Frappe site (`$pbkdf2-sha256$`). They count as outdated: the next right password is
 * hashed anew by `today`, and none is ever made in the old form.
 */
export function withMovedHashes(today: Hasher): Hasher {
  return {
    stretch: (text, salt) => today.stretch(text, salt),
    hash: (text) => today.hash(text),

    async verify(encoded, text) {
      const moved = parse(encoded)
      if (!moved) return today.verify(encoded, text)
      const { rounds, salt, hash } = moved
      return timingSafeEqual(await derive(text, salt, rounds, hash.length, 'sha256'), hash)
    },

    standing: (encoded) => (parse(encoded) ? 'outdated' : today.standing(encoded)),
  }
}

function parse(encoded: string): { readonly rounds: number; readonly salt: Buffer; readonly hash: Buffer } | undefined {
  const { rounds, salt, hash } = PASSLIB.exec(encoded)?.groups ?? {}
  if (rounds === undefined || salt === undefined || hash === undefined || Number(rounds) > MOST_ROUNDS) return undefined
  return { rounds: Number(rounds), salt: bytes(salt), hash: bytes(hash) }
}

function bytes(text: string): Buffer {
  return Buffer.from(text.replaceAll('.', '+'), 'base64')
}
