import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { days } from '#domain/time.ts'
import { type CommandLine, commandLine } from '../../test/command-line.ts'

/** A site in a file, and a second hand on that file which no trigger holds back. */
async function damaged(
  t: TestContext,
  sql: string,
  before: (line: CommandLine) => Promise<void> = () => Promise.resolve(),
): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-verify-'))
  const path = join(folder, 'test.db')
  const line = await commandLine({ database: `sqlite:${path}` })
  await before(line)
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

test('[AU-01] a whole log is verified while it is written, with its first and last entry and the head', async (t) => {
  const line = await damaged(t, 'SELECT 1')
  const [newest] = await line.ports.store.audit(line.site.id, { limit: 1 })
  const { code, out } = await verify(line)
  assert.deepEqual(
    [code, out],
    [0, `The audit log of acme is whole: entries 1 to ${newest?.seq}; no checkpoint was met.\nhead ${newest?.hash}\n`],
  )
  const head = { seq: newest?.seq, hash: newest?.hash }
  const told = { kind: 'ok', site: 'acme', first: 1, head, checkpoints: 0, sealed: 0, backwards: null }
  assert.deepEqual(await line.json('--site acme audit verify'), told)
  assert.equal((await line.run('--site nowhere audit verify')).code, 3)
})

test('[AU-02] a changed entry ends with 2 and is named', async (t) => {
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

test('[AU-03] [F18] a missing entry ends with 3, the first one and one in the middle', async (t) => {
  for (const seq of [1, 4]) {
    const line = await damaged(t, `${PERSONAL} DELETE FROM audit_entries WHERE seq = ${seq}`)
    const { code, err } = await verify(line)
    assert.deepEqual([code, err], [3, `The audit log of acme has no entry ${seq}.\n`])
  }
})

test('[AU-03] [F18] an end that was cut off ends with 5', async (t) => {
  const line = await damaged(t, `${PERSONAL} DELETE FROM audit_entries WHERE seq > 5`)
  const { code, err } = await verify(line)
  assert.equal(code, 5)
  assert.match(err, /^The audit log of acme ends at entry 5; it was written up to \d+\.$/m)
})

test('an entry of a newer form ends with 6', async (t) => {
  const line = await damaged(t, `UPDATE audit_entries SET entry = replace(entry, '"v":1', '"v":2') WHERE seq = 2`)
  assert.equal((await verify(line)).code, 6)
})

/** A site with a sealed log, whose database somebody then changes; what they can change, they change. */
async function sealedAndDamaged(t: TestContext, sql: string): Promise<CommandLine> {
  return damaged(t, sql, async (line) => {
    assert.equal((await line.run('--site acme audit seal')).code, 0)
  })
}

test('[AU-05] a forged entry that is put in or added at the end is named, and so is a whole log written anew', async (t) => {
  const added = await sealedAndDamaged(
    t,
    `INSERT INTO audit_entries SELECT site_id, seq + 1, happened_at, ev, actor_id, subject_id, application, entry, hash
     FROM audit_entries ORDER BY seq DESC LIMIT 1`,
  )
  const { code, err } = await verify(added)
  assert.equal(code, 2)
  assert.match(err, /^The audit log of acme was changed at entry \d+\./)
})

test('[AU-03] a deleted tail is found by the newest checkpoint even when the head beside the chain was set back too', async (t) => {
  const line = await sealedAndDamaged(
    t,
    `${PERSONAL} DELETE FROM audit_entries WHERE seq > 5;
     UPDATE audit_heads SET seq = 5, hash = (SELECT hash FROM audit_entries WHERE seq = 5)`,
  )
  const { code, err } = await verify(line)
  assert.equal(code, 4)
  assert.match(err, /^The checkpoint of acme at entry \d+ is missing/)
})

test('a checkpoint that was taken away, bent or signed by another key ends with 4', async (t) => {
  for (const sql of [
    'DELETE FROM audit_checkpoints',
    `UPDATE audit_checkpoints SET note = replace(note, 'head ', 'head 0')`,
    `UPDATE audit_keys SET verifier = 'countersign/site/x+00000000+AAAA'`,
  ]) {
    const line = await sealedAndDamaged(t, sql)
    assert.equal((await verify(line)).code, 4, sql)
  }
})

test('[AU-04] what was cut off with its checkpoints is found by a checkpoint that was kept elsewhere, and only by it', async (t) => {
  const folder = temporary(t)
  const cut = `${PERSONAL} DELETE FROM audit_entries WHERE seq > 5; DELETE FROM audit_checkpoints; DELETE FROM audit_seals;
    UPDATE audit_heads SET seq = 5, hash = (SELECT hash FROM audit_entries WHERE seq = 5)`
  const anchor = join(folder, 'anchor')
  const pubkey = join(folder, 'pubkey')
  const line = await damaged(t, cut, async (before) => {
    writeFileSync(anchor, (await before.run('--site acme audit seal')).out)
    writeFileSync(pubkey, (await before.run('--site acme audit key')).out)
  })
  assert.equal((await verify(line)).code, 0)
  const { code, err } = await line.run(`--site acme audit verify --pubkey ${pubkey} --anchor ${anchor}`)
  assert.equal(code, 5)
  assert.match(err, /^The audit log of acme ends at entry 5; a signed checkpoint counts \d+\./)
})

test('[S4.25] [AU-12] an exported log verifies elsewhere with nothing but the public key, and a bent one does not', async (t) => {
  const folder = temporary(t)
  const line = await commandLine()
  t.after(() => line.close())
  const [bundle, pubkey, other] = ['bundle', 'pubkey', 'other'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(bundle, (await line.run('--site acme audit export --format bundle')).out)
  writeFileSync(pubkey, (await line.run('--site acme audit key')).out)
  writeFileSync(other, 'countersign/site/site_x+00000000+AAAA\n')
  const elsewhere = { open: () => Promise.reject(new Error('there is no database here')) }
  const away = await commandLine({ context: elsewhere })
  t.after(() => away.close())
  const check = (more: string) => away.run(`audit verify --bundle ${bundle} ${more}`)
  const { code, out } = await check(`--pubkey ${pubkey}`)
  assert.equal(code, 0)
  assert.match(out, /^The audit log of acme is whole: entries 1 to \d+; 1 checkpoints hold/)
  assert.equal((await check('')).code, 0)
  assert.equal((await check(`--pubkey ${other}`)).code, 2)
  const text = readFileSync(bundle, 'utf8')
  assert.ok(!text.includes('kim@'))
  writeFileSync(bundle, text.replace('user.created', 'user.deleted'))
  assert.equal((await check(`--pubkey ${pubkey}`)).code, 2)
  writeFileSync(bundle, text.split('\n').slice(0, 4).join('\n'))
  assert.equal((await check('')).code, 0)
  assert.equal((await check(`--pubkey ${pubkey} --anchor ${anchorIn(folder, text)}`)).code, 5)
  writeFileSync(bundle, 'nothing of the kind')
  assert.equal((await check('')).code, 2)
  assert.equal((await away.run(`audit verify --bundle ${join(folder, 'missing')}`)).code, 3)
})

test('one entry is proved to somebody who has nothing but the public key', async (t) => {
  const folder = temporary(t)
  const line = await commandLine()
  t.after(() => line.close())
  const [proof, pubkey] = [join(folder, 'proof'), join(folder, 'pubkey')]
  writeFileSync(proof, (await line.run('--site acme audit prove 3')).out)
  writeFileSync(pubkey, (await line.run('--site acme audit key')).out)
  assert.equal((await line.run(`audit check-proof ${proof} --pubkey ${pubkey}`)).code, 0)
  writeFileSync(proof, readFileSync(proof, 'utf8').replace('"seq":3', '"seq":4'))
  assert.equal((await line.run(`audit check-proof ${proof} --pubkey ${pubkey}`)).code, 2)
  writeFileSync(proof, '{}')
  assert.equal((await line.run(`audit check-proof ${proof} --pubkey ${pubkey}`)).code, 2)
  assert.equal((await line.run('--site acme audit prove 99999')).code, 3)
})

test('[AU-10] the oldest part is removed by command, and not more than asked', async (t) => {
  const line = await commandLine()
  t.after(() => line.close())
  await line.run('--site acme audit seal')
  const nothing = await line.run('--site acme audit purge --before 2026-01-01')
  assert.match(nothing.out, /^No whole part of the log is that old/)
  line.clock.pass(days(2))
  const { out } = await line.run('--site acme audit purge --before 2026-11-03')
  assert.match(out, /^Entries 1 to \d+ are gone; what is left verifies as before\.$/m)
  assert.equal((await verify(line)).code, 0)
})

test('[AU-14] what is personal about a deleted user is erased by command', async (t) => {
  const line = await commandLine()
  t.after(() => line.close())
  const kim = (await line.ports.store.personFile(line.site.id, 'kim', line.clock.now()))?.user.id
  assert.equal((await line.run('--site acme audit erase kim')).code, 2)
  assert.equal((await line.run(`--site acme audit erase ${kim}`)).code, 4)
  const rotated = await line.run('--site acme audit rotate-key')
  assert.match(rotated.out, /^countersign\/site\/site_\w+\+[0-9a-f]{8}\+\S+$/m)
})

function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-proof-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

/** The checkpoint of an exported log, as somebody would have kept it. */
function anchorIn(folder: string, bundle: string): string {
  const path = join(folder, 'anchor')
  writeFileSync(path, bundle.split('\n').find((each) => each.startsWith('{"note"')) ?? assert.fail())
  return path
}
