import type { ExternalIdentity } from '#domain/external-identity.ts'
import type { ExternalIdentityChange, ExternalIdentityStore } from '#ports/external-identities.ts'
import { id, integer, text } from './columns.ts'
import { type Database, one, type Row, run, type Work, readAt } from './database.ts'

const IDENTITIES = {
  add: `INSERT INTO external_identities (site_id, provider, subject, user_id, created_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`,
  bySubject: `SELECT e.user_id, u.username FROM external_identities e
      JOIN users u ON u.site_id = e.site_id AND u.id = e.user_id
    WHERE e.site_id = ? AND e.provider = ? AND e.subject = ?`,
  ofUser: 'SELECT * FROM external_identities WHERE site_id = ? AND user_id = ?',
} as const

/** Writes down who is who, under the same promise as `applyChange`. */
export function* applyExternalIdentityChange({ identity }: ExternalIdentityChange): Work<number> {
  const { site, provider, subject, user, createdAt } = identity
  return yield* run(IDENTITIES.add, site, provider, subject, user, createdAt)
}

/** What is asked about who is who. */
export function externalIdentityReads(database: Database): ExternalIdentityStore {
  return {
    externalUser: (site, provider, subject) =>
      readAt(database, site, function* () {
        const row = yield* one(IDENTITIES.bySubject, site, provider, subject)
        return row ? { user: id(row, 'user_id', 'usr'), username: text(row, 'username') } : null
      }),

    externalIdentityOf: (site, user) =>
      readAt(database, site, function* () {
        const row = yield* one(IDENTITIES.ofUser, site, user)
        return row ? identityOf(row) : null
      }),
  }
}

function identityOf(row: Row): ExternalIdentity {
  return {
    site: id(row, 'site_id', 'site'),
    provider: text(row, 'provider'),
    subject: text(row, 'subject'),
    user: id(row, 'user_id', 'usr'),
    createdAt: integer(row, 'created_at'),
  }
}
