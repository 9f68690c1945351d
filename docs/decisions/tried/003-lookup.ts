import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// What one prepared lookup of a session costs, and one durable commit, on a file.
const folder = mkdtempSync(join(tmpdir(), 'countersign-tried-'))
const db = new DatabaseSync(join(folder, 'tried.db'))
db.exec('pragma journal_mode = wal; pragma synchronous = full')
db.exec('create table session (digest text primary key, user text not null, ends_at integer not null) strict')

const add = db.prepare('insert into session (digest, user, ends_at) values (?, ?, ?)')
db.exec('begin immediate')
for (let at = 0; at < 100_000; at += 1) add.run(`digest-${at}`, `user-${at % 500}`, at)
db.exec('commit')

const find = db.prepare('select user, ends_at from session where digest = ?')
const lookups = 200_000
let began = performance.now()
for (let at = 0; at < lookups; at += 1) find.get(`digest-${(at * 7919) % 100_000}`)
console.log(`one lookup among 100,000 sessions: ${(((performance.now() - began) / lookups) * 1_000).toFixed(1)} µs`)

const commits = 300
began = performance.now()
for (let at = 0; at < commits; at += 1) {
  db.exec('begin immediate')
  add.run(`new-${at}`, 'user-1', at)
  db.exec('commit')
}
console.log(`one durable commit: ${((performance.now() - began) / commits).toFixed(2)} ms`)
db.close()
rmSync(folder, { recursive: true })
