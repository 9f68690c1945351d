import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey } from 'node:crypto'
import type { Random, Vault } from '#ports/system.ts'
import { subkey } from './subkey.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16
const SEALED = /^v1\.([0-9a-f]{8})\.([\w-]{16})\.([\w-]{22,})$/

/** What was sealed does not open. The database or the key file is not what it was; nothing a user types leads here. */
export class CannotUnseal extends Error {
  override readonly name = 'CannotUnseal'
  readonly reason: 'not-sealed' | 'other-key' | 'altered'

  constructor(reason: CannotUnseal['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

export interface KeyedVault extends Vault {
  /** Names the key without telling it: the first 8 hexadecimal digits of its SHA-256. */
  readonly keyId: string
  /**
   * Stored at the first start and compared at every later one, so that a wrong key file is found before it does harm.
   */
  readonly check: string
}

/**
 * A vault over one key of 32 bytes. `seal` gives `v1.<key id>.<nonce>.<ciphertext and tag>`, the last two in base64url:
 * AES-256-GCM with a random nonce of 96 bits, bound to `boundTo`, to the key and to the form. `open` throws
 * CannotUnseal for another key, another row or a changed character. `digest` is HMAC-SHA-256 in hexadecimal. Sealing,
 * digests and the check have keys of their own. Throws RangeError for a key of another length and for an empty
 * `boundTo`.
 */
export function openVault(key: Uint8Array, random: Random): KeyedVault {
  const sealing = createSecretKey(subkey(key, 'seal'))
  const digesting = createSecretKey(subkey(key, 'digest'))
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 8)

  return {
    keyId,
    check: Buffer.from(subkey(key, 'check')).toString('hex'),

    seal(plain, boundTo) {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(associated(keyId, boundTo))
      const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
      return `v1.${keyId}.${Buffer.from(nonce).toString('base64url')}.${body.toString('base64url')}`
    },

    open(sealed, boundTo) {
      const { sealedWith, nonce, body } = parse(sealed)
      if (sealedWith !== keyId) {
        throw new CannotUnseal('other-key', `sealed with the key ${sealedWith}, but the key in use is ${keyId}`)
      }
      const decipher = createDecipheriv('aes-256-gcm', sealing, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(associated(keyId, boundTo))
      decipher.setAuthTag(body.subarray(-TAG_BYTES))
      const start = decipher.update(body.subarray(0, -TAG_BYTES))
      try {
        return new Uint8Array(Buffer.concat([start, decipher.final()]))
      } catch {
        throw new CannotUnseal('altered', `sealed for another row than ${boundTo}, or changed since`)
      }
    },

    digest: (token) => createHmac('sha256', digesting).update(token).digest('hex'),
  }
}

function associated(keyId: string, boundTo: string): Uint8Array {
  if (boundTo === '') throw new RangeError('a secret is sealed to the row it belongs to')
  return Buffer.from(`v1.${keyId}\0${boundTo}`)
}

function parse(sealed: string): { sealedWith: string; nonce: Buffer; body: Buffer } {
  const [, sealedWith, nonceText, bodyText] = SEALED.exec(sealed) ?? []
  if (sealedWith === undefined || nonceText === undefined || bodyText === undefined) {
    throw new CannotUnseal('not-sealed', 'not the form of a sealed secret')
  }
  const body = Buffer.from(bodyText, 'base64url')
  // Decoding drops spare bits of the last character; one secret has one sealed text.
  if (body.toString('base64url') !== bodyText) throw new CannotUnseal('altered', 'the last character was changed')
  return { sealedWith, nonce: Buffer.from(nonceText, 'base64url'), body }
}
