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
  /** Name of the list of languages. */
  readonly languages: string

  readonly signIn: SignInTexts
  readonly code: CodeTexts
  readonly enrol: EnrolTexts
  readonly reset: ResetTexts
  readonly lost: LostTexts
  readonly passkey: PasskeyTexts
  readonly account: AccountTexts
  readonly contacts: {
    readonly title: string
    phone(number: Word): Html
    email(address: Word): Html
    reference(reference: Word): Html
  }
  readonly stepUp: { readonly title: string; readonly why: string; readonly submit: string }
  readonly external: {
    /** On the button that leads to an identity provider. */
    readonly signIn: (provider: string) => string
    readonly title: string
    readonly unknown: string
    readonly refused: string
    readonly locked: string
  }
  readonly signOut: {
    title(site: string): string
    readonly why: string
    readonly submit: string
    readonly stay: string
  }
  readonly failure: {
    readonly back: string
    readonly applicationTitle: string
    fromApplication(why: string): string
    /** What people meet on pages, by its code in the list of problems. */
    readonly problems: Readonly<
      Record<'not_found' | 'cross_origin' | 'busy' | 'unavailable' | 'internal', ProblemTexts>
    >
  }
}

export interface ProblemTexts {
  readonly title: string
  /** `request`: what the operator finds it under. */
  detail(request: string): string
}

export interface ResetTexts {
  readonly title: string
  readonly why: string
  readonly submit: string
  readonly sent: string
  /** The site sends no mail. */
  readonly noMail: string
  readonly newTitle: string
  readonly newWhy: string
  readonly over: string
  readonly again: string
  /** The only second factor is the mailbox that the link came to. */
  readonly mailboxOnly: string
  readonly done: string
}

/** For somebody who has the password and has lost everything else. */
export interface LostTexts {
  readonly link: string
  readonly title: string
  readonly why: string
  readonly note: string
  readonly noteLong: string
  readonly submit: string
  asked(at: Word): Html
  readonly approved: string
  waits(until: Word): Html
  readonly call: string
  readonly label: string
  readonly finish: string
  readonly refused: string
  readonly before: string
  /** Their codes come to an address, and an address is not lost by asking. */
  readonly nothing: string
  readonly back: string
  readonly done: string
  readonly cancelTitle: string
  readonly cancelWhy: string
  readonly cancelSubmit: string
  readonly cancelled: string
  readonly cancelOver: string
}

export interface SignInTexts {
  title(site: string): string
  forApplication(title: string): string
  readonly username: string
  readonly password: string
  readonly submit: string
  readonly forgotten: string
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
  readonly fromToken: string
  readonly fromPaper: string
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
  /** The phone's clock is off by `length`; `slow`: behind ours, else ahead of it. */
  clockOff(length: string, slow: boolean, now: Word): Html
  readonly notReceived: string
  readonly otherWays: string
  readonly appWay: string
  readonly recommended: string
  sendAgain(channel: Channel, to: Word): Html
  send(channel: Channel, to: Word): Html
  readonly sameCode: string
  /** What a code by SMS is worth, and what is better. */
  readonly smsRisk: string
  readonly betterThanSms: string
  cooldown(from: Word): Html
  readonly sendLimit: string
  readonly notOffered: string
}

export interface PasskeyTexts {
  readonly signIn: string
  readonly ask: string
  readonly use: string
  readonly orCode: string
  readonly refused: string
  readonly failed: string
  readonly known: string
  readonly unsupported: string
  readonly needsScript: string
  /** Why browsers offer no passkeys here. */
  readonly notHere: Readonly<Record<'insecure' | 'address', string>>
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
  readonly passkey: string
  readonly hardware: string
  readonly recovery: string
  readonly code: Readonly<Record<Channel, string>>
  external(provider: string): string
  /** A code that somebody was given instead of a method. */
  readonly issuedCode: Readonly<Record<'operator' | 'helpdesk', string>>
  /** What the policy let through without asking, by the rule that did; rules without a word here need none. */
  readonly rules: Readonly<Partial<Record<string, string>>>
  readonly degraded: string
  readonly own: OwnTexts
}

/** What a person does to their own account. */
export interface OwnTexts {
  readonly back: string
  readonly factors: string
  readonly noFactors: string
  readonly encourageSecond: string
  readonly kinds: Readonly<Record<'app' | 'passkey' | 'hardware', string>>
  used(at: Word): Html
  readonly neverUsed: string
  readonly name: string
  readonly rename: string
  readonly remove: string
  readonly removed: string
  readonly lastFactor: string
  readonly addApp: string
  readonly addPasskey: string
  readonly passkeyTitle: string
  readonly passkeyWhat: string
  readonly passkeyName: string
  readonly passkeyMake: string
  readonly passkeyAdded: string
  readonly passkeyRefused: string
  readonly passkeyKnown: string
  readonly passkeyNotAllowed: string
  readonly endOthers: string
  readonly recovery: string
  recoveryLeft(count: number): string
  readonly recoveryNone: string
  readonly recoveryFew: string
  readonly recoveryWhat: string
  readonly recoveryMake: string
  readonly recoveryShown: string
  readonly recoveryPrint: string
  readonly recoverySaved: string
  readonly recoveryKept: string
  readonly recoveryOver: string
  readonly recoveryForced: string
  readonly usedRecovery: string
  readonly devices: string
  readonly noDevices: string
  deviceSince(browser: string, at: Word): Html
  readonly forget: string
  readonly forgetAll: string
  readonly forgotten: string
  readonly sessions: string
  sessionSince(browser: string, address: string, at: Word): Html
  readonly thisSession: string
  readonly end: string
  readonly endAll: string
  readonly ended: string
  readonly password: string
  readonly passwordChange: string
  readonly current: string
  readonly wanted: string
  readonly passwordSave: string
  readonly passwordChanged: string
  readonly passwordWrong: string
  readonly passwordShort: string
  readonly passwordGuessed: string
  readonly passwordLong: string
  readonly proveTitle: string
  readonly proveWhy: string
  readonly prove: string
  readonly gone: string
  readonly named: string
  readonly address: string
  addressWhy(where: Html): Html
  readonly addressCode: string
  readonly addressProve: string
  readonly addressProved: string
  readonly addressWrong: string
}
