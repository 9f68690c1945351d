import type { ChainHead } from '#audit/chain.ts'
import type { Tree } from '#audit/merkle.ts'
import type { LogItem, LogStart } from '#audit/verify-log.ts'
import type { SiteId, UserId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'

/** Who signs the checkpoints of a site. The newest that is not retired signs; the others still vouch for what they signed. */
export interface AuditKey {
  readonly site: SiteId
  /** The hash in its verifier line. */
  readonly id: string
  /** `name+hash+key`: what others check with. */
  readonly verifier: string
  /** The signing seed, sealed to `audit-key:{site}:{id}`. */
  readonly sealedSeed: string
  readonly madeAt: Instant
  readonly retiredAt: Instant | null
}

export interface StoredCheckpoint {
  readonly size: number
  readonly note: string
  readonly at: Instant
}

/** What is signed of a site's log so far. */
export interface AuditSeal {
  readonly head: ChainHead
  /** Where the log begins since its old segments were purged. */
  readonly start: LogStart
  /** The entries that are sealed, as a place in the chain and as a tree. */
  readonly sealed: LogStart
  readonly newest: StoredCheckpoint | null
  readonly keys: readonly AuditKey[]
}

/** How much of a site's log no checkpoint counts yet, and since when. */
export interface UnsealedLog {
  readonly site: string
  readonly entries: number
  /** When the newest checkpoint was made; null: there is none. */
  readonly since: Instant | null
}

/** The log of a site that is deleted: nothing is added to it any more. */
export interface ClosedLog {
  readonly site: SiteId
  readonly name: string
  readonly removedAt: Instant
  readonly entries: number
  /** How many of them the newest checkpoint counts. */
  readonly sealed: number
}

export interface AuditLogStore {
  /** null: there is no such chain. */
  auditSeal(site: SiteId): Promise<AuditSeal | null>
  /** The log behind one of its entries, each checkpoint behind the last entry it counts. */
  auditLog(site: SiteId, after: number): AsyncIterable<LogItem>
  /** Sites with entries that are in no checkpoint, but for those that only tell of the last one. */
  unsealedLogs(): Promise<readonly UnsealedLog[]>
  /** The last first. */
  closedLogs(): Promise<readonly ClosedLog[]>
  /** Signs a closed log to its end, without an entry that tells of it. Holds while the log is sealed as far as `seal.from`. */
  sealClosedLog(site: SiteId, changes: SealChanges): Promise<'committed' | 'conflict'>
  /** The newest checkpoint that counts no entry of this moment or later; null: there is none behind the start of the log. */
  checkpointBefore(site: SiteId, moment: Instant): Promise<StoredCheckpoint | null>
  /** null: nobody is here under this id, or not any more. */
  usernameOf(site: SiteId, user: UserId): Promise<string | null>
}

export type AuditLogChange =
  | { readonly kind: 'add-audit-key'; readonly key: AuditKey }
  | { readonly kind: 'retire-audit-key'; readonly site: SiteId; readonly key: string; readonly at: Instant }
  /** Holds while the log is sealed as far as `from`. */
  | {
      readonly kind: 'seal-audit'
      readonly site: SiteId
      readonly from: number
      readonly checkpoint: StoredCheckpoint
      readonly hash: string
      readonly tree: Tree
    }
  /** Everything up to a checkpoint goes. Holds while the log begins at `from`. */
  | { readonly kind: 'purge-audit'; readonly site: SiteId; readonly from: number; readonly start: LogStart }
  /** The personal values of all entries that a user acted in or is the subject of. */
  | { readonly kind: 'erase-audit-personal'; readonly site: SiteId; readonly user: UserId }

export type SealAudit = Extract<AuditLogChange, { kind: 'seal-audit' }>

/** A checkpoint, and the key that signs it where it is the first. */
export type SealChanges = readonly (SealAudit | Extract<AuditLogChange, { kind: 'add-audit-key' }>)[]
