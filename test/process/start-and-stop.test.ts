import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { countersign, startDemoProcess } from './demo-process.ts'

let folder = ''
let key = ''
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-start-'))
  key = join(folder, 'key')
  const made = await countersign(['keys', 'create', key])
  assert.equal(made.code, 0, made.err)
})
after(() => rmSync(folder, { recursive: true, force: true }))

const UNREACHABLE = 5

test('SIGTERM stops the demo with exit code 0 and no word', async () => {
  const demo = await startDemoProcess()
  assert.equal((await fetch(`${demo.origin}/healthz`)).status, 200)
  assert.deepEqual(await demo.stop(), { code: 0, err: '' })
  await assert.rejects(fetch(`${demo.origin}/healthz`))
})

test('a database that cannot be opened is named', async () => {
  const inAFile = join(key, 'countersign.db')
  await saysOneSentence(['serve'], { COUNTERSIGN_DATABASE: `sqlite:${inAFile}` }, inAFile)
  await saysOneSentence(['--site', 'acme', 'get-config'], { COUNTERSIGN_DATABASE: `sqlite:${folder}` }, folder)
})

test('a database of a kind that nobody knows is said to be', async () => {
  await saysOneSentence(['serve'], { COUNTERSIGN_DATABASE: 'mysql://localhost/countersign' }, /mysql|sqlite:/)
})

test('a file that is no database is not touched', async () => {
  const file = join(folder, 'notes.txt')
  writeFileSync(file, 'Things to do. '.repeat(500))
  await saysOneSentence(['serve'], { COUNTERSIGN_DATABASE: `sqlite:${file}` }, file)
})

test('[SK-02] a missing key is named', async () => {
  const missing = join(folder, 'nowhere')
  await saysOneSentence(['serve'], { COUNTERSIGN_KEY_FILE: missing }, missing)
})

test('a key file that holds no key, or is none, is named', async () => {
  const wrong = join(folder, 'wrong-key')
  writeFileSync(wrong, 'hunter2')
  const { err } = await saysOneSentence(['serve'], { COUNTERSIGN_KEY_FILE: wrong }, wrong)
  assert.doesNotMatch(err, /hunter2/)
  await saysOneSentence(['serve'], { COUNTERSIGN_KEY_FILE: folder }, folder)
})

test('an unknown variable stops the start, with the one that was meant', async () => {
  await saysOneSentence(['serve'], { COUNTERSIGN_DATABSE: 'sqlite:x' }, /COUNTERSIGN_DATABSE .*COUNTERSIGN_DATABASE/)
  await saysOneSentence(['--site', 'acme', 'get-config'], { COUNTERSIGN_KEYFILE: 'x' }, /COUNTERSIGN_KEY_FILE/)
})

test('[UP-07] a setting of the environment that this version knows no more, or never knew, stops every start, and nothing is made or changed', async () => {
  const database = join(folder, 'untouched.db')
  for (const words of [['serve'], ['migrate'], ['--site', 'acme', 'get-config']]) {
    const old = { COUNTERSIGN_REQUIRE_TWO_FACTOR: 'always', COUNTERSIGN_DATABASE: `sqlite:${database}` }
    const { err } = await saysOneSentence(words, old, /COUNTERSIGN_REQUIRE_TWO_FACTOR is not a variable/)
    assert.doesNotMatch(err, /always/)
    assert.equal(existsSync(database), false)
  }
})

test('a port that is taken is named, for the demo and for the server', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  assert.ok(address !== null && typeof address === 'object')
  const at = `127.0.0.1:${address.port}`
  try {
    await saysOneSentence(['demo', '--listen', at, '--data', join(folder, 'demo')], {}, String(address.port))
    await saysOneSentence(['serve'], { COUNTERSIGN_LISTEN: at }, String(address.port))
  } finally {
    holder.close()
  }
})

/** One clear sentence on standard error, nothing on standard output, and an exit code that a script can read. */
async function saysOneSentence(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  about: string | RegExp,
): Promise<{ readonly err: string }> {
  const good = { COUNTERSIGN_DATABASE: `sqlite:${join(folder, 'countersign.db')}`, COUNTERSIGN_KEY_FILE: key }
  const { code, out, err } = await countersign(words, { ...(words[0] === 'demo' ? {} : good), ...environment })
  assert.equal(out, '')
  assert.match(err, /^[^\n]+\n$/, 'one line')
  assert.ok(typeof about === 'string' ? err.includes(about) : about.test(err), err)
  assert.doesNotMatch(err, /\bat .*:\d+:\d+|Error:/)
  assert.equal(code, UNREACHABLE, err)
  return { err }
}
