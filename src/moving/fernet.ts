import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'

const VERSION = 0x80
const HEAD = 1 + 8 + 16
const MAC = 32

/** A Fernet key: 32 bytes in base64url, the first half signs and the second encrypts; undefined: this is none. */
export interface FernetKey {
  readonly signing: Uint8Array
  readonly encryption: Uint8Array
}

export function fernetKey(text: string): FernetKey | undefined {
  const bytes = Buffer.from(text.trim(), 'base64url')
  if (!/^[\w-]{43}=?$/.test(text.trim().replaceAll('+', '-').replaceAll('/', '_')) || bytes.length !== 32)
    return undefined
  return { signing: bytes.subarray(0, 16), encryption: bytes.subarray(16) }
}

/**
 * Opens a token of the Fernet specification (version 0x80: AES-128-CBC with PKCS#7, then HMAC-SHA-256 over everything before it).
 * undefined: it was made with another key, or altered. Its age plays no part: what is opened here was stored, not sent.
 */
export function openFernet({ signing, encryption }: FernetKey, token: string): Uint8Array | undefined {
  const bytes = Buffer.from(token.trim(), 'base64url')
  if (bytes.length < HEAD + 16 + MAC || bytes[0] !== VERSION) return undefined
  const signed = bytes.subarray(0, -MAC)
  if (!timingSafeEqual(createHmac('sha256', signing).update(signed).digest(), bytes.subarray(-MAC))) return undefined
  const decipher = createDecipheriv('aes-128-cbc', encryption, bytes.subarray(9, HEAD))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(signed.subarray(HEAD)), decipher.final()]))
  } catch {
    return undefined
  }
}

/** Whether a stored text looks like a token of this kind at all; older sites stored secrets as they were. */
export function isFernet(text: string): boolean {
  return /^gAAAAA[\w-]{60,}={0,2}$/.test(text.trim())
}
