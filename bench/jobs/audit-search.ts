import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import type { SiteId } from '#domain/id.ts'
import type { AuditQuery, Store } from '#ports/store.ts'
import { openStore } from '../../src/store/open.ts'
import { systemRandom } from '../../src/system/random.ts'
import { createSite } from '#usecases/sites.ts'
import type { Ports } from '#ports/ports.ts'
import { hasRoom } from '../crowd.ts'
import { addCopies, fillSqlite } from '../fill.ts'
import { padded } from '../filled.ts'
import type { Job } from '../jobs.ts'
import { figure, type Result } from '../result.ts'

const PAGE = 50
const ASKS = 300
const QUICK_ROWS = 2_000
const BYTES_EACH = 1_000
const ACTORS = 997
/** An event of another name comes once in so many. */
const RARE = 1_000
/** Milliseconds from one entry to the next. */
const STEP = 1_000
const UNIT = 'milliseconds, 99 of 100 pages; less is better'

/** f: a page of the audit log, anywhere in it, beside a bare keyset query for the same rows. */
export const auditSearch: Job = {
  name: 'audit-search',
  letter: 'f',
  says: 'a page of 50 rows by actor, by event and by time, anywhere in the log, as the log grows',
  run: async ({ quick }) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-audit-'))
    const path = join(folder, 'audit.db')
    try {
      const site = await emptySite(path)
      const results: Result[] = []
      let filled = 0
      for (const rows of quick ? [QUICK_ROWS] : [10_000, 100_000, 1_000_000, 10_000_000]) {
        if (!hasRoom((rows - filled) * BYTES_EACH, `${rows} rows of the audit log`)) break
        await fill(path, filled, rows)
        filled = rows
        results.push(...(await searched(path, site, rows)))
      }
      return results
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

interface Search {
  readonly by: string
  /** What is asked of the store, and the condition of the bare query with its values. */
  readonly query: (ask: number, rows: number) => Omit<AuditQuery, 'limit' | 'before'>
  readonly bare: string
  readonly values: (query: Omit<AuditQuery, 'limit' | 'before'>) => readonly (string | number)[]
}

const SEARCHES: readonly Search[] = [
  {
    by: 'actor',
    query: (ask) => ({ actor: actorOf(ask) }),
    bare: 'actor_id = ?',
    values: ({ actor = '' }) => [actor],
  },
  {
    by: 'event',
    query: () => ({ ev: 'auth.factor.fail' }),
    bare: 'ev = ?',
    values: ({ ev = '' }) => [ev],
  },
  {
    by: 'hour',
    query: (ask, rows) => {
      const from = STEP * ((ask * 7_919) % rows)
      return { from, to: from + 3_600_000 }
    },
    bare: 'happened_at >= ? AND happened_at < ?',
    values: ({ from = 0, to = 0 }) => [from, to],
  },
]

async function searched(path: string, site: SiteId, rows: number): Promise<readonly Result[]> {
  const store = await openStore(`sqlite:${path}`, systemRandom)
  const db = new DatabaseSync(path)
  const results: Result[] = []
  try {
    for (const search of SEARCHES) results.push(...(await pages(store, db, site, search, rows)))
    return results
  } finally {
    db.close()
    await store.close()
  }
}

/** Half of the asks have the hour or the whole log before them, half begin somewhere inside it. */
async function pages(store: Store, db: DatabaseSync, site: SiteId, search: Search, rows: number): Promise<Result[]> {
  // An hour is few rows out of many. How a bare query finds them is by their time, and by nothing else.
  const byTime = search.by === 'hour'
  const bare = db.prepare(
    `SELECT seq, entry, hash FROM audit_entries ${byTime ? 'INDEXED BY audit_entries_by_time' : ''}
     WHERE site_id = ? AND ${search.bare} AND seq < ? ORDER BY seq DESC LIMIT ?`,
  )
  const ours: number[] = []
  const theirs: number[] = []
  for (let ask = 0; ask < (rows === QUICK_ROWS ? ASKS / 10 : ASKS); ask += 1) {
    const query = search.query(ask, rows)
    const before = byTime ? Number.MAX_SAFE_INTEGER : 1 + ((ask * 7_919) % rows)
    let from = performance.now()
    const found = await store.audit(site, { ...query, before, limit: PAGE })
    ours.push(performance.now() - from)
    from = performance.now()
    const expected = bare.all(site, ...search.values(query), before, PAGE)
    theirs.push(performance.now() - from)
    if (found.map(({ seq }) => seq).join() !== expected.map(({ seq }) => seq).join())
      throw new Error(`by ${search.by} other rows were found than by the bare query`)
  }
  const [own, floor] = [ninetyNine(ours), ninetyNine(theirs)]
  const job = { job: `audit-search, by ${search.by}`, unit: UNIT, rows }
  return [
    { ...figure({ ...job, contestant: 'countersign' }, ours), value: own },
    {
      ...figure({ ...job, contestant: 'bare query' }, theirs),
      value: floor,
      must: { says: '≤ 2 × the bare query', held: own <= 2 * floor, only: 'must' },
    },
  ]
}

async function emptySite(path: string): Promise<SiteId> {
  const store = await openStore(`sqlite:${path}`, systemRandom)
  const ports = { store, clock: { now: () => Date.now() }, random: systemRandom } as unknown as Ports
  const origin = { request: 'bench', address: null, userAgent: null }
  const actor = { type: 'operator', id: 'bench', name: 'bench' } as const
  const made = await createSite(ports, { actor, origin, name: 'acme', title: 'Acme', preset: 'erp' })
  await store.close()
  if (made.kind !== 'created') throw new Error(made.kind)
  return made.site.id
}

/** Rows number `from` + 1 to `to`. What they say of themselves is no matter here: how many there are, whose, what and when. */
async function fill(path: string, from: number, to: number): Promise<void> {
  const filler = fillSqlite(path)
  const actor = `'usr_filled' || ${padded(`i % ${ACTORS}`)}`
  const ev = `CASE WHEN i % ${RARE} = 0 THEN 'auth.factor.fail' ELSE 'auth.factor.ok' END`
  const seq = 'CAST(i AS TEXT)'
  await addCopies(filler, {
    into: 'audit_entries',
    of: { table: 'audit_entries', where: 'seq = 1' },
    whole: true,
    // The first is the one that made the site.
    from: from + 2,
    to: to + 1,
    values: {
      seq: 'i',
      happened_at: `i * ${STEP}`,
      ev,
      actor_id: actor,
      application: `'web'`,
      entry: `'{"actor":{"id":"' || ${actor} || '","type":"user"},"app":"web","at":"2026-11-02T08:00:00.000Z","data":{"method":"app"},"ev":"'
        || ${ev} || '","pii":null,"prev":"' || t.hash || '","req":"req_' || ${seq} || '","seq":' || ${seq} || ',"site":"' || t.site_id
        || '","subject":null,"v":1}'`,
    },
  })
  await filler.close()
}

function actorOf(ask: number): string {
  return `usr_filled${100_000_000 + (ask % ACTORS)}`
}

function ninetyNine(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0
}
