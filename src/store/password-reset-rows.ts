import type { SiteId } from '#domain/id.ts'
import type { PasswordReset } from '#domain/password-reset.ts'
import type { PasswordResetChange, PasswordResetStore } from '#ports/password-resets.ts'
import { flag, id, idOrNull, integer, integerOrNull, text, textOrNull } from './columns.ts'
import { type Database, one, type Row, run, type Work, readAt } from './database.ts'

const RESETS = {
  request: `INSERT INTO password_resets (site_id, user_id, token_digest, user_epoch, requested_at, expires_at, vouched)
      VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, user_id) DO UPDATE SET token_digest = excluded.token_digest, user_epoch = excluded.user_epoch,
      requested_at = excluded.requested_at, expires_at = excluded.expires_at, vouched = excluded.vouched,
      spent_at = NULL, challenge_id = NULL, password_hash = NULL
    WHERE password_resets.requested_at <= ?`,
  hold: `UPDATE password_resets SET challenge_id = ?, password_hash = ?
    WHERE site_id = ? AND user_id = ? AND token_digest = ? AND spent_at IS NULL`,
  spend: `UPDATE password_resets SET spent_at = ?, challenge_id = NULL, password_hash = NULL
    WHERE site_id = ? AND user_id = ? AND token_digest = ? AND spent_at IS NULL`,
  byToken: `SELECT r.*, u.username FROM password_resets r JOIN users u ON u.site_id = r.site_id AND u.id = r.user_id
    WHERE r.site_id = ? AND r.token_digest = ?`,
  ofUser: 'SELECT * FROM password_resets WHERE site_id = ? AND user_id = ?',
} as const

/** Under the same promise as `applyChange`. */
export function* applyPasswordResetChange(site: SiteId, change: PasswordResetChange): Work<number> {
  switch (change.kind) {
    case 'request-reset': {
      const { tokenDigest, userEpoch, requestedAt, expiresAt, vouched, user } = change.reset
      const values = [site, user, tokenDigest, userEpoch, requestedAt, expiresAt, Number(vouched)]
      return yield* run(RESETS.request, ...values, change.noneSince)
    }
    case 'hold-reset': {
      const { challenge, passwordHash } = change.held
      return yield* run(RESETS.hold, challenge, passwordHash, site, change.user, change.tokenDigest)
    }
    case 'spend-reset':
      return yield* run(RESETS.spend, change.at, site, change.user, change.tokenDigest)
    default:
      return change satisfies never
  }
}

/** What is asked about mailed links for another password. */
export function passwordResetReads(database: Database): PasswordResetStore {
  return {
    passwordReset: (site, tokenDigest) =>
      readAt(database, site, function* () {
        const row = yield* one(RESETS.byToken, site, tokenDigest)
        return row ? { reset: resetOf(row), username: text(row, 'username') } : null
      }),

    passwordResetOf: (site, user) =>
      readAt(database, site, function* () {
        const row = yield* one(RESETS.ofUser, site, user)
        return row ? resetOf(row) : null
      }),
  }
}

function resetOf(row: Row): PasswordReset {
  const challenge = idOrNull(row, 'challenge_id', 'chl')
  const passwordHash = textOrNull(row, 'password_hash')
  return {
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    tokenDigest: text(row, 'token_digest'),
    userEpoch: integer(row, 'user_epoch'),
    requestedAt: integer(row, 'requested_at'),
    expiresAt: integer(row, 'expires_at'),
    spentAt: integerOrNull(row, 'spent_at'),
    vouched: flag(row, 'vouched'),
    held: challenge === null || passwordHash === null ? null : { challenge, passwordHash },
  }
}
