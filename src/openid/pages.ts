import type { Call } from '#http/call.ts'

/** The pages for people, made by whoever makes all pages. */
export interface OpenIdPages {
  /** Asks whether to sign out. The form goes to `action`, and from there the browser may be led on to `leadsTo`. */
  signOut(call: Call, form: { action: string; xsrf: string; leadsTo: string | null }): Response
  /** A request of an application that cannot be answered, for the person it was sent through. */
  refusal(call: Call, refusal: { status: number; error: string; detail: string }): Response
}
