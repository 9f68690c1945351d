const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 section 6, upper case, without padding: authenticator apps stumble over `=`. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET.charAt((held >>> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text
}

/**
 * The bytes of a base32 text (RFC 4648 section 6) in either case, with or without padding, with white space anywhere;
 * undefined when it holds another character or has a length no bytes have. Bits left over at the end are dropped, as
 * authenticator apps do: a secret that works in the user's phone must not fail here. The empty text is zero bytes.
 */
export function fromBase32(text: string): Uint8Array | undefined {
  const compact = text.replace(/\s/g, '')
  // The pattern knows ASCII only: 'ſ' and 'ı' become S and I in upper case.
  if (!/^[A-Za-z2-7]*={0,6}$/.test(compact)) return undefined
  const digits = compact.replace(/=+$/, '').toUpperCase()
  if ([1, 3, 6].includes(digits.length % 8)) return undefined
  const bytes = new Uint8Array(Math.floor((digits.length * 5) / 8))
  let bits = 0
  let held = 0
  let at = 0
  for (const digit of digits) {
    held = (held << 5) | ALPHABET.indexOf(digit)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = held >>> bits
    held &= (1 << bits) - 1
  }
  return bytes
}
