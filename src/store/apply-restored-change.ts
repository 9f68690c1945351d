import type { SiteId } from '#domain/id.ts'
import type { RestoredChange } from '#ports/restored-changes.ts'
import { run, type Work } from './database.ts'

/** How far the counter of sent codes leaps: further than messages to one person can have moved it since the copy was taken. */
const COUNTER_LEAP = 1_000_000

/** A clock may be accepted one step ahead of ours (`totp.skew_steps`), so that step may have been spent already. */
const LAST_STEP = 'CAST(? AS BIGINT) / (period * 1000) + 1'

/** Every statement takes a site last. */
const RESTORED = {
  spendSteps: `UPDATE authenticators SET last_step = ${LAST_STEP} WHERE last_step < ${LAST_STEP} AND site_id = ?`,
  spendTokens: `UPDATE hardware_tokens SET last = ${LAST_STEP}, version = version + 1
    WHERE moves = 'clock' AND last < ${LAST_STEP} AND site_id = ?`,
  leap: 'UPDATE code_counters SET next_counter = next_counter + ?, version = version + 1 WHERE site_id = ?',
  endChallenges: 'UPDATE challenges SET expires_at = ?, version = version + 1 WHERE expires_at > ? AND site_id = ?',
  endMessages: `UPDATE deliveries SET expires_at = ?, version = version + 1 WHERE queued = 1 AND expires_at > ? AND site_id = ?`,
  dropEnrolments: 'DELETE FROM enrolments WHERE site_id = ?',
  dropIssuedCodes: 'DELETE FROM issued_codes WHERE site_id = ?',
  dropResets: 'DELETE FROM password_resets WHERE site_id = ?',
  dropRecoveryRequests: 'DELETE FROM recovery_requests WHERE site_id = ?',
  dropWaitingAddresses: 'DELETE FROM waiting_addresses WHERE address IS NOT NULL AND site_id = ?',
  dropChannelRemovals: 'DELETE FROM channel_removals WHERE site_id = ?',
  dropChannelTests: 'DELETE FROM channel_tests WHERE site_id = ?',
  dropArtifacts: 'DELETE FROM openid_artifacts WHERE site_id = ?',
  endAll: `UPDATE sites SET session_epoch = session_epoch + 1, device_epoch = device_epoch + 1
    WHERE session_epoch = ? AND id = ?`,
} as const

/** See `applyChange`. */
export function* applyRestoredChange(site: SiteId, { at, fromEpoch }: RestoredChange): Work<number> {
  yield* run(RESTORED.spendSteps, at, at, site)
  yield* run(RESTORED.spendTokens, at, at, site)
  yield* run(RESTORED.leap, COUNTER_LEAP, site)
  yield* run(RESTORED.endChallenges, at, at, site)
  yield* run(RESTORED.endMessages, at, at, site)
  yield* run(RESTORED.dropEnrolments, site)
  yield* run(RESTORED.dropIssuedCodes, site)
  yield* run(RESTORED.dropResets, site)
  yield* run(RESTORED.dropRecoveryRequests, site)
  yield* run(RESTORED.dropWaitingAddresses, site)
  yield* run(RESTORED.dropChannelRemovals, site)
  yield* run(RESTORED.dropChannelTests, site)
  yield* run(RESTORED.dropArtifacts, site)
  return yield* run(RESTORED.endAll, fromEpoch, site)
}
