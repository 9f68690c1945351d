/** Ids say what they are, to people and to the compiler: a session id is never taken for a user id. */
export type SiteId = `site_${string}`
export type UserId = `usr_${string}`
export type AuthenticatorId = `aut_${string}`
export type ChallengeId = `chl_${string}`
export type EnrolmentId = `enr_${string}`
export type SessionId = `ses_${string}`
export type DeviceId = `dev_${string}`
export type DeliveryId = `dlv_${string}`
export type ApiKeyId = `key_${string}`

type Prefix = 'site' | 'usr' | 'aut' | 'chl' | 'enr' | 'ses' | 'dev' | 'dlv' | 'key'

const ID_BYTES = 16

/** `prefix_` and 16 random bytes, 128 bits, in base64url. Throws RangeError for more or fewer. */
export function newId<P extends Prefix>(prefix: P, bytes: Uint8Array): `${P}_${string}` {
  if (bytes.length !== ID_BYTES) throw new RangeError(`an id is made of ${ID_BYTES} bytes, not of ${bytes.length}`)
  return `${prefix}_${Buffer.from(bytes).toString('base64url')}`
}

/** An opaque bearer token of 256 bits. Only its digest is ever stored. */
export function newToken(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
