import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'

/** A request that can be told again by the key its sender gave it. */
export interface KeptRequest {
  /** Of the whole request: another one under the same key is another request. */
  readonly fingerprint: string
  /** Drawn by whoever has it under way, and by nobody else. */
  readonly claim: string
  /** Nobody else begins before. */
  readonly claimedUntil: Instant
  /** What it asks for has happened. */
  readonly done: boolean
  /** Sealed text; null: not answered yet, or the answer was lost. */
  readonly sealedAnswer: string | null
}

/** Joins `Change`. Holds only while the request is still this one's under way: who was too slow does nothing. */
export type KeptRequestChange = { readonly kind: 'do-request'; readonly keyDigest: string; readonly claim: string }

/** Joins `Store`. These are no acts of anybody's and are not audited: what the request does is. */
export interface KeptRequestStore {
  /**
   * Takes up a request unless somebody has: the row as it is afterwards. It is the caller's if `claim` is theirs. One that was made
   * before `goneBefore` does not count any more.
   */
  claimRequest(
    site: SiteId,
    keyDigest: string,
    order: Pick<KeptRequest, 'fingerprint' | 'claim' | 'claimedUntil'> & {
      readonly now: Instant
      readonly goneBefore: Instant
    },
  ): Promise<KeptRequest>
  /** It was done, and this was answered. */
  keepAnswer(site: SiteId, keyDigest: string, claim: string, sealedAnswer: string): Promise<void>
  /** Removes at most `limit` requests that do not count any more; answers how many it were. Of all sites. */
  dropKeptRequests(order: { readonly goneBefore: Instant; readonly limit: number }): Promise<number>
  /** It was refused: it may be sent again, unless it was done. */
  releaseRequest(site: SiteId, keyDigest: string, claim: string): Promise<void>
}
