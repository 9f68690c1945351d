import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey } from 'node:crypto'
import { LASTING_SECRETS, type Random, type Vault } from '#ports/system.ts'
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

/** What digests and the hashes of passwords are made with: they stay when the key of the key file is replaced. */
export interface LastingSecrets {
  readonly digest: Uint8Array
  readonly pepper: Uint8Array
}

const LASTING_BYTES = 32

/** Those of an installation whose key was never replaced: derived from it. */
export function lastingSecretsOf(key: Uint8Array): LastingSecrets {
  return { digest: subkey(key, 'digest'), pepper: subkey(key, 'password-pepper') }
}

/** Names the key without telling it: the first 8 hexadecimal digits of its SHA-256. */
export function keyId(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}

/** Stored at the first start and compared at every later one, so that a wrong key file is found before it does harm. */
export function keyCheck(key: Uint8Array): string {
  return Buffer.from(subkey(key, 'check')).toString('hex')
}

/**
 * A vault over the keys of a key file, 32 bytes each, the newest first; the newest seals until another is told to. `seal` gives
 * `v1.<key id>.<nonce>.<ciphertext and tag>`, the last two in base64url: AES-256-GCM with a random nonce of 96 bits, bound to
 * `boundTo`, to the key and to the form. `open` throws CannotUnseal for a key that is not there, another row or a changed
 * character. `digest` is HMAC-SHA-256 in hexadecimal, whichever key seals. Throws RangeError for a key of another length, for two
 * keys of one name, and for an empty `boundTo`.
 */
export function openVault(
  keys: readonly [Uint8Array, ...Uint8Array[]],
  random: Random,
  lasting: LastingSecrets = lastingSecretsOf(keys[0]),
): Vault {
  const ring = new Map(
    keys.map((key) => [keyId(key), { sealing: createSecretKey(subkey(key, 'seal')), check: keyCheck(key) }]),
  )
  if (ring.size !== keys.length) throw new RangeError('two keys of the ring are the same')
  const ids = [...ring.keys()]
  const digesting = createSecretKey(lasting.digest)
  let inUse = keyId(keys[0])

  const keyOf = (id: string) => {
    const found = ring.get(id)
    if (found === undefined) throw new RangeError(`there is no key ${id} in the ring`)
    return found
  }

  const vault: Vault = {
    seal(plain, boundTo) {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keyOf(inUse).sealing, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(associated(inUse, boundTo))
      const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
      return `v1.${inUse}.${Buffer.from(nonce).toString('base64url')}.${body.toString('base64url')}`
    },

    open(sealed, boundTo) {
      const { sealedWith, nonce, body } = parse(sealed)
      const key = ring.get(sealedWith)
      if (key === undefined) {
        const there = ids.join(' and ')
        throw new CannotUnseal('other-key', `sealed with the key ${sealedWith}, but the key file holds ${there}`)
      }
      const decipher = createDecipheriv('aes-256-gcm', key.sealing, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(associated(sealedWith, boundTo))
      decipher.setAuthTag(body.subarray(-TAG_BYTES))
      const start = decipher.update(body.subarray(0, -TAG_BYTES))
      try {
        return new Uint8Array(Buffer.concat([start, decipher.final()]))
      } catch {
        throw new CannotUnseal('altered', `sealed for another row than ${boundTo}, or changed since`)
      }
    },

    digest: (token) => createHmac('sha256', digesting).update(token).digest('hex'),

    ring: {
      ids,
      sealsWith: () => inUse,
      sealWith(id) {
        keyOf(id)
        inUse = id
      },
      checkOf: (id) => keyOf(id).check,
      sealLasting: () => vault.seal(Buffer.concat([lasting.digest, lasting.pepper]), LASTING_SECRETS),
    },
  }
  return vault
}

/** What `sealLasting` sealed. Throws CannotUnseal as `open` does. */
export function openLasting(vault: Pick<Vault, 'open'>, sealed: string): LastingSecrets {
  const bytes = vault.open(sealed, LASTING_SECRETS)
  return { digest: bytes.subarray(0, LASTING_BYTES), pepper: bytes.subarray(LASTING_BYTES) }
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
