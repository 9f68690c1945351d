import type { Instant } from './time.ts'

/** The recovery codes of a user that are left, as slow digests under one salt. */
export interface RecoverySet {
  /** base64url. */
  readonly salt: string
  readonly madeAt: Instant
  /** When their owner said that they are kept safe; null: not yet, and until then none of them opens anything. */
  readonly savedAt: Instant | null
  readonly digests: readonly string[]
}

/** How many a new set has. */
export const RECOVERY_CODES = 10
/** From here on a user is told to make new ones. */
export const FEW_RECOVERY_CODES = 3
