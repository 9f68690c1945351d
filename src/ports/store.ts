import type { AuditRow, EventName } from '#audit/event.ts'
import type { Challenge } from '#challenge/challenge.ts'
import type { ApiKey } from '#domain/api-key.ts'
import type { Application } from '#domain/application.ts'
import type { AppAuthenticator, Enrolment } from '#domain/authenticator.ts'
import type { CodeCounters, PasswordThrottle } from '#domain/counters.ts'
import type { Delivery } from '#domain/delivery.ts'
import type { Device } from '#domain/device.ts'
import type { DeliveryId, SiteId, UserId } from '#domain/id.ts'
import type { IssuedCode } from '#domain/issued-code.ts'
import type { Channel } from '#domain/method.ts'
import type { Role } from '#domain/role.ts'
import type { Session } from '#domain/session.ts'
import type { Site } from '#domain/site.ts'
import type { Instant } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Settings } from '#policy/settings.ts'
import type { AuditLogStore } from './audit-log.ts'
import type { AuditStreamStore } from './audit-streams.ts'
import type { OpenIdStore } from './openid.ts'
import type { KeptRequestStore } from './kept-requests.ts'
import type { PasswordResetStore } from './password-resets.ts'
import type { ChannelRemovalStore } from './channel-removals.ts'
import type { WaitingAddressStore } from './waiting-addresses.ts'
import type { WordingStore } from './wordings.ts'
import type { ChannelRow, Writes } from './changes.ts'
import type { DeliveryStore } from './delivery-store.ts'
import type { RecoveryRequestStore } from './recovery-requests.ts'
import type { DeviceTokenStore } from './device-tokens.ts'
import type { ExternalIdentityStore } from './external-identities.ts'
import type { IdentityProviderStore } from './identity-providers.ts'
import type { SmsSends } from './sms-sends.ts'
import type { SealedStore } from './sealed-values.ts'
import type { ViewsStore } from './views-store.ts'
import type { FactorStore, HeldFactors } from './factor-store.ts'

/** What every question about a site starts with. */
export interface SiteFile {
  readonly site: Site
  readonly settings: Settings
  /** The values as they are stored, by key, also those that cannot be read: what a change is compared with. */
  readonly stored: ReadonlyMap<string, unknown>
  /** Keys of stored settings that this version cannot read: `settings` is then the strictest reading. */
  readonly unreadable: readonly string[]
  /** Values of roles and applications that it cannot read, like `role Clerk: methods_allowed`: each is the strictest there is. */
  readonly unreadableRows: readonly string[]
  readonly applications: readonly Application[]
  readonly roles: readonly Role[]
  /** The row that holds for each channel: the site's own, else the server's; null: nobody ever set it up. */
  readonly channels: Readonly<Record<Channel, ChannelInForce | null>>
}

export interface ChannelInForce {
  readonly row: ChannelRow
  readonly owner: SiteId | 'server'
}

/** All that decides over one user's sign-in, read at one moment. */
export interface PersonFile extends SiteFile, HeldFactors {
  readonly user: User
  /** The switches of this user by application. */
  readonly userApplications: Readonly<Record<string, boolean>>
  readonly apps: readonly AppAuthenticator[]
  readonly counters: CodeCounters
  readonly enrolment: Enrolment | null
  /** The remembered device whose token was shown, or a session began with, if it is this user's and has not been forgotten. */
  readonly device: Device | null
  /** Messages of this user in the last hour. */
  readonly sendsThisHour: number
  /** Codes sent to this user in the last 24 hours whose sign-in nobody passed. */
  readonly unansweredToday: number
  /** What is told of floods of messages at this site already. */
  readonly alarms: ReadonlySet<string>
  /** Messages of the site in the last 24 hours; 0, uncounted, when the site sets no limit to them. */
  readonly siteSendsToday: number
  readonly sms: SmsSends
}

/** What a password is compared with, before anything is decided. */
export interface PasswordFile extends SiteFile {
  readonly user: User | null
  readonly passwordHash: string | null
  readonly throttles: readonly PasswordThrottle[]
}

export interface SignInFile extends Omit<PasswordFile, 'user'> {
  readonly person: PersonFile | null
}

export interface ChallengeFile extends PersonFile {
  readonly challenge: Challenge
  /** Messages of this challenge, newest first. */
  readonly deliveries: readonly Delivery[]
  /** The session that a step-up is about; null also when it is gone. */
  readonly session: Session | null
  /** The code that was given to this user, used or not in time. */
  readonly issuedCode: IssuedCode | null
}

/** An exemption that is about to end. */
export interface EndingBypass {
  readonly site: SiteId
  readonly user: Pick<User, 'id' | 'username' | 'displayName'>
  readonly setBy: string
  readonly expiresAt: Instant
}

export interface SessionFile extends PersonFile {
  readonly session: Session
}

export interface DeliveryFile extends PersonFile {
  readonly delivery: Delivery
  readonly challenge: Challenge | null
}

export interface AuditQuery {
  readonly actor?: string
  readonly subject?: string
  readonly ev?: string
  readonly from?: Instant
  readonly to?: Instant
  /** Rows older than this sequence number; the newest come first. */
  readonly before?: number
  /** Rows newer than this sequence number. */
  readonly after?: number
  readonly oldestFirst?: boolean
  readonly limit: number
}

/** Messages of one user over one channel in a span of time. Those still waiting are not among them. */
export interface DeliveryCount {
  readonly user: UserId
  readonly channel: Channel
  readonly accepted: number
  readonly failed: number
  /** To the address the user has now; null: nothing in this span. */
  readonly lastAcceptedAt: Instant | null
  readonly lastFailedAt: Instant | null
}

/** What decides whether an administrator of a site can still get in. */
export interface AdministratorRow extends Pick<User, 'id' | 'username' | 'kind' | 'status'> {
  readonly hasPassword: boolean
  /** A hundred failed codes: somebody else has to let this one in again. */
  readonly disabled: boolean
}

/** Where a page of a list that has the newest first ended: what was made earlier follows. */
export interface ListPlace {
  readonly at: Instant
  readonly id: string
}

/** Questions are answered from one moment; names of users are looked up by their canonical form. */
export interface Store
  extends AuditLogStore,
    AuditStreamStore,
    DeliveryStore,
    ViewsStore,
    OpenIdStore,
    FactorStore,
    ExternalIdentityStore,
    PasswordResetStore,
    DeviceTokenStore,
    WordingStore,
    WaitingAddressStore,
    ChannelRemovalStore,
    RecoveryRequestStore,
    KeptRequestStore,
    SealedStore,
    IdentityProviderStore {
  /**
   * All of it or none of it, durable when it answers. `conflict` means somebody was faster: read again, decide again. The events
   * join the site's hash chain in the same transaction.
   */
  commit(writes: Writes): Promise<'committed' | 'conflict'>

  sites(): Promise<readonly Site[]>
  site(name: string): Promise<Site | null>
  siteFile(name: string): Promise<SiteFile | null>
  passwordFile(site: SiteId, query: { username: string; buckets: readonly string[] }): Promise<PasswordFile>
  signInFile(
    site: SiteId,
    query: { username: string; deviceDigest: string | null; buckets: readonly string[]; now: Instant },
  ): Promise<SignInFile>
  personFile(site: SiteId, username: string, now: Instant): Promise<PersonFile | null>
  challengeFile(site: SiteId, tokenDigest: string, now: Instant): Promise<ChallengeFile | null>
  /** The newest sign-in of a user that still waits for a code. */
  waitingFile(site: SiteId, user: UserId, now: Instant): Promise<ChallengeFile | null>
  enrolmentFile(site: SiteId, linkDigest: string, now: Instant): Promise<PersonFile | null>
  /**
   * The same as `sessionFile` for the question that comes with every request. It may be kept at hand from an earlier one if nothing was
   * written since that this process could know of; `fresh` in the answer says that it was read now, in the question that it must be.
   */
  accessFile(
    site: SiteId,
    tokenDigest: string,
    now: Instant,
    asked: { readonly fresh: boolean },
  ): Promise<{ readonly file: SessionFile | null; readonly fresh: boolean }>
  /** Also of a session that is over: whether it still counts is decided above. */
  sessionFile(site: SiteId, tokenDigest: string, now: Instant): Promise<SessionFile | null>
  deliveryFile(id: DeliveryId, now: Instant): Promise<DeliveryFile | null>
  apiKeyFile(
    site: SiteId,
    secretDigest: string,
    now: Instant,
  ): Promise<{ key: ApiKey; person: PersonFile | null } | null>

  users(site: SiteId, query: { after: string | null; limit: number }): Promise<readonly User[]>
  /** A page of users by name, each with all that decides over a sign-in on a browser nothing is remembered of. */
  people(site: SiteId, query: { after: string | null; limit: number; now: Instant }): Promise<readonly PersonFile[]>
  /** The names of all users, in canonical form. */
  usernames(site: SiteId): Promise<ReadonlySet<string>>
  userApplications(site: SiteId): Promise<ReadonlyMap<UserId, Readonly<Record<string, boolean>>>>
  /** How many users have been given this role. */
  countHolders(site: SiteId, role: string): Promise<number>
  /** Live by epoch and end as stored, the newest first; of one user or of the whole site. */
  sessions(
    site: SiteId,
    query: { user: UserId | null; now: Instant; before: ListPlace | null; limit: number },
  ): Promise<readonly { readonly session: Session; readonly username: string }[]>
  /** Also one that is over. */
  userSession(site: SiteId, user: UserId, id: Session['id']): Promise<Session | null>
  /** Those that still count, the last one that passed a challenge first. */
  devices(site: SiteId, query: { user: UserId; before: ListPlace | null; limit: number }): Promise<readonly Device[]>
  userDevice(site: SiteId, user: UserId, id: Device['id']): Promise<Device | null>
  apiKeys(site: SiteId): Promise<readonly ApiKey[]>
  /** The names of the users that keys act for. */
  apiKeyOwners(site: SiteId): Promise<ReadonlyMap<UserId, string>>
  /**
   * Exemptions of active users, at any site, that end after `now` and not after `before`, and were given for longer than what lies
   * between these two; those that somebody was reminded of are left out.
   */
  endingBypasses(query: { now: Instant; before: Instant; limit: number }): Promise<readonly EndingBypass[]>
  /** Everybody who holds the role Administrator, whether they can sign in or not. */
  administrators(site: SiteId): Promise<readonly AdministratorRow[]>
  /** Live by epoch and end as stored; of one user or of the whole site. */
  countSessions(site: SiteId, user: UserId | null, now: Instant): Promise<number>
  countDevices(site: SiteId, user: UserId | null): Promise<number>
  /** Messages from one moment on and before another, by user and channel; users without any are left out. */
  deliveryCounts(site: SiteId, query: { from: Instant; to: Instant }): Promise<readonly DeliveryCount[]>
  /** When an event of this kind was last written down about each user; whoever it never happened to is left out. */
  lastEvents(site: SiteId, ev: EventName): Promise<ReadonlyMap<UserId, Instant>>
  audit(site: SiteId, query: AuditQuery): Promise<readonly AuditRow[]>
  /** The last entry that was ever written, as it was noted beside the chain; null: there is no chain. */
  auditHead(site: SiteId): Promise<{ readonly seq: number; readonly hash: string } | null>

  /** A session's last request; not audited, because a request is no act, and never more often than once a minute. */
  touchSession(id: Session['id'], at: Instant): Promise<void>
  /** The last request with a key, in the same way. */
  touchApiKey(id: ApiKey['id'], at: Instant): Promise<void>
  /** The channel that holds for every site without one of its own; set by the deployment, not by an administrator. */
  setServerChannel(channel: Channel, row: ChannelRow | null): Promise<void>
  /** Keeps a value of the whole installation under a name: the first one stays, and every call answers the one that stayed. */
  keep(name: string, value: string): Promise<string>
  /** Puts another value in the place of a kept one, if it is still that one. */
  replaceKept(name: string, from: string, to: string): Promise<boolean>
  /** The clock of the database, where it has one of its own: the clock of all who share it. null: the machine's is the only one. */
  time(): Promise<Instant | null>
  close(): Promise<void>
}
