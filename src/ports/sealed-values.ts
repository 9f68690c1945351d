import type { Instant } from '#domain/time.ts'

/** The tables in which something is sealed. */
export const SEALED_PLACES = [
  'server_values',
  'channels',
  'audit_keys',
  'audit_streams',
  'openid_keys',
  'authenticators',
  'hardware_tokens',
  'enrolments',
  'code_counters',
  'deliveries',
  'kept_requests',
] as const
export type SealedPlace = (typeof SEALED_PLACES)[number]

export interface SealedValue {
  readonly place: SealedPlace
  /** The primary key of its row. */
  readonly key: readonly string[]
  /** The column as it is; `sealed` is all of it, or a part. */
  readonly stored: string
  readonly sealed: string
  /** What it is sealed to. */
  readonly boundTo: string
}

/** A process that serves, and what it said of its keys when it was last heard of. */
export interface ServingNode {
  readonly id: string
  /** For people. */
  readonly name: string
  readonly keys: readonly string[]
  readonly sealsWith: string
  readonly sealsSince: Instant
  readonly seenAt: Instant
}

export interface SealedStore {
  /** How many values are sealed with another key than this one. */
  countSealed(except: string): Promise<number>
  /** The same values of one table, by primary key, after the one of this key. Messages that are being sent just now are left out. */
  sealedValues(query: {
    place: SealedPlace
    except: string
    after: readonly string[] | null
    limit: number
    now: Instant
  }): Promise<readonly SealedValue[]>
  /**
   * Puts another seal in the place of each, where the column is still what it was, and raises the version of the row where it has one:
   * whoever has read it decides again. Answers how many held. No change that is accounted for: what is sealed stays the same.
   */
  reseal(values: readonly { readonly value: SealedValue; readonly sealed: string }[]): Promise<number>
  /** A value of the whole installation; see `keep`. */
  kept(name: string): Promise<string | null>
  /** Those heard of since then, by name. */
  servingNodes(since: Instant): Promise<readonly ServingNode[]>
  /** Takes the place of what this node said before. Forgets those that were not heard of since `goneBefore`. */
  announceNode(node: ServingNode, goneBefore: Instant): Promise<void>
  forgetNode(id: string): Promise<void>
}
