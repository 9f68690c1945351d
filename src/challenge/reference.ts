import type { ChallengeId } from '#domain/id.ts'

/** Crockford's base32: no letter of it is taken for another one, or for a digit, when it is read out. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BYTES = 5

/** What a person reads out so that this very sign-in is found in the audit log: 40 bits of its id, like `7K2M-9XQD`. No secret. */
export function referenceOf(id: ChallengeId): string {
  const bytes = Buffer.from(id.slice(id.indexOf('_') + 1), 'base64url')
  let value = 0n
  for (let index = 0; index < BYTES; index += 1) value = value * 256n + BigInt(bytes[index] ?? 0)
  let letters = ''
  for (let shift = 35n; shift >= 0n; shift -= 5n) letters += LETTERS[Number((value >> shift) & 31n)] ?? ''
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** The reference that somebody heard and typed; undefined: it is none. */
export function readReference(typed: string): string | undefined {
  const heard = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (heard.length !== 8 || [...heard].some((letter) => !LETTERS.includes(letter))) return undefined
  return `${heard.slice(0, 4)}-${heard.slice(4)}`
}
