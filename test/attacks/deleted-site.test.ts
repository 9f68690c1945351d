import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { createSite, deleteSite } from '#usecases/sites.ts'
import { sealAudits } from '#usecases/seal-audits.ts'
import { apiWorld } from '../api-world.ts'
import { type CommandLine, commandLine } from '../command-line.ts'
import { forget, resetPath } from '../reset-steps.ts'
import { secondSite } from '../second-site.ts'
import { signInWithCode } from '../steps.ts'
import { wholeServerOver } from '../whole-server.ts'
import { ADMIN } from '../world.ts'

// A site is deleted, and somebody still has a cookie, a key, a link or a waiting sign-in of it; later another site gets its name. Somebody
// else would like the deletion, or what was done before it, never to have been.

test('[TI-09] whatever was handed out by a deleted site is dead, also at a new site of the same name; its neighbour does not notice', async (t) => {
  const world = await apiWorld({ preset: 'manufacturing' })
  t.after(world.close)
  const server = wholeServerOver(world)
  const other = await secondSite(world, 'globex', 'manufacturing')
  await other.join('kim')
  const { token: session, deviceToken } = await signInWithCode(world, 'kim')
  assert.ok(deviceToken)
  const pending: string = (await world.login('sam')).body.pending.token
  await world.pump()
  const code = world.codeFor('sam')
  const key = world.keys.admin
  await forget(server, 'sam')
  const link = resetPath(server, 'sam')
  const knocks = async () => {
    const status = async (door: string, token: string, body?: object) =>
      (await world.api(door, { token, ...(body ? { body } : {}) })).status
    const page = (path: string, cookie = '') =>
      server.knock(`GET ${path}`, { headers: { accept: 'text/html', cookie } })
    return {
      session: await status('GET /session', session),
      'forward-auth': await status('GET /forward-auth/kim', session),
      key: await status('GET /users', key),
      'waiting sign-in': await status('POST /login/verify', pending, { code: code }),
      'login of a remembered browser': (await world.login('kim', { device_token: deviceToken })).status,
      'reset link': (await page(link)).status,
    }
  }
  const before = await knocks()
  assert.deepEqual([before.session, before.key, before['waiting sign-in'], before['reset link']], [200, 200, 200, 200])

  assert.equal(await deleteSite(world.ports, { ...ADMIN, name: 'acme' }), 'deleted')
  for (const [what, status] of Object.entries(await knocks())) assert.equal(status, 404, what)
  assert.equal((await createSite(world.ports, { ...ADMIN, name: 'acme' })).kind, 'created')
  for (const [what, status] of Object.entries(await knocks()))
    assert.ok([401, 404, 410].includes(status), `${what} at the new site: ${status}`)
  assert.equal((await other.password('kim')).kind, 'signed-in')
  const file = await world.ports.store.siteFile('globex')
  assert.equal(
    (await world.ports.store.audit(other.site.id, { limit: 9 })).some(({ ev }) => ev === 'site.deleted'),
    false,
  )
  assert.ok(file)
})

/** A site with a log in a file is deleted; answers the command line, the file, and a bundle of what is left. */
async function deleted(t: TestContext): Promise<{ line: CommandLine; path: string; folder: string; bundle: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-deleted-'))
  const path = join(folder, 'test.db')
  const line = await commandLine({ database: `sqlite:${path}` })
  t.after(async () => {
    await line.close()
    rmSync(folder, { recursive: true })
  })
  assert.equal((await line.run('sites delete acme --yes')).code, 0)
  const { code, out } = await line.run('sites export-log acme')
  assert.equal(code, 0)
  const bundle = join(folder, 'acme.jsonl')
  writeFileSync(bundle, out)
  return { line, path, folder, bundle }
}

test('[TI-09] the log of a deleted site is closed by a checkpoint that counts its deletion, and is exported and verified', async (t) => {
  const { line, bundle } = await deleted(t)
  const [log, ...more] = (await line.json('sites deleted')) as {
    name: string
    id: string
    sealed: boolean
    entries: number
  }[]
  assert.deepEqual([log?.name, log?.sealed, more], ['acme', true, []])
  assert.equal((await line.run('--site acme audit list')).code, 3, 'there is no such site')
  const verified = await line.run(`audit verify --bundle ${bundle}`)
  assert.equal(verified.code, 0, verified.err)
  const told = (await line.json(`audit verify --bundle ${bundle}`)) as { entries?: number; sealed?: number }
  assert.equal(told.sealed, log?.entries, 'to its last entry')

  // Another one of that name, deleted as well: a name alone no longer says which.
  assert.equal((await line.run('sites create acme')).code, 0)
  assert.equal((await line.run('sites delete acme --yes')).code, 0)
  const which = await line.run('sites export-log acme')
  assert.equal(which.code, 2)
  assert.match(which.err, /2 deleted sites were called acme\. Say which by its id: site_[\w-]+ \(deleted .*Z\), site_/)
  assert.match((await line.run(`sites export-log ${log?.id}`)).out, /site\.deleted/)
  assert.equal((await line.run('sites export-log globex')).code, 3)
})

test('[TI-09] whoever cuts the deletion off the log, or changes what came before, is found out by whoever has the key', async (t) => {
  for (const sql of [
    "DELETE FROM audit_entries WHERE ev = 'site.deleted'",
    'DELETE FROM audit_entries WHERE seq = 2',
    "UPDATE audit_entries SET entry = replace(entry, 'manufacturing', 'retail') WHERE seq = 1",
  ]) {
    const { line, path, folder } = await deleted(t)
    const hand = new DatabaseSync(path)
    for (const { name } of hand.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all())
      hand.exec(`DROP TRIGGER ${String(name)}`)
    hand.exec('PRAGMA foreign_keys = OFF')
    hand.exec(sql)
    hand.close()
    const { out } = await line.run('sites export-log acme')
    const changed = join(folder, 'changed.jsonl')
    writeFileSync(changed, out)
    const { code } = await line.run(`audit verify --bundle ${changed}`)
    assert.notEqual(code, 0, sql)
  }
})

test('[TI-09] a server that stopped between the deletion and its seal seals it later, by itself', async (t) => {
  const line = await commandLine()
  t.after(line.close)
  const { store } = line.ports
  const breaking = { ...store, sealClosedLog: () => Promise.reject(new Error('the power went out')) }
  await assert.rejects(deleteSite({ ...line.ports, store: breaking }, { ...ADMIN, name: 'acme' }), /the power went out/)
  const sealed = async () => (await store.closedLogs()).map((each) => each.sealed === each.entries)
  assert.deepEqual(await sealed(), [false])
  await sealAudits(line.ports)
  assert.deepEqual(await sealed(), [true])
  await sealAudits(line.ports)
})
