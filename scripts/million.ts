import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import type { AuditEvent } from '#audit/event.ts'
import { sealAudit } from '#usecases/seal-audit.ts'
import { openHouse } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'

// `npm run million`: a log of a million entries, written through the store as a server writes it; `audit verify` over it, in the database
// and as an exported bundle with nothing but the public key; then the same after each kind of damage that somebody can do in SQL.
// `npm run million -- 20000` takes another number of entries; `--write` puts the table into docs/audit.md. Two or three minutes.

const ROOT = resolve(import.meta.dirname, '..')
const PAGE = join(ROOT, 'docs/audit.md')
/** Where the page tells of it: from the line with the number of entries to its end. */
const TOLD = /^[\d,]+ entries on [\s\S]*$/m
const ENTRIES_A_COMMIT = 1_000
const COMMITS_A_SEAL = 50

const words = process.argv.slice(3)
const wanted = Number(words.find((word) => /^\d+$/.test(word)) ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'countersign-million-'))
const database = join(folder, 'countersign.db')
const environment = {
  ...process.env,
  COUNTERSIGN_DATABASE: `sqlite:${database}`,
  COUNTERSIGN_KEY_FILE: join(folder, 'key'),
}
try {
  const lines = await measured()
  console.log(lines.join('\n'))
  if (words.includes('--write')) {
    const page = readFileSync(PAGE, 'utf8')
    writeFileSync(
      PAGE,
      page.replace(TOLD, () => `${lines.join('\n')}\n`),
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measured(): Promise<readonly string[]> {
  countersign('keys', 'create', environment.COUNTERSIGN_KEY_FILE)
  countersign('sites', 'create', 'acme')
  const entries = await written(wanted)
  const pubkey = join(folder, 'pubkey')
  writeFileSync(pubkey, countersign('--site', 'acme', 'audit', 'key').out)
  const bundle = join(folder, 'bundle.jsonl')
  countersignInto(bundle, '--site', 'acme', 'audit', 'export', '--format', 'bundle')

  const lines = [
    `${entries.toLocaleString('en')} entries on SQLite; each row is a command from its start to its end, on one core.`,
    '',
    '| what was verified | exit | seconds | entries a second |',
    '|---|---|---|---|',
  ]
  const row = (what: string, { code, took }: Ran): void => {
    // Where something is wrong the walk ends there, so that there is no rate to tell.
    const rate = code === 0 ? Math.round(entries / took).toLocaleString('en') : ''
    lines.push(`| ${what} | ${code} | ${took.toFixed(1)} | ${rate} |`)
  }
  const expect = (what: string, ran: Ran, code: number): void => {
    if (ran.code !== code) throw new Error(`${what}: exit code ${ran.code} in place of ${code}: ${ran.err}`)
    row(what, ran)
  }
  expect('the log in the database', countersign('--site', 'acme', 'audit', 'verify'), 0)
  expect(
    'a bundle, with the public key only',
    countersign('audit', 'verify', '--bundle', bundle, '--pubkey', pubkey),
    0,
  )
  const middle = Math.round(entries / 2)
  const anywhere = `site_id = (SELECT site_id FROM audit_heads) AND seq`
  for (const [what, seq, sql, code] of [
    ['the first entry deleted in SQL', 1, `DELETE FROM audit_entries WHERE ${anywhere} = ?`, 3],
    ['one in the middle deleted', middle, `DELETE FROM audit_entries WHERE ${anywhere} = ?`, 3],
    ['the last deleted', entries, `DELETE FROM audit_entries WHERE ${anywhere} = ?`, 5],
    [
      'a word of one in the middle changed',
      middle,
      `UPDATE audit_entries SET entry = replace(entry, '"app"', '"sms"') WHERE ${anywhere} = ?`,
      2,
    ],
  ] as const)
    damaged(seq, sql, () => expect(what, countersign('--site', 'acme', 'audit', 'verify'), code))
  expect('all put back', countersign('--site', 'acme', 'audit', 'verify'), 0)
  return lines
}

/** Writes entries like those of factors that were proved, with a checkpoint now and then, and one at the end; answers how many there are. */
async function written(count: number): Promise<number> {
  const parsed = parseConfig(environment)
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  const house = await openHouse(parsed.config)
  if (house.kind === 'failed') throw new Error(house.message)
  const { ports } = house
  const site = await ports.store.site('acme')
  if (site === null) throw new Error('there is no site')
  const origin = { request: 'million', address: '198.51.100.7', userAgent: 'Mozilla/5.0' }
  const head = async (): Promise<number> => (await ports.store.auditSeal(site.id))?.head.seq ?? 0
  for (let commits = 1, at = await head(); at < count; commits += 1, at = await head()) {
    const [first, ...others] = Array.from({ length: Math.min(ENTRIES_A_COMMIT, count - at) }, (_, each) => {
      const user = { type: 'user', id: `usr_${(at + each) % 300}`, name: `user${(at + each) % 300}` } as const
      return { ev: 'auth.factor.ok', actor: user, subject: user, application: null, data: { method: 'app' } }
    }) satisfies AuditEvent[]
    if (first === undefined) break
    const done = await ports.store.commit({
      site: site.id,
      at: ports.clock.now(),
      origin,
      changes: [],
      events: [first, ...others],
    })
    if (done === 'conflict') throw new Error('the entries could not be written')
    if (commits % COMMITS_A_SEAL === 0) await sealAudit(ports, 'acme')
  }
  const sealed = await sealAudit(ports, 'acme')
  if (sealed.kind === 'damaged') throw new Error('the log is damaged')
  const entries = await head()
  await house.close()
  return entries
}

/** Does something to one entry, as whoever has the database can, and puts it back. */
function damaged(seq: number, sql: string, look: () => void): void {
  const hand = new DatabaseSync(database)
  hand.exec('PRAGMA foreign_keys = OFF')
  const triggers = hand.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
  for (const { name } of triggers) hand.exec(`DROP TRIGGER ${String(name)}`)
  const before = hand.prepare('SELECT * FROM audit_entries WHERE seq = ?').get(seq) ?? {}
  if (hand.prepare(sql).run(seq).changes !== 1) throw new Error(`nothing was damaged at ${seq}`)
  try {
    look()
  } finally {
    const names = Object.keys(before)
    hand
      .prepare(`INSERT OR REPLACE INTO audit_entries (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(before))
    for (const each of triggers) hand.exec(String(each['sql']))
    hand.close()
  }
}

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly took: number
}

function countersign(...typed: string[]): Ran {
  return ran(typed, 'pipe')
}

function countersignInto(file: string, ...typed: string[]): void {
  const descriptor = openSync(file, 'w')
  try {
    const { code, err } = ran(typed, descriptor)
    if (code !== 0) throw new Error(err)
  } finally {
    closeSync(descriptor)
  }
}

/** One command in a process of its own, timed from its start to its end. */
function ran(typed: readonly string[], out: 'pipe' | number): Ran {
  const from = performance.now()
  const took = (): number => (performance.now() - from) / 1_000
  try {
    const said = execFileSync(process.execPath, [join(ROOT, 'src/main.ts'), ...typed], {
      env: environment,
      stdio: ['ignore', out, 'pipe'],
      encoding: 'utf8',
    })
    return { code: 0, out: said ?? '', err: '', took: took() }
  } catch (error) {
    const { status, stderr } = error as { readonly status: number | null; readonly stderr: string }
    return { code: status ?? -1, out: '', err: stderr, took: took() }
  }
}
