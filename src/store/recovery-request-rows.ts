import { RECOVERY_STATES, type RecoveryRequest } from '#domain/recovery-request.ts'
import type { RecoveryRequestChange, RecoveryRequestStore, RequestOf } from '#ports/recovery-requests.ts'
import { id, integer, integerOrNull, text, textOrNull, word } from './columns.ts'
import { all, type Database, one, type Row, run, type Value, type Work, readAt } from './database.ts'

const REQUESTS = {
  add: `INSERT INTO recovery_requests (user_epoch, requested_at, waits_until, expires_at, note, cancel_digest, state, decided_by,
      code_digest, code_expires_at, version, site_id, user_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE recovery_requests SET user_epoch = ?, requested_at = ?, waits_until = ?, expires_at = ?, note = ?,
      cancel_digest = ?, state = ?, decided_by = ?, code_digest = ?, code_expires_at = ?, version = ?
    WHERE site_id = ? AND user_id = ? AND version = ?`,
  ofUser: 'SELECT * FROM recovery_requests WHERE site_id = ? AND user_id = ?',
  byLink: `SELECT r.*, u.username FROM recovery_requests r JOIN users u ON u.site_id = r.site_id AND u.id = r.user_id
    WHERE r.site_id = ? AND r.cancel_digest = ?`,
  open: `SELECT r.*, u.username FROM recovery_requests r JOIN users u ON u.site_id = r.site_id AND u.id = r.user_id
    WHERE r.site_id = ? AND r.state IN ('asked', 'approved') AND r.expires_at > ? AND r.user_epoch = u.session_epoch
    ORDER BY r.requested_at, r.user_id LIMIT ?`,
} as const

/** Under the same promise as `applyChange`. */
export function* applyRecoveryRequestChange(change: RecoveryRequestChange): Work<number> {
  switch (change.kind) {
    case 'add-recovery-request':
      return yield* run(REQUESTS.add, ...requestValues(change.request, change.request.version))
    case 'change-recovery-request':
      return yield* run(REQUESTS.change, ...requestValues(change.request, change.from + 1), change.from)
    default:
      return change satisfies never
  }
}

/** What is asked about requests of people who have lost everything. */
export function recoveryRequestReads(database: Database): RecoveryRequestStore {
  return {
    recoveryRequest: (site, user) =>
      readAt(database, site, function* () {
        const row = yield* one(REQUESTS.ofUser, site, user)
        return row ? requestOf(row) : null
      }),

    recoveryRequestByLink: (site, cancelDigest) =>
      readAt(database, site, function* () {
        const row = yield* one(REQUESTS.byLink, site, cancelDigest)
        return row ? named(row) : null
      }),

    recoveryRequests: (site, { now, limit }) =>
      readAt(database, site, function* () {
        return (yield* all(REQUESTS.open, site, now, limit)).map(named)
      }),
  }
}

function named(row: Row): RequestOf {
  return { request: requestOf(row), username: text(row, 'username') }
}

function requestOf(row: Row): RecoveryRequest {
  const digest = textOrNull(row, 'code_digest')
  const until = integerOrNull(row, 'code_expires_at')
  return {
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    userEpoch: integer(row, 'user_epoch'),
    requestedAt: integer(row, 'requested_at'),
    waitsUntil: integer(row, 'waits_until'),
    expiresAt: integer(row, 'expires_at'),
    note: text(row, 'note'),
    cancelDigest: text(row, 'cancel_digest'),
    state: word(row, 'state', RECOVERY_STATES),
    decidedBy: textOrNull(row, 'decided_by'),
    code: digest === null || until === null ? null : { digest, expiresAt: until },
    version: integer(row, 'version'),
  }
}

function requestValues(each: RecoveryRequest, version: number): readonly Value[] {
  const times = [each.userEpoch, each.requestedAt, each.waitsUntil, each.expiresAt]
  const what = [each.note, each.cancelDigest, each.state, each.decidedBy]
  return [...times, ...what, each.code?.digest ?? null, each.code?.expiresAt ?? null, version, each.site, each.user]
}
