import { setImmediate as turn } from 'node:timers/promises'
import { DatabaseSync } from 'node:sqlite'

// One right code, submitted fifty times at once: how many sessions does each way of spending it open?
const SUBMITS = 50

function freshDatabase(): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  db.exec(
    "create table challenge (id integer primary key, state text not null) strict; insert into challenge values (1, 'open')",
  )
  db.exec('create table session (id integer primary key) strict')
  return db
}

/** Reads, looks at the answer, writes: anything may happen in between. */
async function readThenWrite(db: DatabaseSync): Promise<void> {
  const challenge = db.prepare('select state from challenge where id = 1').get()
  await turn()
  if (challenge?.['state'] !== 'open') return
  db.exec("update challenge set state = 'passed' where id = 1; insert into session default values")
}

/** Decides on what was read, then writes only if that is still so. */
async function guardedWrite(db: DatabaseSync): Promise<void> {
  const challenge = db.prepare('select state from challenge where id = 1').get()
  await turn()
  if (challenge?.['state'] !== 'open') return
  db.exec('begin immediate')
  const { changes } = db.prepare("update challenge set state = 'passed' where id = 1 and state = 'open'").run()
  if (changes === 1) db.exec('insert into session default values')
  db.exec(changes === 1 ? 'commit' : 'rollback')
}

for (const way of [readThenWrite, guardedWrite]) {
  const db = freshDatabase()
  await Promise.all(Array.from({ length: SUBMITS }, () => way(db)))
  console.log(
    `${way.name}: ${String(db.prepare('select count(*) as sessions from session').get()?.['sessions'])} sessions`,
  )
}
