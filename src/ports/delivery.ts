import type { Notice, NoticeAbout, Trouble } from '#domain/delivery.ts'
import type { DeliveryId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import type { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import type { SiteWording, Wording } from '#domain/wording.ts'

/** What a message says; the words are made where it is sent, in the language of who reads it. */
export type Letter =
  | { readonly kind: 'code'; readonly code: Secret; readonly expiresAt: Instant }
  | { readonly kind: 'enrolment_link'; readonly link: Secret; readonly expiresAt: Instant }
  | {
      readonly kind: 'reset_link'
      readonly link: Secret
      readonly expiresAt: Instant
      readonly byAdministrator: boolean
    }
  | { readonly kind: 'cancel_link'; readonly link: Secret; readonly expiresAt: Instant }
  | { readonly kind: 'notice'; readonly notice: Notice; readonly about?: NoticeAbout }

/** All that the words of a message are made of. */
export interface Written {
  readonly letter: Letter
  readonly language: string | null
  /** The site's own words; those for this letter in the language it goes out in are taken in place of ours. */
  readonly wordings: readonly SiteWording[]
  readonly displayName: string
  readonly siteTitle: string
  /** Host name of the site, without port: the last line of an SMS binds the code to it. */
  readonly host: string
  /** When, from where and with what the message was caused; null for messages nobody asked for. */
  readonly causedAt: Instant
  readonly address: string | null
  readonly userAgent: string | null
}

export interface Outgoing extends Written {
  /** Names the message to the gateway: sent twice, it is one message. */
  readonly id: DeliveryId
  readonly channel: Channel
  /** The channel's configuration as JSON text: secret, because passwords of servers are in it. */
  readonly config: Secret
  /** The deployment has set the channel up, and no administrator of a site: it may stand at a private address. */
  readonly trusted: boolean
  /** Where the gateway sends receipts; null: nowhere. */
  readonly receipts: string | null
  readonly to: string
}

export interface WordingProblem {
  readonly field: keyof Wording
  /** Continues a sentence that begins with the field. */
  readonly problem: string
}

export interface WordingTerms {
  readonly siteTitle: string
  /** Of the line that binds a code to us: it takes its room in each SMS. */
  readonly host: string
}

/** A message as it arrives. */
export interface MessagePreview {
  readonly email: { readonly subject: string; readonly text: string; readonly html: string }
  /** null: it goes by email only. `units`: septets of the seven-bit alphabet, or 16-bit units. */
  readonly sms: {
    readonly text: string
    readonly alphabet: 'gsm7' | 'ucs2'
    readonly units: number
    readonly parts: number
  } | null
}

export type SendResult =
  /** `after`: why the gateways before this one did not take it. */
  | { readonly kind: 'accepted'; readonly reference: string | null; readonly after?: string }
  /** `why` is the server's own words, shortened, without secrets. */
  | { readonly kind: 'failed'; readonly why: string; readonly trouble: Trouble }

/** What a gateway said later about a message that it had accepted. */
export interface Receipt {
  readonly delivery: DeliveryId
  readonly result:
    | { readonly kind: 'delivered' }
    | { readonly kind: 'failed'; readonly why: string; readonly trouble: Trouble }
}

export const SEND_STEPS = ['dns', 'tcp', 'tls', 'auth', 'accepted'] as const

/** One step on the way of a message, for whoever tests a channel. */
export interface SendStep {
  readonly step: (typeof SEND_STEPS)[number]
  readonly ok: boolean
  readonly milliseconds: number
  /** The server's own words or what was found, on one line, without secrets. */
  readonly says: string
}

/** A configuration as it may be shown: its secrets are named, and left out. */
export interface ShownConfig {
  readonly config: Readonly<Record<string, unknown>>
  /** Where in the configuration a secret is set: `password`, `gateways.0.auth_token`. */
  readonly secrets: readonly string[]
}

export interface CheckTerms {
  /** Set up by the deployment itself: private addresses are its own business. */
  readonly trusted: boolean
  /** The configuration before, as JSON text: secrets that are left out are kept from it where they still go to the same server. */
  readonly before?: Secret | null
}

/** What came to the address for receipts. */
export interface ReceiptCall {
  readonly query: URLSearchParams
  readonly contentType: string
  readonly body: string
}

/** Brings messages. It answers within a bounded time and never throws: what goes wrong outside is a result. */
export interface Courier {
  /** `note` is told of each step as it is done. */
  send(outgoing: Outgoing, note?: (step: SendStep) => void): Promise<SendResult>
  /** Whether a configuration can be used; a sentence says what is wrong with it. */
  check(
    channel: Channel,
    config: unknown,
    terms?: CheckTerms,
  ): { readonly ok: true; readonly config: string } | { readonly ok: false; readonly problem: string }
  /** What of a stored configuration may be shown; null: it cannot be read. */
  show(channel: Channel, config: Secret): ShownConfig | null
  /** Everything that is wrong with a site's own words. */
  checkWording(wording: Omit<SiteWording, 'site'>, terms: WordingTerms): readonly WordingProblem[]
  /** What would arrive; nothing is sent. */
  preview(written: Written): MessagePreview
  /** What a gateway tells of messages that it took before; nothing where it is none of its receipts. */
  readReceipts(channel: Channel, config: Secret, call: ReceiptCall): readonly Receipt[]
}
