import type { Device } from '#domain/device.ts'
import type { DeviceId, SiteId, UserId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'

/** What can be done to the tokens of remembered browsers. Joins `Change`. */
export type DeviceTokenChange =
  /** Another token, and a use of the browser. Holds while `from` is its token and it has not been forgotten. */
  | {
      readonly kind: 'rotate-device'
      readonly device: DeviceId
      readonly from: string
      readonly to: string
      readonly address: string | null
      readonly at: Instant
    }
  /** Keeps the digest of a token that was replaced, once. */
  | {
      readonly kind: 'retire-device-token'
      readonly site: SiteId
      readonly device: DeviceId
      readonly tokenDigest: string
      readonly at: Instant
    }

/** A remembered browser that still counts, found by a token that is no longer its own. */
export interface RetiredToken {
  readonly device: Device
  readonly retiredAt: Instant
}

/** Joins `Store`. */
export interface DeviceTokenStore {
  retiredToken(site: SiteId, user: UserId, tokenDigest: string): Promise<RetiredToken | null>
}
