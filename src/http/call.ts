import type { Origin } from '#audit/event.ts'
import type { SiteAtAddress } from '#domain/site-address.ts'

/** A request as a handler gets it: its site found, its client named, its cookies read once. */
export interface Call {
  readonly request: Request
  readonly url: URL
  /** The parts of the path that the door names, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly site: SiteAtAddress
  /** Request id, client address (the peer, or the last hop a trusted proxy names) and browser. */
  readonly origin: Origin
  readonly cookies: ReadonlyMap<string, string>
}

export type Handler = (call: Call) => Promise<Response>
