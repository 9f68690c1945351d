import type { ChallengeId, DeliveryId, EnrolmentId, SiteId, UserId } from './id.ts'
import type { Channel } from './method.ts'
import type { Instant } from './time.ts'

/** What is to be brought. Texts and codes are made when it is sent: an outbox holds no code. */
export type DeliveryContent =
  | { readonly kind: 'code'; readonly challenge: ChallengeId; readonly counter: number; readonly digits: 6 | 7 | 8 }
  /** Proves a new address of the user, and is worth nothing at a sign-in. */
  | { readonly kind: 'address_code'; readonly sealedCode: string }
  | { readonly kind: 'enrolment_link'; readonly enrolment: EnrolmentId; readonly sealedToken: string }
  /** `byAdministrator`: its owner has not asked for it. */
  | { readonly kind: 'reset_link'; readonly sealedToken: string; readonly byAdministrator?: true }
  /** Takes a request to begin anew back. */
  | { readonly kind: 'cancel_link'; readonly sealedToken: string }
  | {
      readonly kind: 'notice'
      readonly notice: Notice
      readonly about?: NoticeAbout
      /** The sealed configuration that brings it, where that is no longer the one in force; gone once it has been used. */
      readonly over?: { readonly owner: SiteId | 'server'; readonly sealed: string }
    }

/** What a user is told afterwards, on a channel of their own. */
export type Notice =
  | 'factor_locked'
  | 'factor_disabled'
  /** To administrators: of somebody else. */
  | 'user_factor_disabled'
  | 'authenticator_added'
  | 'authenticators_reset'
  | 'contact_changed'
  | 'contact_waiting'
  | 'emergency_code'
  | 'helpdesk_code'
  | 'helpdesk_unlocked'
  | 'helpdesk_resent'
  | 'bypass_ending'
  | 'channel_changed'
  | 'channel_removal'
  | 'fail_mode_changed'
  | 'passkey_added'
  | 'authenticator_removed'
  | 'recovery_codes_made'
  | 'recovery_code_used'
  | 'recovery_codes_few'
  | 'password_changed'
  | 'codes_flooded'
  | 'device_token_reused'
  | 'recovery_requested'
  | 'recovery_approved'

/** Whom else a notice is about, and until when. */
export interface NoticeAbout {
  readonly name: string
  readonly until: Instant
}

/**
 * What keeps a message from going out. `passing`: it may work in a moment (no connection, a time-out, greylisting). `lasting`: it
 * will not before somebody mends the channel. `recipient`: this address or number does not take messages; others do. `moot`: it was of
 * no use any more, and nobody was asked.
 */
export type Trouble = 'passing' | 'lasting' | 'recipient' | 'moot'

export const DELIVERY_STATES = ['queued', 'retrying', 'accepted', 'delivered', 'failed'] as const

/** What became of a message. Accepted is not delivered: that only a receipt says, and it may also say that it failed. */
export type DeliveryState =
  | { readonly kind: 'queued' }
  /** It could not be handed over `attempts` times; `claimedUntil` is when it is tried again. */
  | { readonly kind: 'retrying'; readonly at: Instant; readonly why: string; readonly attempts: number }
  /** `after`: why it was not the first gateway that took it. */
  | { readonly kind: 'accepted'; readonly at: Instant; readonly reference: string | null; readonly after?: string }
  | { readonly kind: 'delivered'; readonly at: Instant; readonly reference: string | null }
  /** Messages of earlier versions do not say what trouble it was. */
  | { readonly kind: 'failed'; readonly at: Instant; readonly why: string; readonly trouble?: Trouble }

/** Whether it is still to be handed over. */
export function isWaiting({ state }: Pick<Delivery, 'state'>): boolean {
  return state.kind === 'queued' || state.kind === 'retrying'
}

export interface Delivery {
  readonly id: DeliveryId
  readonly site: SiteId
  readonly user: UserId
  readonly challenge: ChallengeId | null
  readonly channel: Channel
  readonly recipient: string
  readonly content: DeliveryContent
  readonly state: DeliveryState
  readonly createdAt: Instant
  /** Nothing is sent after it: a code that would arrive dead is not sent. */
  readonly expiresAt: Instant
  /** Who works on it owns it until then; a crash hands it to the next one. */
  readonly claimedUntil: Instant
  readonly version: number
}

/** `k•••@acme.test`: enough to recognise, too little to learn. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@')
  if (at < 1) return '•••'
  return `${[...address][0]}•••${address.slice(at)}`
}

/** `•••• 567`: the last three digits. */
export function maskPhone(phone: string): string {
  return `•••• ${phone.slice(-3)}`
}

export function maskRecipient(channel: Channel, recipient: string): string {
  return channel === 'email' ? maskEmail(recipient) : maskPhone(recipient)
}
