import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** What a check of the ceremony is about; a test bends one thing at a time. */
export interface Bent {
  readonly type?: string
  readonly challenge?: string
  readonly origin?: string
  readonly rpId?: string
  readonly crossOrigin?: boolean
  readonly topOrigin?: string
  /** User present, user verified, may be copied, is copied. */
  readonly flags?: { readonly up?: boolean; readonly uv?: boolean; readonly be?: boolean; readonly bs?: boolean }
  readonly counter?: number
  readonly userHandle?: string | null
  /** Another key signs. */
  readonly foreignKey?: boolean
  readonly id?: string
  readonly rawId?: string
  readonly credentialType?: string
  readonly algorithm?: number
}

export interface SoftPasskey {
  readonly id: string
  create(options: { readonly challenge: string; readonly user: { readonly id: string } }, bent?: Bent): object
  get(options: { readonly challenge: string }, bent?: Bent): object
}

/**
 * A passkey in software, by the letter of WebAuthn Level 3 (6.1, 6.5): it signs whatever it is told to, so that a test can see each
 * check refuse. Real authenticators are in the browser tests.
 */
export function softPasskey(rp: { readonly origin: string; readonly id: string }, idLength = 16): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const credential = randomBytes(idLength)
  const id = credential.toString('base64url')
  let counter = 0
  let handle: string | null = null

  const clientData = (type: string, challenge: string, bent: Bent): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: bent.type ?? type,
        challenge: bent.challenge ?? challenge,
        origin: bent.origin ?? rp.origin,
        crossOrigin: bent.crossOrigin ?? false,
        ...(bent.topOrigin === undefined ? {} : { topOrigin: bent.topOrigin }),
      }),
    )

  function authData(bent: Bent, attested: Buffer | null): Buffer {
    const { up = true, uv = true, be = true, bs = false } = bent.flags ?? {}
    const bits = Number(up) + 4 * Number(uv) + 8 * Number(be) + 16 * Number(bs) + (attested === null ? 0 : 64)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(bent.counter ?? counter)
    const head = [sha256(Buffer.from(bent.rpId ?? rp.id)), Buffer.from([bits]), count]
    return Buffer.concat([...head, ...(attested === null ? [] : [attested])])
  }

  const outer = (bent: Bent, response: object): object => ({
    id: bent.id ?? id,
    rawId: bent.rawId ?? bent.id ?? id,
    type: bent.credentialType ?? 'public-key',
    clientExtensionResults: {},
    response,
  })

  return {
    id,
    create(options, bent = {}) {
      handle = options.user.id
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credential.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, credential, coseKey(publicKey, bent.algorithm ?? -7)])
      return outer(bent, {
        clientDataJSON: clientData('webauthn.create', options.challenge, bent).toString('base64url'),
        attestationObject: attestationObject(authData(bent, attested)).toString('base64url'),
        transports: ['internal'],
      })
    },
    get(options, bent = {}) {
      counter += 1
      const said = clientData('webauthn.get', options.challenge, bent)
      const data = authData(bent, null)
      const signed = Buffer.concat([data, sha256(said)])
      const given = bent.userHandle === undefined ? handle : bent.userHandle
      return outer(bent, {
        clientDataJSON: said.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, bent.foreignKey ? stranger : privateKey).toString('base64url'),
        ...(given === null ? {} : { userHandle: given }),
      })
    },
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** RFC 9053 7.1.1: { 1: 2, 3: algorithm, -1: 1, -2: x, -3: y }. */
function coseKey(key: KeyObject, algorithm: number): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
  const alg = Buffer.from([0x20 + (-1 - algorithm)])
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03]),
    alg,
    Buffer.from([0x20, 0x01, 0x21, 0x58, 0x20]),
    bytes(x),
    Buffer.from([0x22, 0x58, 0x20]),
    bytes(y),
  ])
}

/** { fmt: 'none', attStmt: {}, authData } in CBOR. */
function attestationObject(data: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(data.length)
  const text = (word: string): Buffer => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)])
  return Buffer.concat([
    Buffer.from([0xa3]),
    text('fmt'),
    text('none'),
    text('attStmt'),
    Buffer.from([0xa0]),
    text('authData'),
    Buffer.from([0x59]),
    length,
    data,
  ])
}
