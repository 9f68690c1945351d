import type { Notice, NoticeAbout } from '#domain/delivery.ts'
import type { DeliveryId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import type { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'

/** What a message says; the words are made where it is sent, in the language of who reads it. */
export type Letter =
  | { readonly kind: 'code'; readonly code: Secret; readonly expiresAt: Instant }
  | { readonly kind: 'enrolment_link'; readonly link: Secret; readonly expiresAt: Instant }
  | { readonly kind: 'notice'; readonly notice: Notice; readonly about?: NoticeAbout }

export interface Outgoing {
  /** Names the message to the gateway: sent twice, it is one message. */
  readonly id: DeliveryId
  readonly channel: Channel
  /** The channel's configuration as JSON text: secret, because passwords of servers are in it. */
  readonly config: Secret
  readonly to: string
  readonly letter: Letter
  readonly language: string | null
  readonly displayName: string
  readonly siteTitle: string
  /** Host name of the site, without port: the last line of an SMS binds the code to it. */
  readonly host: string
  /** When, from where and with what the message was caused; null for messages nobody asked for. */
  readonly causedAt: Instant
  readonly address: string | null
  readonly userAgent: string | null
}

export type SendResult =
  | { readonly kind: 'accepted'; readonly reference: string | null }
  /** `why` is the server's own words, shortened, without secrets. */
  | { readonly kind: 'failed'; readonly why: string }

/** Brings messages. It answers within a bounded time and never throws: what goes wrong outside is a result. */
export interface Courier {
  send(outgoing: Outgoing): Promise<SendResult>
  /** Whether a configuration can be used; a sentence says what is wrong with it. */
  check(
    channel: Channel,
    config: unknown,
  ): { readonly ok: true; readonly config: string } | { readonly ok: false; readonly problem: string }
}
