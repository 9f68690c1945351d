import type { Channel } from '#domain/method.ts'
import type { Duration, Instant } from '#domain/time.ts'
import type { Html } from '../html.ts'

/** What is put into a sentence: plain text, which is escaped, or markup such as a `<time>`. */
export type Word = string | Html

/**
 * Every word of the pages in one language. A new language is one more file and its line in `catalogue.ts`. Sentences
 * are whole, because languages put their parts in different places.
 */
export interface Texts {
  /** BCP 47. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** `14:03:20 UTC`. Always with its zone: people read it in other zones than the server's. */
  clock(at: Instant): string
  /** `22 November 2026, 14:03 UTC`. */
  moment(at: Instant): string
  /** `5 minutes`: to the nearest minute, from two minutes on. */
  span(length: Duration): string
  /** `7 days`, `36 hours`. */
  hours(count: number): string
  /** Title of a page with a problem: screen readers say it first. */
  errorTitle(title: string): string
  pageTitle(title: string, site: string): string

  readonly signIn: SignInTexts
  readonly code: CodeTexts
  readonly enrol: EnrolTexts
  readonly account: AccountTexts
  readonly contacts: {
    readonly title: string
    phone(number: Word): Html
    email(address: Word): Html
    reference(reference: Word): Html
  }
  readonly stepUp: { readonly title: string; readonly why: string; readonly submit: string }
  readonly signOut: {
    title(site: string): string
    readonly why: string
    readonly submit: string
    readonly stay: string
  }
  readonly failure: { readonly back: string; readonly applicationTitle: string; fromApplication(why: string): string }
}

export interface SignInTexts {
  title(site: string): string
  forApplication(title: string): string
  readonly username: string
  readonly password: string
  readonly submit: string
  signedInAs(person: Word): Html
  readonly toAccount: string
  readonly wrong: string
  readonly incomplete: string
  throttled(until: Word): Html
  readonly busy: string
  readonly passwordAgain: string
  readonly useApiKey: string
  unknownApplication(name: string): string
  readonly denied: { readonly channelBlocked: string; readonly noMethod: string }
  readonly over: string
  readonly exhausted: string
  readonly signedOut: string
  readonly cancelled: string
}

export interface CodeTexts {
  readonly title: string
  signingInAs(person: Word): Html
  readonly cancel: string
  readonly label: string
  hint(digits: number): string
  readonly submit: string
  remember(length: string): string
  readonly fromApp: string
  readonly orFromApp: string
  sent(channel: Channel, to: Word): Html
  sentInstead(failed: Channel, channel: Channel, to: Word): Html
  onItsWay(channel: Channel, to: Word): Html
  readonly look: string
  validUntil(until: Word, left: string): Html
  readonly timeIsUp: string
  sendFailed(channel: Channel, to: Word): Html
  /** Follows on it. */
  readonly triedAgain: Word
  readonly notSent: string
  wrong(left: number): string
  expired(left: number): string
  malformed(digits: number): string
  locked(until: Word): Html
  readonly lockedForGood: string
  readonly appClock: (now: Word) => Html
  readonly notReceived: string
  readonly otherWays: string
  readonly appWay: string
  readonly recommended: string
  sendAgain(channel: Channel, to: Word): Html
  send(channel: Channel, to: Word): Html
  readonly sameCode: string
  cooldown(from: Word): Html
  readonly sendLimit: string
  readonly notOffered: string
}

export interface EnrolTexts {
  readonly title: string
  readonly why: string
  readonly getApp: string
  readonly apps: readonly string[]
  readonly anyApp: string
  readonly scan: string
  readonly picture: string
  readonly onThisPhone: string
  readonly cannotScan: string
  key(account: Word): Html
  readonly typeCode: string
  until(until: Word, left: string): Html
  readonly alsoMailed: (to: Word) => Html
  readonly over: string
  readonly ended: string
  readonly renew: string
  mailed(to: Word): Html
  mailOnItsWay(to: Word): Html
  mailFailed(to: Word): Html
  readonly mailNotSent: string
  readonly mailedCode: string
  linkUntil(until: Word, left: string): Html
  readonly linkOver: string
  readonly sendLink: string
  readonly noMail: string
  readonly linkTitle: string
  readonly linkNeedsPassword: string
  readonly linkOfAnother: string
  readonly linkOverTitle: string
  readonly linkOverSignIn: string
  readonly toSignIn: string
}

export interface AccountTexts {
  readonly title: string
  readonly name: string
  readonly application: string
  readonly proved: string
  readonly since: string
  readonly until: string
  readonly signOut: string
  readonly password: string
  readonly app: string
  readonly code: Readonly<Record<Channel, string>>
  external(provider: string): string
  /** A code that somebody was given instead of a method. */
  readonly issuedCode: Readonly<Record<'operator' | 'helpdesk', string>>
  /** What the policy let through without asking, by the rule that did; rules without a word here need none. */
  readonly rules: Readonly<Partial<Record<string, string>>>
  readonly degraded: string
}
