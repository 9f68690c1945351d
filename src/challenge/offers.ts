import { CHANNELS, type Channel, isChannel, type Method } from '#domain/method.ts'
import { type Instant, seconds } from '#domain/time.ts'
import type { Asked } from './challenge.ts'

/** What of the site's settings decides over the ways that are open in a challenge. */
export interface OfferTerms {
  readonly primary: Channel
  readonly backupOfferAfter: number | 'never'
  readonly otherMethodWhenSendFails: boolean
  /** No SMS any more, whatever a challenge was opened with. */
  readonly emailSole?: boolean
}

/**
 * The channels a code can be asked for now. The first channel always; the other one after so many failed codes, when the first one
 * turned out not to work, and after asking for a new code, even where failed codes never open it: else somebody whose SMS never
 * comes could never reach the email.
 */
export function offeredChannels(state: Asked, terms: OfferTerms): readonly Channel[] {
  const closed = terms.emailSole ? 'sms' : undefined
  const usable = CHANNELS.filter((channel) => state.methods.includes(channel) && channel !== closed)
  const first = usable.includes(terms.primary) ? terms.primary : usable[0]
  const failedOften = terms.backupOfferAfter !== 'never' && state.failed >= terms.backupOfferAfter
  const opened = failedOften || state.askedAgain
  const broken = terms.otherMethodWhenSendFails && first !== undefined && state.undeliverable.includes(first)
  return usable.filter((channel) => channel === first || opened || broken || state.sent?.over.includes(channel))
}

/** Everything that can be answered with now: what needs no message, and the channels that are open. */
export function offeredMethods(state: Asked, terms: OfferTerms): readonly Method[] {
  const channels = offeredChannels(state, terms)
  return state.methods.filter((method) => !isChannel(method) || channels.includes(method))
}

/** From when on another message can be asked for over this channel; 0: at once. */
export function resendAt(state: Asked, channel: Channel, cooldownSeconds: number): Instant {
  const last = state.sent?.sentAt[channel]
  return last === undefined ? 0 : last + seconds(cooldownSeconds)
}
