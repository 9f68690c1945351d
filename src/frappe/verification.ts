import type { ChallengeView, EnrolmentView, SendingView } from '#usecases/pending-view.ts'

/** What a client of Frappe shows beside its field for the code. */
export interface Verification {
  readonly method: 'OTP App' | 'SMS' | 'Email'
  /** Whether the app is set up, so that a code of it can be typed. */
  readonly setup: boolean
  /** Whether a message was handed over; only where one was to go. */
  readonly token_delivery?: boolean
  readonly prompt?: string
}

/** `loginPage`: where an app is set up on the screen, which a client of Frappe has no place for. */
export function verificationOf(view: ChallengeView | EnrolmentView, loginPage: string): Verification {
  return view.kind === 'challenge' ? ofChallenge(view) : ofEnrolment(view, loginPage)
}

function ofChallenge({ method, sending }: ChallengeView): Verification {
  if (method !== 'email' && method !== 'sms') return { method: 'OTP App', setup: true }
  const to = sending && 'to' in sending ? sending.to : null
  // The message may have gone over the other channel: the client is told where to look.
  const channel = sending && 'channel' in sending ? sending.channel : method
  const went = isUnderWay(sending)
  const words = channel === 'sms' ? 'an SMS' : 'an email'
  return {
    method: channel === 'sms' ? 'SMS' : 'Email',
    setup: true,
    token_delivery: went,
    prompt:
      went && to !== null
        ? `Enter the code from ${words} to ${to}.`
        : `The code could not be sent by ${words}. Sign in again in a moment, or ask your administrator.`,
  }
}

function ofEnrolment({ channel, sending }: EnrolmentView, loginPage: string): Verification {
  if (channel === 'screen') {
    const prompt = `Set up an authenticator app at ${loginPage} first, then sign in here again.`
    return { method: 'OTP App', setup: false, token_delivery: false, prompt }
  }
  const went = isUnderWay(sending)
  return {
    method: 'Email',
    setup: false,
    token_delivery: went,
    prompt: went
      ? 'An email with a link was sent to you. Set up your authenticator app there, and leave this window open: its first code is typed here.'
      : `The email could not be sent. Set up an authenticator app at ${loginPage}.`,
  }
}

function isUnderWay(sending: SendingView | null): boolean {
  return sending?.state === 'accepted' || sending?.state === 'on_its_way'
}
