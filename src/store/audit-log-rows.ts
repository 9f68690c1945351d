import { GENESIS } from '#audit/chain.ts'
import type { Tree } from '#audit/merkle.ts'
import { LOG_START, type LogItem } from '#audit/verify-log.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { AuditKey, AuditLogChange, AuditLogStore, AuditSeal, StoredCheckpoint } from '#ports/audit-log.ts'
import { AUDIT_CHECKPOINTS, AUDIT_KEYS, AUDIT_PURGE, AUDIT_SEALS } from './audit-log-statements.ts'
import { id, integer, integerOrNull, json, text } from './columns.ts'
import { Contended, EVERY_SITE, all, type Database, one, type Row, run, type Work } from './database.ts'
import { AUDIT, USERS } from './statements.ts'

/** Entries that are read at once; each such page is a moment of its own, which a chain does not mind. */
const PAGE = 500

/** The questions about what is signed of a log. */
export function auditLogReads(database: Database): AuditLogStore {
  return {
    auditSeal: (site) => database.together('read', () => readSeal(site), site),
    auditLog: (site, after) => readLog(database, site, after),
    unsealedLogs: () =>
      database.together(
        'read',
        function* () {
          return (yield* all(AUDIT_SEALS.unsealed)).map((row) => ({
            site: text(row, 'site_name'),
            entries: integer(row, 'entries'),
            since: integerOrNull(row, 'made_at'),
          }))
        },
        EVERY_SITE,
      ),
    closedLogs: () =>
      database.together(
        'read',
        function* () {
          return (yield* all(AUDIT_SEALS.closed)).map((row) => ({
            site: id(row, 'site_id', 'site'),
            name: text(row, 'site_name'),
            removedAt: integer(row, 'site_removed_at'),
            entries: integer(row, 'seq'),
            sealed: integer(row, 'size'),
          }))
        },
        EVERY_SITE,
      ),
    sealClosedLog: (site, changes) =>
      together(database, site, function* () {
        if ((yield* one(AUDIT_SEALS.isClosed, site)) === undefined) throw new Contended(`${site} is not closed`)
        for (const change of changes)
          if ((yield* applyAuditLogChange(change)) !== 1) throw new Contended(`${change.kind} found nothing`)
      }),
    checkpointBefore: (site, moment) => database.together('read', () => readCheckpointBefore(site, moment), site),
    usernameOf: (site, user) =>
      database.together(
        'read',
        function* () {
          const row = yield* one(USERS.byId, site, user)
          return row ? text(row, 'username') : null
        },
        site,
      ),
  }
}

async function together(database: Database, site: SiteId, work: () => Work<void>): Promise<'committed' | 'conflict'> {
  try {
    await database.together('write', work, site)
    return 'committed'
  } catch (error) {
    if (error instanceof Contended) return 'conflict'
    throw error
  }
}

function* readSeal(site: SiteId): Work<AuditSeal | null> {
  const head = yield* one(AUDIT.head, site)
  if (head === undefined) return null
  const seal = yield* one(AUDIT_SEALS.bySite, site)
  const keys = (yield* all(AUDIT_KEYS.ofSite, site)).map(auditKey)
  const newest = seal && (yield* one(AUDIT_CHECKPOINTS.at, site, integer(seal, 'size')))
  return {
    head: { seq: integer(head, 'seq'), hash: text(head, 'hash') },
    start: seal
      ? { head: { seq: integer(seal, 'start_seq'), hash: text(seal, 'start_hash') }, tree: tree(seal, 'start_tree') }
      : LOG_START,
    sealed: seal
      ? { head: { seq: integer(seal, 'size'), hash: text(seal, 'hash') }, tree: tree(seal, 'tree') }
      : LOG_START,
    newest: newest ? checkpoint(newest) : null,
    keys,
  }
}

function* readCheckpointBefore(site: SiteId, moment: Instant): Work<StoredCheckpoint | null> {
  const seal = yield* one(AUDIT_SEALS.bySite, site)
  const start = seal === undefined ? 0 : integer(seal, 'start_seq')
  const row = yield* one(AUDIT_CHECKPOINTS.before, site, start, site, moment)
  return row ? checkpoint(row) : null
}

async function* readLog(database: Database, site: SiteId, after: number): AsyncGenerator<LogItem> {
  for (let since = after; ; ) {
    const from = since
    const readPage = function* (): Work<{ entries: readonly Row[]; notes: readonly Row[] }> {
      const entries = yield* all(AUDIT.chain, site, from, PAGE)
      const last = entries.at(-1)
      return { entries, notes: last ? yield* all(AUDIT_CHECKPOINTS.within, site, from, integer(last, 'seq')) : [] }
    }
    const page = await database.together('page', readPage, site)
    const notes = new Map(page.notes.map((row) => [integer(row, 'size'), text(row, 'note')]))
    for (const row of page.entries) {
      since = integer(row, 'seq')
      yield { entry: text(row, 'entry'), hash: text(row, 'hash') }
      const note = notes.get(since)
      if (note !== undefined) yield { note }
    }
    if (page.entries.length === 0) return
  }
}

/** Does one change of what is signed; like every other, it answers how many rows it is about were there. */
export function* applyAuditLogChange(change: AuditLogChange): Work<number> {
  switch (change.kind) {
    case 'add-audit-key': {
      const { site, id: key, verifier, sealedSeed, madeAt, retiredAt } = change.key
      return yield* run(AUDIT_KEYS.add, site, key, verifier, sealedSeed, madeAt, retiredAt)
    }
    case 'retire-audit-key':
      return yield* run(AUDIT_KEYS.retire, change.at, change.site, change.key)
    case 'seal-audit': {
      const { site, from, checkpoint: made, hash, tree: over } = change
      const values = [made.size, hash, JSON.stringify(over)]
      const moved =
        from === 0
          ? yield* run(AUDIT_SEALS.add, site, ...values, GENESIS)
          : yield* run(AUDIT_SEALS.change, ...values, site, from)
      if (moved !== 1) return moved
      return yield* run(AUDIT_CHECKPOINTS.add, site, made.size, made.note, made.at)
    }
    case 'purge-audit': {
      const { site, from, start } = change
      const { seq, hash } = start.head
      const moved = yield* run(AUDIT_SEALS.purge, seq, hash, JSON.stringify(start.tree), site, from, seq)
      if (moved !== 1) return moved
      yield* run(AUDIT_PURGE.personal, site, seq)
      yield* run(AUDIT_PURGE.entries, site, seq)
      yield* run(AUDIT_CHECKPOINTS.purge, site, seq)
      return moved
    }
    case 'erase-audit-personal':
      yield* run(AUDIT_PURGE.personalOf, change.site, change.site, change.user, change.user)
      // Nothing left to erase is what was wanted too.
      return 1
  }
}

function auditKey(row: Row): AuditKey {
  return {
    site: id(row, 'site_id', 'site'),
    id: text(row, 'id'),
    verifier: text(row, 'verifier'),
    sealedSeed: text(row, 'sealed_seed'),
    madeAt: integer(row, 'made_at'),
    retiredAt: integerOrNull(row, 'retired_at'),
  }
}

function checkpoint(row: Row): StoredCheckpoint {
  return { size: integer(row, 'size'), note: text(row, 'note'), at: integer(row, 'made_at') }
}

/** Written by us, and under the root of a signed checkpoint: a bent one makes no root that fits. */
function tree(row: Row, column: string): Tree {
  return json(row, column) as Tree
}
