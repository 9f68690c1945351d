import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { childOf, type XmlElement } from './xml.ts'

/** What its maker sent by another way than the file: the key itself, or the password that one is derived from. */
export type PskcUnlock =
  | { readonly kind: 'none' }
  | { readonly kind: 'key'; readonly key: Uint8Array }
  | { readonly kind: 'password'; readonly password: string }

/** Opens the encrypted values of one file; a sentence says why one does not open. */
export type OpenValue = (encrypted: XmlElement, mac: XmlElement | undefined) => Uint8Array | string

/** The rounds of a derivation that somebody is made to wait for at most. */
const MOST_ROUNDS = 1_000_000
const WRONG_KEY = 'does not open with this key'
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'
const SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'
const MACS: Readonly<Record<string, 'sha1' | 'sha256'>> = { [SHA1]: 'sha1', [SHA256]: 'sha256' }
const CIPHERS: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc': { name: 'aes-128-cbc', bytes: 16 },
  'http://www.w3.org/2001/04/xmlenc#aes192-cbc': { name: 'aes-192-cbc', bytes: 24 },
  'http://www.w3.org/2001/04/xmlenc#aes256-cbc': { name: 'aes-256-cbc', bytes: 32 },
}

/**
 * How the values of a container are opened (RFC 6030 6): AES-CBC with a key that both sides have, or with one derived from a password by
 * PBKDF2, and an HMAC over the encrypted bytes, without which nothing is opened. A sentence says why the container cannot be opened at all.
 */
export function pskcOpener(container: XmlElement, unlock: PskcUnlock): OpenValue | string {
  const key = keyFor(container, unlock)
  if (typeof key === 'string') return key
  const method = childOf(container, 'MACMethod')
  const algorithm = MACS[method?.attributes['Algorithm'] ?? '']
  if (algorithm === undefined)
    return 'has no MACMethod of HMAC-SHA-1 or HMAC-SHA-256, so that nobody can tell whether it was altered'
  const macKeyElement = childOf(method, 'MACKey')
  const macKey = macKeyElement === undefined ? key : decrypt(key, macKeyElement)
  if (macKey === undefined) return WRONG_KEY
  return (encrypted, mac) => {
    const cipher = bytesOf(childOf(encrypted, 'CipherData', 'CipherValue'))
    const given = bytesOf(mac)
    const right = createHmac(algorithm, macKey).update(cipher).digest()
    if (given.length !== right.length || !timingSafeEqual(given, right)) return WRONG_KEY
    return decrypt(key, encrypted) ?? WRONG_KEY
  }
}

function keyFor(container: XmlElement, unlock: PskcUnlock): Uint8Array | string {
  const derived = childOf(container, 'EncryptionKey', 'DerivedKey', 'KeyDerivationMethod')
  if (unlock.kind === 'none') return `takes ${derived ? 'its password' : 'its key'}`
  if (unlock.kind === 'key') return derived ? 'is encrypted with a password, not with a key' : unlock.key
  if (!derived) return 'is encrypted with a key, not with a password'
  const parameters = childOf(derived, 'PBKDF2-params')
  const salt = bytesOf(childOf(parameters, 'Salt', 'Specified'))
  const rounds = Number(childOf(parameters, 'IterationCount')?.text)
  const length = Number(childOf(parameters, 'KeyLength')?.text)
  const prf = childOf(parameters, 'PRF')?.attributes['Algorithm']
  const digest = prf === undefined ? 'sha1' : MACS[prf]
  const known = derived.attributes['Algorithm']?.endsWith('#pbkdf2') === true && digest !== undefined
  const sound = Number.isInteger(rounds) && rounds > 0 && rounds <= MOST_ROUNDS && [16, 24, 32].includes(length)
  if (!known || !sound || salt.length === 0) return 'derives its key in a way that is not known here'
  return new Uint8Array(pbkdf2Sync(unlock.password, salt, rounds, length, digest))
}

/** The vector of AES-CBC stands before the encrypted bytes (XML Encryption 5.2). */
function decrypt(key: Uint8Array, encrypted: XmlElement): Uint8Array | undefined {
  const cipher = CIPHERS[childOf(encrypted, 'EncryptionMethod')?.attributes['Algorithm'] ?? '']
  const value = bytesOf(childOf(encrypted, 'CipherData', 'CipherValue'))
  if (cipher === undefined || key.length !== cipher.bytes || value.length < 32) return undefined
  try {
    const decipher = createDecipheriv(cipher.name, key, value.subarray(0, 16))
    return new Uint8Array(Buffer.concat([decipher.update(value.subarray(16)), decipher.final()]))
  } catch {
    return undefined
  }
}

function bytesOf(element: XmlElement | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(element?.text ?? '', 'base64'))
}
