import type { ChallengeId, DeliveryId, EnrolmentId, SiteId, UserId } from './id.ts'
import type { Channel } from './method.ts'
import type { Instant } from './time.ts'

/** What is to be brought. Texts and codes are made when it is sent: an outbox holds no code. */
export type DeliveryContent =
  | { readonly kind: 'code'; readonly challenge: ChallengeId; readonly counter: number; readonly digits: 6 | 7 | 8 }
  | { readonly kind: 'enrolment_link'; readonly enrolment: EnrolmentId; readonly sealedToken: string }
  | { readonly kind: 'notice'; readonly notice: Notice; readonly about?: NoticeAbout }

/** What a user is told afterwards, on a channel of their own. */
export type Notice =
  | 'factor_locked'
  | 'authenticator_added'
  | 'authenticators_reset'
  | 'contact_changed'
  | 'emergency_code'
  | 'helpdesk_code'
  | 'helpdesk_unlocked'
  | 'helpdesk_resent'
  | 'bypass_ending'

/** Whom else a notice is about, and until when. */
export interface NoticeAbout {
  readonly name: string
  readonly until: Instant
}

export type DeliveryState =
  | { readonly kind: 'queued' }
  | { readonly kind: 'accepted'; readonly at: Instant; readonly reference: string | null }
  | { readonly kind: 'failed'; readonly at: Instant; readonly why: string }

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
