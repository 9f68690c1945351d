import type { SiteId } from '#domain/id.ts'
import type { KeptRequestChange, KeptRequestStore } from '#ports/kept-requests.ts'
import { flag, integer, text, textOrNull } from './columns.ts'
import { EVERY_SITE, type Database, one, run, type Work } from './database.ts'

const KEPT_REQUESTS = {
  /** In place of one that is too old to count, or of the same one if whoever took it up never came back. */
  claim: `INSERT INTO kept_requests (site_id, key_digest, fingerprint, claim, claimed_until, done, sealed_answer, created_at)
      VALUES (?, ?, ?, ?, ?, 0, NULL, ?)
    ON CONFLICT (site_id, key_digest) DO UPDATE SET fingerprint = excluded.fingerprint, claim = excluded.claim,
      claimed_until = excluded.claimed_until, done = 0, sealed_answer = NULL, created_at = excluded.created_at
    WHERE kept_requests.created_at < ? OR (kept_requests.done = 0 AND kept_requests.claimed_until <= ?
      AND kept_requests.fingerprint = excluded.fingerprint)`,
  byKey: 'SELECT * FROM kept_requests WHERE site_id = ? AND key_digest = ?',
  do: 'UPDATE kept_requests SET done = 1 WHERE site_id = ? AND key_digest = ? AND claim = ?',
  keep: 'UPDATE kept_requests SET done = 1, sealed_answer = ? WHERE site_id = ? AND key_digest = ? AND claim = ?',
  drop: `DELETE FROM kept_requests WHERE (site_id, key_digest) IN (
      SELECT site_id, key_digest FROM kept_requests WHERE created_at < ? ORDER BY created_at LIMIT ?)`,
  release: 'DELETE FROM kept_requests WHERE site_id = ? AND key_digest = ? AND claim = ? AND done = 0',
} as const

/** Under the same promise as `applyChange`. */
export function* applyKeptRequestChange(site: SiteId, { keyDigest, claim }: KeptRequestChange): Work<number> {
  return yield* run(KEPT_REQUESTS.do, site, keyDigest, claim)
}

/** What is kept of requests that can be told again. */
export function keptRequestStore(database: Database): KeptRequestStore {
  return {
    claimRequest: (site, keyDigest, { fingerprint, claim, claimedUntil, now, goneBefore }) =>
      database.together(
        'write',
        function* () {
          const values = [site, keyDigest, fingerprint, claim, claimedUntil, now]
          yield* run(KEPT_REQUESTS.claim, ...values, goneBefore, now)
          const row = yield* one(KEPT_REQUESTS.byKey, site, keyDigest)
          if (row === undefined) throw new Error('a request that was just taken up is gone')
          return {
            fingerprint: text(row, 'fingerprint'),
            claim: text(row, 'claim'),
            claimedUntil: integer(row, 'claimed_until'),
            done: flag(row, 'done'),
            sealedAnswer: textOrNull(row, 'sealed_answer'),
          }
        },
        site,
      ),

    keepAnswer: async (site, keyDigest, claim, sealedAnswer) => {
      await database.together('write', () => run(KEPT_REQUESTS.keep, sealedAnswer, site, keyDigest, claim), site)
    },

    dropKeptRequests: ({ goneBefore, limit }) =>
      database.together('write', () => run(KEPT_REQUESTS.drop, goneBefore, limit), EVERY_SITE),

    releaseRequest: async (site, keyDigest, claim) => {
      await database.together('write', () => run(KEPT_REQUESTS.release, site, keyDigest, claim), site)
    },
  }
}
