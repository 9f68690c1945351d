import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '#ports/store.ts'
import { openStore } from '../../src/store/open.ts'
import { systemRandom } from '../../src/system/random.ts'
import { createSite } from '#usecases/sites.ts'
import type { Ports } from '#ports/ports.ts'
import type { Job } from '../jobs.ts'
import type { Result } from '../result.ts'

const PAGE = 50
const ASKS = 400

/** f: a page of the audit log by actor, somewhere in the log, beside a bare keyset query for the same rows. */
export const auditSearch: Job = {
  name: 'audit-search',
  says: 'a page of 50 rows of one actor, anywhere in the log, as the log grows',
  run: async ({ quick }) => {
    const results: Result[] = []
    for (const rows of quick ? [2_000] : [10_000, 100_000, 1_000_000]) results.push(...(await at(rows)))
    return results
  },
}

async function at(rows: number): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-audit-'))
  const path = join(folder, 'audit.db')
  const store = await openStore(`sqlite:${path}`, systemRandom)
  try {
    const site = await fill(store, path, rows)
    const bare = new DatabaseSync(path)
    const asked = bare.prepare(
      'SELECT seq, entry, hash FROM audit_entries WHERE site_id = ? AND actor_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?',
    )
    const ours: number[] = []
    const theirs: number[] = []
    for (let ask = 0; ask < ASKS; ask += 1) {
      const before = 1 + ((ask * 7_919) % rows)
      const actor = `usr_${ask % 100}`
      let from = performance.now()
      await store.audit(site, { actor, before, limit: PAGE })
      ours.push(performance.now() - from)
      from = performance.now()
      asked.all(site, actor, before, PAGE)
      theirs.push(performance.now() - from)
    }
    bare.close()
    const [own, floor] = [p99(ours), p99(theirs)]
    const row = (contestant: string, values: readonly number[], value: number, must: Result['must']): Result => ({
      job: `audit-search, ${rows.toLocaleString('en')} rows`,
      contestant,
      unit: 'milliseconds, all but one in a hundred; less is better',
      value,
      slowest: Math.max(...values),
      fastest: Math.min(...values),
      p99Milliseconds: value,
      must,
    })
    return [
      row('countersign', ours, own, null),
      row('bare query', theirs, floor, { says: '≤ 2 × the bare query', held: own <= 2 * floor }),
    ]
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Rows by a statement of our own: what they say is no matter here, only how many there are and whose. */
async function fill(store: Store, path: string, rows: number) {
  const ports = { store, clock: { now: () => Date.now() }, random: systemRandom } as unknown as Ports
  const origin = { request: 'bench', address: null, userAgent: null }
  const actor = { type: 'operator', id: 'bench', name: 'bench' } as const
  const made = await createSite(ports, { actor, origin, name: 'acme', title: 'Acme', preset: 'erp' })
  if (made.kind !== 'created') throw new Error(made.kind)
  const db = new DatabaseSync(path)
  const add = db.prepare(
    'INSERT INTO audit_entries (site_id, seq, happened_at, ev, actor_id, subject_id, application, entry, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  db.exec('BEGIN')
  for (let seq = 10; seq < rows + 10; seq += 1) {
    const id = `usr_${seq % 100}`
    const entry = {
      v: 1,
      site: made.site.id,
      seq,
      prev: 'x',
      at: 'x',
      ev: 'auth.factor.ok',
      actor: { type: 'user', id },
      subject: null,
      app: 'web',
      req: 'r',
      data: { method: 'app' },
      pii: null,
    }
    add.run(made.site.id, seq, seq * 1_000, 'auth.factor.ok', id, null, 'web', JSON.stringify(entry), 'hash')
  }
  db.exec('COMMIT')
  db.close()
  return made.site.id
}

function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0
}
