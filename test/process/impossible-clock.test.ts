import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { startNode, writeKey } from '../nodes/node-process.ts'
import { countersign } from './demo-process.ts'

// The machine's clock cannot be set by a test: a module that is loaded before the program puts the file `apart` between it and the clock.
const CLOCK = `import { readFileSync } from 'node:fs'
const real = Date.now
Date.now = () => real() + Number(readFileSync(new URL('./apart', import.meta.url), 'utf8'))
`

test('[CK-07] a server that starts in 1970 is not ready and says why, lets nobody in, and serves once the time is right', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-1970-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const clock = join(folder, 'clock.mjs')
  const apart = join(folder, 'apart')
  writeFileSync(clock, CLOCK)
  writeKey(folder)
  const database = `sqlite:${join(folder, 'countersign.db')}`
  const key = { COUNTERSIGN_DATABASE: database, COUNTERSIGN_KEY_FILE: join(folder, 'key') }
  const made = await countersign(['sites', 'create', 'acme', '--preset', 'erp'], key)
  assert.equal(made.code, 0, made.err)

  writeFileSync(apart, String(-Date.now()))
  const early = { NODE_OPTIONS: `--import=${pathToFileURL(clock).href}` }
  const node = await startNode({ folder, database, origin: 'http://127.0.0.1' }, early)
  t.after(() => node.stop())
  const unready = await node.ready()
  assert.equal(unready.status, 503)
  assert.match(unready.text, /shows 1970-01-01T.*before this version of Countersign was made.*set right/)
  const login = { body: { username: 'kim', password: 'kim-demo-password' } }
  assert.equal((await node.ask('POST /login', login)).status, 503)
  assert.match(node.log(), /before this version of Countersign was made/)

  const doctor = await countersign(['doctor'], { ...key, ...early })
  assert.equal(doctor.code, 1, doctor.err)
  assert.match(doctor.out, /BAD {3}clock: It shows 1970-01-01T.*\n {6}→ Set it/)
  const command = await countersign(['--site', 'acme', 'set-config', 'two_factor.enabled', 'true'], {
    ...key,
    ...early,
  })
  assert.equal(command.code, 5, command.err)
  assert.match(command.err, /^The clock shows 1970-/)

  writeFileSync(apart, '0')
  assert.deepEqual(await node.ready(), { status: 200, text: 'ready\n' })
  assert.equal((await node.ask('POST /login', login)).status, 401)
})
