import type { AuditEvent, Origin } from '#audit/event.ts'
import type { Challenge } from '#challenge/challenge.ts'
import type { ApiKey } from '#domain/api-key.ts'
import type { Application } from '#domain/application.ts'
import type { AppAuthenticator, Enrolment } from '#domain/authenticator.ts'
import type { CodeCounters, PasswordThrottle } from '#domain/counters.ts'
import type { Delivery } from '#domain/delivery.ts'
import type { Device } from '#domain/device.ts'
import type { ApiKeyId, AuthenticatorId, DeviceId, EnrolmentId, SessionId, SiteId, UserId } from '#domain/id.ts'
import type { IssuedCode } from '#domain/issued-code.ts'
import type { Channel } from '#domain/method.ts'
import type { Role } from '#domain/role.ts'
import type { Session } from '#domain/session.ts'
import type { Site } from '#domain/site.ts'
import type { Instant } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { SettingKey } from '#policy/settings.ts'
import type { AuditLogChange } from './audit-log.ts'
import type { AuditStreamChange } from './audit-streams.ts'
import type { ChannelChange } from './channel-changes.ts'
import type { DeviceTokenChange } from './device-tokens.ts'
import type { ExternalIdentityChange } from './external-identities.ts'
import type { IdentityProviderChange } from './identity-providers.ts'
import type { OpenIdChange } from './openid.ts'
import type { KeptRequestChange } from './kept-requests.ts'
import type { PasswordResetChange } from './password-resets.ts'
import type { RecoveryRequestChange } from './recovery-requests.ts'
import type { FactorChange } from './factor-changes.ts'
import type { RepairChange } from './repair-changes.ts'
import type { RestoredChange } from './restored-changes.ts'
import type { SendCapChange } from './send-caps.ts'
import type { ChannelRemovalChange } from './channel-removals.ts'
import type { WaitingAddressChange } from './waiting-addresses.ts'
import type { WordingChange } from './wordings.ts'

/**
 * Everything that can be done to the store. Each change is one statement that must touch exactly one row: an `add-…` inserts
 * (nothing when it is there already), a change of a versioned row names the version it was read at as `from` and writes
 * `from + 1`. If one of a commit touches no row, none of them happens.
 */
export type Change =
  | AuditLogChange
  | AuditStreamChange
  | ChannelChange
  | IdentityProviderChange
  | OpenIdChange
  | FactorChange
  | ExternalIdentityChange
  | RestoredChange
  | RepairChange
  | PasswordResetChange
  | DeviceTokenChange
  | WordingChange
  | WaitingAddressChange
  | ChannelRemovalChange
  | RecoveryRequestChange
  | SendCapChange
  | KeptRequestChange
  // Challenges and what they count
  | { readonly kind: 'add-challenge'; readonly challenge: Challenge }
  | { readonly kind: 'move-challenge'; readonly challenge: Challenge; readonly from: number }
  | { readonly kind: 'set-counters'; readonly counters: CodeCounters; readonly from: number }
  /** `from: null`: there was none. */
  | {
      readonly kind: 'count-password'
      readonly site: SiteId
      readonly throttle: PasswordThrottle
      readonly from: number | null
    }
  // Authenticators
  /** Holds only while `step` is greater than the last one accepted: a code is good once (RFC 6238 5.2). */
  | {
      readonly kind: 'spend-step'
      readonly authenticator: AuthenticatorId
      readonly step: number
      readonly at: Instant
    }
  | { readonly kind: 'add-authenticator'; readonly authenticator: AppAuthenticator }
  | { readonly kind: 'remove-authenticator'; readonly authenticator: AuthenticatorId }
  /** A user has one enrolment at a time: there must be none. */
  | { readonly kind: 'add-enrolment'; readonly enrolment: Enrolment }
  | { readonly kind: 'move-enrolment'; readonly enrolment: Enrolment; readonly from: number }
  | { readonly kind: 'end-enrolment'; readonly enrolment: EnrolmentId; readonly from: number }
  /** Takes the place of one that was given before. */
  | { readonly kind: 'issue-code'; readonly code: IssuedCode }
  /** Holds while this very code is there: it is good once. */
  | { readonly kind: 'spend-issued-code'; readonly user: UserId; readonly digest: string }
  // Sessions and devices
  /** The user must still be active and at this session epoch: who was disabled or reset meanwhile gets no session. */
  | {
      readonly kind: 'sign-in-user'
      readonly user: UserId
      readonly sessionEpoch: number
      readonly at: Instant
      readonly requiredSince: Instant | null
    }
  | { readonly kind: 'add-session'; readonly session: Session }
  /** Proved anew: other evidence under another token. Holds while the session is open and `from` is its token. */
  | { readonly kind: 'renew-session'; readonly session: Session; readonly from: string }
  | { readonly kind: 'end-session'; readonly session: SessionId; readonly at: Instant }
  | { readonly kind: 'end-user-sessions'; readonly user: UserId; readonly fromEpoch: number }
  | { readonly kind: 'end-site-sessions'; readonly site: SiteId; readonly fromEpoch: number }
  | { readonly kind: 'add-device'; readonly device: Device }
  | {
      readonly kind: 'use-device'
      readonly device: DeviceId
      readonly address: string | null
      readonly at: Instant
    }
  | { readonly kind: 'forget-device'; readonly device: DeviceId; readonly at: Instant }
  | { readonly kind: 'forget-user-devices'; readonly user: UserId; readonly fromEpoch: number }
  | { readonly kind: 'forget-site-devices'; readonly site: SiteId; readonly fromEpoch: number }
  // Messages
  | { readonly kind: 'add-delivery'; readonly delivery: Delivery }
  | { readonly kind: 'move-delivery'; readonly delivery: Delivery; readonly from: number }
  | { readonly kind: 'set-channel'; readonly site: SiteId; readonly channel: Channel; readonly config: ChannelRow }
  // Administration
  | { readonly kind: 'add-site'; readonly site: Site; readonly at: Instant }
  | { readonly kind: 'remove-site'; readonly site: SiteId }
  /** Values of settings by key; null takes the stored value away. Holds at `from`, the version of the settings. */
  | {
      readonly kind: 'set-settings'
      readonly site: SiteId
      readonly from: number
      readonly values: Readonly<Partial<Record<SettingKey, unknown>>>
      readonly by: string
      readonly at: Instant
    }
  /** Brings the user's counters with it, so that there always are some. */
  | {
      readonly kind: 'add-user'
      readonly user: User
      readonly passwordHash: string | null
      readonly counters: CodeCounters
    }
  | { readonly kind: 'change-user'; readonly user: User; readonly from: number }
  | { readonly kind: 'remove-user'; readonly user: UserId; readonly from: number }
  /** Holds once for each end of an exemption, while it is the end. */
  | { readonly kind: 'remind-of-bypass'; readonly user: UserId; readonly expiresAt: Instant }
  /** Holds only while somebody else than `besides` can sign in as an administrator: the last one stays. */
  | { readonly kind: 'keep-administrator'; readonly site: SiteId; readonly besides: UserId }
  | { readonly kind: 'set-password'; readonly user: UserId; readonly passwordHash: string }
  | {
      readonly kind: 'set-user-application'
      readonly user: UserId
      readonly application: string
      readonly twoFactor: boolean
    }
  | { readonly kind: 'add-role'; readonly role: Role }
  | { readonly kind: 'change-role'; readonly role: Role; readonly from: number }
  | { readonly kind: 'remove-role'; readonly site: SiteId; readonly name: string; readonly from: number }
  | { readonly kind: 'add-application'; readonly application: Application }
  | { readonly kind: 'change-application'; readonly application: Application; readonly from: number }
  | { readonly kind: 'remove-application'; readonly site: SiteId; readonly name: string; readonly from: number }
  | { readonly kind: 'add-api-key'; readonly key: ApiKey }
  | { readonly kind: 'revoke-api-key'; readonly key: ApiKeyId; readonly at: Instant }

/** `off`: an administrator switched the channel off; `config` is JSON text sealed to `channel:{site or server}:{channel}`. */
export type ChannelRow = { readonly kind: 'config'; readonly sealed: string } | { readonly kind: 'off' }

export type NonEmpty<T> = readonly [T, ...T[]]

/** What a use case wants done, with the account of it. Events without a change are allowed, changes without an event are not. */
export interface Writes {
  readonly site: SiteId
  readonly at: Instant
  readonly origin: Origin
  readonly changes: readonly Change[]
  readonly events: NonEmpty<AuditEvent>
}
