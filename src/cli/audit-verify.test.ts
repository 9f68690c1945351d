import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { type CommandLine, commandLine } from '../../test/command-line.ts'

/** A site in a file, and a second hand on that file which no trigger holds back. */
async function damaged(t: TestContext, sql: string): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-verify-'))
  const path = join(folder, 'test.db')
  const line = await commandLine({ database: `sqlite:${path}` })
  const hand = new DatabaseSync(path)
  for (const name of hand.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all())
    hand.exec(`DROP TRIGGER ${String(name['name'])}`)
  hand.exec(sql)
  hand.close()
  t.after(async () => {
    await line.close()
    rmSync(folder, { recursive: true })
  })
  return line
}

const verify = (line: CommandLine) => line.run('--site acme audit verify')
const PERSONAL = 'PRAGMA foreign_keys = OFF;'

test('a whole log is verified while it is written, with its first and last entry and the head', async (t) => {
  const line = await damaged(t, 'SELECT 1')
  const [newest] = await line.ports.store.audit(line.site.id, { limit: 1 })
  const { code, out } = await verify(line)
  assert.deepEqual(
    [code, out],
    [0, `The audit log of acme is whole: entries 1 to ${newest?.seq}.\nhead ${newest?.hash}\n`],
  )
  assert.deepEqual(await line.json('--site acme audit verify'), {
    kind: 'ok',
    site: 'acme',
    first: 1,
    head: { seq: newest?.seq, hash: newest?.hash },
  })
  assert.equal((await line.run('--site nowhere audit verify')).code, 3)
})

test('a changed entry ends with 2 and is named', async (t) => {
  const line = await damaged(
    t,
    `UPDATE audit_entries SET entry = replace(entry, 'user.created', 'user.deleted') WHERE seq = 3`,
  )
  const { code, out, err } = await verify(line)
  assert.deepEqual([code, out], [2, ''])
  assert.match(err, /^The audit log of acme was changed at entry 3\.\nexpected [0-9a-f]{64}\nfound {4}[0-9a-f]{64}$/m)
  const json = await line.run('--site acme audit verify --json')
  assert.deepEqual([json.code, (JSON.parse(json.out) as { kind: string; seq: number }).seq], [2, 3])
})

test('a missing entry ends with 3, the first one and one in the middle', async (t) => {
  for (const seq of [1, 4]) {
    const line = await damaged(t, `${PERSONAL} DELETE FROM audit_entries WHERE seq = ${seq}`)
    const { code, err } = await verify(line)
    assert.deepEqual([code, err], [3, `The audit log of acme has no entry ${seq}.\n`])
  }
})

test('an end that was cut off ends with 5', async (t) => {
  const line = await damaged(t, `${PERSONAL} DELETE FROM audit_entries WHERE seq > 5`)
  const { code, err } = await verify(line)
  assert.equal(code, 5)
  assert.match(err, /^The audit log of acme ends at entry 5; it was written up to \d+\.$/m)
})

test('an entry of a newer form ends with 6', async (t) => {
  const line = await damaged(t, `UPDATE audit_entries SET entry = replace(entry, '"v":1', '"v":2') WHERE seq = 2`)
  assert.equal((await verify(line)).code, 6)
})
