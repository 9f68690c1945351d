import type { Application } from '#domain/application.ts'
import type { Channel, Method } from '#domain/method.ts'
import type { Role } from '#domain/role.ts'
import type { Instant } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Settings } from './settings.ts'

/** The way somebody comes in. */
export type Via =
  | { readonly kind: 'form' }
  /** An API key, a service token, an OAuth client: no person, no password. */
  | { readonly kind: 'api_key' }
  /** A service account that shows a password to the API. */
  | { readonly kind: 'api_password' }
  /** An identity provider vouches for the user; `proved`: its assertion says that it asked for a second factor. */
  | { readonly kind: 'external'; readonly mode: 'skip' | 'trust_amr' | 'require'; readonly proved: boolean }

/** A stored fact: `unconfigured` means that nobody ever set the channel up, or an administrator switched it off. */
export type ChannelState = 'configured' | 'unconfigured'

/** An earlier proof that may still count: a remembered device, or the session that is being checked. */
export interface EarlierProof {
  readonly passedAt: Instant
  readonly method: Method
}

/** All that a decision rests on, read at one moment. */
export interface Facts {
  readonly now: Instant
  readonly via: Via
  readonly settings: Settings
  readonly user: Pick<
    User,
    'kind' | 'roles' | 'twoFactor' | 'bypass' | 'intervalHours' | 'hadAuthenticator' | 'requiredSince'
  >
  /** The roles this user holds, `All` included where it applies. */
  readonly roles: readonly Role[]
  readonly application: Pick<Application, 'name' | 'intervalHours'>
  /** The switch of this user for this application; null: none was set. */
  readonly userApplication: boolean | null
  readonly address: string | null
  readonly earlier: EarlierProof | null
  /** What the user has in hand: an enrolled app, an address or number on file, … */
  readonly holds: Readonly<Record<Method, boolean>>
  readonly channels: Readonly<Record<Channel, ChannelState>>
}
