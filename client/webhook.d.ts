export interface WebhookOptions {
  /** `whsec_…`; several while it is being changed. */
  readonly secret: string | readonly string[]
  /** Of the request, by lower-case name. */
  readonly headers: Headers | Readonly<Record<string, string | string[] | undefined>>
  /** The text as it came, not read as JSON before. */
  readonly body: string
  /** Milliseconds since 1970; the clock of the platform if left out. */
  readonly now?: (() => number) | undefined
  readonly toleranceSeconds?: number | undefined
}

/** Verifies a webhook (Standard Webhooks 1.0) and answers its JSON; throws WebhookRefused. Whether `webhook-id` came before is yours to know. */
export declare function verifyWebhook(options: WebhookOptions): Promise<unknown>

export declare class WebhookRefused extends Error {
  readonly reason: string
}
