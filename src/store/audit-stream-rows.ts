import { type AuditStream, type AuditStreamChange, type AuditStreamStore, STREAM_KINDS } from '#ports/audit-streams.ts'
import { id, integer, integerOrNull, text, textOrNull, word } from './columns.ts'
import { EVERY_SITE, all, type Database, type Row, run, type Work } from './database.ts'

const COLUMNS = 'site_id, name, kind, sealed_config, made_at, sent_seq, next_at, failures, failing_since, last_error'

export const AUDIT_STREAMS = {
  add: `INSERT INTO audit_streams (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  remove: 'DELETE FROM audit_streams WHERE site_id = ? AND name = ?',
  ofSite: `SELECT ${COLUMNS} FROM audit_streams WHERE site_id = ? ORDER BY name`,
  due: `SELECT ${COLUMNS} FROM audit_streams WHERE next_at <= ? ORDER BY next_at, site_id, name LIMIT ?`,
  claim: 'UPDATE audit_streams SET next_at = ? WHERE site_id = ? AND name = ? AND next_at = ?',
  move: `UPDATE audit_streams SET sent_seq = ?, next_at = ?, failures = ?, failing_since = ?, last_error = ?
    WHERE site_id = ? AND name = ? AND sent_seq = ?`,
} as const

export function auditStreamReads(database: Database): AuditStreamStore {
  return {
    auditStreams: (site) =>
      database.together(
        'read',
        function* () {
          return (yield* all(AUDIT_STREAMS.ofSite, site)).map(auditStream)
        },
        site,
      ),
    claimStreams: ({ now, until, limit }) =>
      database.together(
        'write',
        function* () {
          const claimed: AuditStream[] = []
          for (const each of (yield* all(AUDIT_STREAMS.due, now, limit)).map(auditStream)) {
            const taken = yield* run(AUDIT_STREAMS.claim, until, each.site, each.name, each.nextAt)
            if (taken === 1) claimed.push({ ...each, nextAt: until })
          }
          return claimed
        },
        EVERY_SITE,
      ),
    moveStream: async ({ site, name }, from, { sentSeq, nextAt, failures, failingSince, lastError }) => {
      const values = [sentSeq, nextAt, failures, failingSince, lastError]
      return (await database.together('write', () => run(AUDIT_STREAMS.move, ...values, site, name, from), site)) === 1
    },
  }
}

export function* applyAuditStreamChange(change: AuditStreamChange): Work<number> {
  if (change.kind === 'remove-audit-stream') return yield* run(AUDIT_STREAMS.remove, change.site, change.name)
  const { stream } = change
  const made = [stream.site, stream.name, stream.kind, stream.sealedConfig, stream.madeAt]
  const state = [stream.sentSeq, stream.nextAt, stream.failures, stream.failingSince, stream.lastError]
  return yield* run(AUDIT_STREAMS.add, ...made, ...state)
}

function auditStream(row: Row): AuditStream {
  return {
    site: id(row, 'site_id', 'site'),
    name: text(row, 'name'),
    kind: word(row, 'kind', STREAM_KINDS),
    sealedConfig: text(row, 'sealed_config'),
    madeAt: integer(row, 'made_at'),
    sentSeq: integer(row, 'sent_seq'),
    nextAt: integer(row, 'next_at'),
    failures: integer(row, 'failures'),
    failingSince: integerOrNull(row, 'failing_since'),
    lastError: textOrNull(row, 'last_error'),
  }
}
