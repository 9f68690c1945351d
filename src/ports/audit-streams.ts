import type { AuditRow } from '#audit/event.ts'
import type { Secret } from '#domain/secret.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'

export const STREAM_KINDS = ['syslog', 'webhook', 'file'] as const
export type StreamKind = (typeof STREAM_KINDS)[number]

/** Somebody outside who gets the audit log of a site, entry by entry, each at least once and in order. */
export interface AuditStream {
  readonly site: SiteId
  /** Unique at the site. */
  readonly name: string
  readonly kind: StreamKind
  /** JSON text sealed to `audit-stream:{site}:{name}`. */
  readonly sealedConfig: string
  readonly madeAt: Instant
  /** The last entry that the receiver took. */
  readonly sentSeq: number
  /** Not tried before. Whoever works on a stream moves it on first, so that no two nodes send at once. */
  readonly nextAt: Instant
  /** How often it failed since it last worked. */
  readonly failures: number
  readonly failingSince: Instant | null
  /** What the receiver said, without secrets. */
  readonly lastError: string | null
}

/** What became of a stream after a try. */
export type StreamState = Pick<AuditStream, 'sentSeq' | 'nextAt' | 'failures' | 'failingSince' | 'lastError'>

export interface AuditStreamStore {
  auditStreams(site: SiteId): Promise<readonly AuditStream[]>
  /** Streams whose time has come; each is moved on to `until`, which makes it the caller's until then. */
  claimStreams(query: { now: Instant; until: Instant; limit: number }): Promise<readonly AuditStream[]>
  /**
   * How far a receiver is. It is no change and not in the log: a log that told of its own sending would never be sent. False when the
   * stream is gone, or somebody else has moved it from `from`.
   */
  moveStream(stream: Pick<AuditStream, 'site' | 'name'>, from: number, state: StreamState): Promise<boolean>
}

export type AuditStreamChange =
  | { readonly kind: 'add-audit-stream'; readonly stream: AuditStream }
  | { readonly kind: 'remove-audit-stream'; readonly site: SiteId; readonly name: string }

/** What goes out at once: entries in order, after one that the receiver has. */
export interface StreamBatch {
  readonly siteName: string
  readonly rows: readonly AuditRow[]
  /** Entries that were purged before the receiver had them: what comes next does not follow on. */
  readonly missing: { readonly from: number; readonly to: number } | null
  readonly sentAt: Instant
}

/** Brings entries to a receiver. It answers within a bounded time and never throws for what goes wrong outside. */
export interface AuditSink {
  send(
    kind: StreamKind,
    config: Secret,
    batch: StreamBatch,
  ): Promise<{ readonly kind: 'taken' } | { readonly kind: 'failed'; readonly why: string }>
  /** Whether a configuration can be used; a sentence says what is wrong with it. */
  check(
    kind: StreamKind,
    config: unknown,
  ): { readonly ok: true; readonly config: string } | { readonly ok: false; readonly problem: string }
}
