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

/** `prefix_` and the bytes in base64url: 16 random bytes give an id of 128 bits. */
export function newId<P extends Prefix>(prefix: P, bytes: Uint8Array): `${P}_${string}` {
  return `${prefix}_${Buffer.from(bytes).toString('base64url')}`
}

/** An opaque bearer token of 256 bits. Only its digest is ever stored. */
export function newToken(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
