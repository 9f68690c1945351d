import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'

/** The kind of key in a note's signature and in a verifier key: Ed25519 (C2SP signed-note, "Signature types"). */
const ED25519 = 0x01
/** What stands before the 32 bytes of a seed in the private key's DER form (RFC 8410 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SEED_BYTES = 32

/** Who a signature is by: a name without white space or plus sign, and the 32 bytes of an Ed25519 public key (RFC 8032). */
export interface Verifier {
  readonly name: string
  readonly publicKey: Uint8Array
}

/** The verifier of a signing seed of 32 random bytes. RangeError for another length. */
export function verifierOf(name: string, seed: Uint8Array): Verifier {
  const { x } = createPublicKey(privateKey(seed)).export({ format: 'jwk' })
  return { name, publicKey: Buffer.from(x as string, 'base64url') }
}

/** `name+hash+key`, the one line in which a verifier is told to others (C2SP signed-note, "Verifier keys"). */
export function verifierLine({ name, publicKey }: Verifier): string {
  const typed = Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64')
  return `${name}+${keyHash({ name, publicKey }).toString('hex')}+${typed}`
}

/** Undefined for a line that is no verifier of an Ed25519 key, or whose hash does not fit. */
export function parseVerifier(line: string): Verifier | undefined {
  const [, name, hash, typed] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(line.trim()) ?? []
  if (name === undefined || typed === undefined) return undefined
  const bytes = Buffer.from(typed, 'base64')
  if (bytes.length !== 33 || bytes[0] !== ED25519) return undefined
  const verifier = { name, publicKey: new Uint8Array(bytes.subarray(1)) }
  return keyHash(verifier).toString('hex') === hash ? verifier : undefined
}

/** A text that ends with a line feed, signed: the text, an empty line, and a line for the signature. */
export function signNote(text: string, name: string, seed: Uint8Array): string {
  const signature = sign(null, Buffer.from(text), privateKey(seed))
  const signed = Buffer.concat([keyHash(verifierOf(name, seed)), signature]).toString('base64')
  return `${text}\n— ${name} ${signed}\n`
}

/**
 * The text of a note that one of the verifiers has signed. `unsigned`: it is no note, or none of these signed it. Signatures by others
 * are passed over; a wrong one under the name and hash of one of these makes the note unsigned, whatever else is there.
 */
export function openNote(note: string, trusted: readonly Verifier[]): { text: string; by: Verifier } | 'unsigned' {
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return 'unsigned'
  const text = note.slice(0, end + 1)
  let by: Verifier | undefined
  for (const line of note.slice(end + 2).split('\n')) {
    const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    if (name === undefined || encoded === undefined) continue
    const bytes = Buffer.from(encoded, 'base64')
    const signer = trusted.find((each) => each.name === name && keyHash(each).equals(bytes.subarray(0, 4)))
    if (signer === undefined) continue
    if (!verify(null, Buffer.from(text), publicKeyObject(signer), bytes.subarray(4))) return 'unsigned'
    by ??= signer
  }
  return by === undefined ? 'unsigned' : { text, by }
}

/** The first four bytes of SHA-256 over name, line feed, kind and key: which key a signature claims to be by. */
function keyHash({ name, publicKey }: Verifier): Buffer {
  return createHash('sha256').update(`${name}\n`).update(Buffer.of(ED25519)).update(publicKey).digest().subarray(0, 4)
}

function privateKey(seed: Uint8Array): ReturnType<typeof createPrivateKey> {
  if (seed.length !== SEED_BYTES) throw new RangeError(`a signing seed has ${SEED_BYTES} bytes, not ${seed.length}`)
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

function publicKeyObject({ publicKey }: Verifier): ReturnType<typeof createPublicKey> {
  const x = Buffer.from(publicKey).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}
