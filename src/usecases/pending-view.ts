import type { Asked, Challenge } from '#challenge/challenge.ts'
import { offeredChannels, offeredMethods, type OfferTerms, resendAt } from '#challenge/offers.ts'
import { referenceOf } from '#challenge/reference.ts'
import { type Delivery, maskRecipient } from '#domain/delivery.ts'
import { type Channel, isChannel, type Method } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import type { ContactPerson, Settings } from '#policy/settings.ts'
import { allowedMethods } from '#policy/methods.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { enrolmentEnd } from './new-enrolment.ts'
import { usualFacts } from './address-warnings.ts'
import { sendLimit } from './send-limit.ts'

/** What the view of a pending login rests on. */
export type PendingFile = Omit<ChallengeFile, 'issuedCode'>

/** What became of the newest message, so that the page can say it truthfully. */
export type SendingView =
  | {
      readonly state: 'accepted' | 'on_its_way'
      readonly channel: Channel
      readonly to: string
      readonly insteadOf: Channel | null
    }
  /** `again`: it is tried again by itself while the code lives. */
  | { readonly state: 'failed'; readonly channel: Channel; readonly to: string; readonly again?: true }
  /** The caps on messages did not allow one. `until`: they do again then, at the latest; null: waiting does not help. */
  | { readonly state: 'not_sent'; readonly until: Instant | null }

export interface ChallengeView {
  readonly kind: 'challenge'
  readonly method: Method
  readonly methods: readonly Method[]
  readonly sending: SendingView | null
  /** Channels a message can be asked for, and from when on; 0: at once. */
  readonly channels: readonly { readonly channel: Channel; readonly to: string; readonly resendAt: Instant }[]
  /** Between two messages, at least. */
  readonly resendCooldownSeconds: number
  readonly codeExpiresAt: Instant | null
  readonly digits: number
  readonly failed: number
  readonly attemptsLeft: number
  /** Whom to turn to; empty until it is time to show them. */
  readonly contacts: readonly ContactPerson[]
  /** By which they find this very sign-in; null until then. */
  readonly reference: string | null
  /** Hours this browser would be remembered; 0: it cannot be. */
  readonly rememberHours: number
  /** This user may set up what is better than SMS, which is restricted (NIST SP 800-63B-4 3.2.9). */
  readonly betterThanSms: boolean
}

export interface EnrolmentView {
  readonly kind: 'enrolment'
  readonly channel: 'screen' | 'email_link' | 'both'
  readonly sending: SendingView | null
  /** null: there is no live enrolment; a new one has to be asked for. */
  readonly expiresAt: Instant | null
}

export function offerTerms(settings: Settings): OfferTerms {
  return {
    primary: settings['delivery.primary'],
    backupOfferAfter: settings['delivery.backup_offer_after'],
    otherMethodWhenSendFails: settings['delivery.when_send_fails'] === 'other_method',
    emailSole: settings['delivery.email_sole'],
  }
}

/** What the holder of a pending login may see of it. */
export function viewPending(
  file: PendingFile,
  rememberHours: number,
  now: Instant,
): ChallengeView | EnrolmentView | null {
  const { state } = file.challenge
  if (state.kind === 'enrolling') {
    const expiresAt = file.enrolment ? enrolmentEnd(file, file.enrolment) : 0
    return {
      kind: 'enrolment',
      channel: state.channel,
      sending: sendingOf(file),
      expiresAt: now < expiresAt ? expiresAt : null,
    }
  }
  return state.kind === 'asked' ? viewAsked(file, state, rememberHours, now) : null
}

function viewAsked(file: PendingFile, state: Asked, rememberHours: number, now: Instant): ChallengeView {
  const { settings, counters, user } = file
  const terms = offerTerms(settings)
  const sending = sendingOf(file) ?? (isChannel(state.method) ? notSent(file, state.method, now) : null)
  const stuck = sending?.state === 'failed' || sending?.state === 'not_sent'
  const cooldown = settings['delivery.resend_cooldown_seconds']
  return {
    kind: 'challenge',
    method: state.method,
    methods: offeredMethods(state, terms),
    sending,
    channels: offeredChannels(state, terms).map((channel) => ({
      channel,
      to: maskRecipient(channel, (channel === 'email' ? user.email : user.phone) ?? ''),
      resendAt: resendAt(state, channel, cooldown),
    })),
    resendCooldownSeconds: cooldown,
    codeExpiresAt: state.sent?.expiresAt ?? null,
    digits:
      state.method === 'app' ? (file.apps[0]?.parameters.digits ?? 6) : (state.sent?.digits ?? settings['code.digits']),
    failed: counters.consecutive,
    attemptsLeft: settings['code.max_attempts'] - state.failed,
    contacts: stuck || counters.consecutive >= settings['contact.show_after'] ? settings['contact.persons'] : [],
    reference: counters.consecutive >= settings['contact.show_after'] ? referenceOf(file.challenge.id) : null,
    rememberHours,
    betterThanSms: allowedMethods(usualFacts(file, now)).some((each) => each === 'app' || each === 'passkey'),
  }
}

/** Without a cap that holds still, a code can be asked for at once. */
function notSent(file: PendingFile, channel: Channel, now: Instant): SendingView {
  const limit = sendLimit(file, channel, now)
  return { state: 'not_sent', until: limit ? limit.until : now }
}

function sendingOf(file: PendingFile): SendingView | null {
  const [newest, before] = file.deliveries
  if (!newest) return null
  const { channel } = newest
  const to = maskRecipient(channel, newest.recipient)
  if (newest.state.kind === 'failed') return { state: 'failed', channel, to }
  if (newest.state.kind === 'retrying') return { state: 'failed', channel, to, again: true }
  const insteadOf = fellBack(newest, before, file.challenge) ? (before?.channel ?? null) : null
  return { state: newest.state.kind === 'queued' ? 'on_its_way' : 'accepted', channel, to, insteadOf }
}

/** Whether the newest message went out because the one before it could not. */
function fellBack(newest: Delivery, before: Delivery | undefined, challenge: Challenge): boolean {
  return (
    before?.state.kind === 'failed' &&
    before.channel !== newest.channel &&
    challenge.state.kind === 'asked' &&
    challenge.state.undeliverable.includes(before.channel)
  )
}
