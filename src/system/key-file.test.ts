import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, chown, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { addKeyToFile, createKeyFile, readKeyFile } from './key-file.ts'
import { seededRandom } from './random.ts'

const KEY = seededRandom('a key').bytes(32)

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'countersign-key-'))
  t.after(() => rm(path, { recursive: true }))
  return path
}

async function fileWith(t: TestContext, text: string): Promise<string> {
  const path = join(await folder(t), 'key')
  await writeFile(path, text, { mode: 0o600 })
  return path
}

test('a new key file is for its owner only and reads back as the key that was made', async (t) => {
  const path = join(await folder(t), 'key')
  assert.deepEqual(await createKeyFile(path, seededRandom('a key')), { kind: 'created', key: KEY })
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.deepEqual(await readKeyFile(path), { kind: 'keys', keys: [KEY] })
})

test('an existing key file is never overwritten, and neither is what a link names', async (t) => {
  const path = await fileWith(t, 'precious')
  const link = `${path}-link`
  await symlink(path, link)
  for (const each of [path, link]) {
    const answer = await createKeyFile(each, seededRandom('a key'))
    assert.ok(answer.kind === 'refused')
    assert.equal(
      answer.message,
      `The key file ${each} cannot be written: there is a file already, and it is never overwritten.`,
    )
  }
  assert.equal(await readFile(path, 'utf8'), 'precious')
})

test('where no file can be made, the reason is told and nothing is left behind', async (t) => {
  const path = await folder(t)
  const answer = await createKeyFile(join(path, 'nowhere', 'key'), seededRandom('a key'))
  assert.ok(answer.kind === 'refused')
  assert.match(answer.message, /there is no such file or folder\.$/)
  assert.deepEqual(await readdir(path), [])
})

const bytes = Buffer.from(KEY)
const FORMS = [
  ['hexadecimal', bytes.toString('hex')],
  ['hexadecimal in capitals', bytes.toString('hex').toUpperCase()],
  ['base64', bytes.toString('base64')],
  ['base64 without padding', bytes.toString('base64').replaceAll('=', '')],
  ['base64url', bytes.toString('base64url')],
  ['base64 with white space around it', `\n ${bytes.toString('base64')}\r\n`],
] as const

for (const [form, text] of FORMS) {
  test(`a key is read in ${form}`, async (t) => {
    assert.deepEqual(await readKeyFile(await fileWith(t, text)), { kind: 'keys', keys: [KEY] })
  })
}

const UNREADABLE = [
  ['nothing', ''],
  ['a key too short', bytes.subarray(1).toString('base64')],
  ['a key too long', `${bytes.toString('hex')}00`],
  ['one key twice', `${bytes.toString('base64')}\n${bytes.toString('base64')}`],
  ['a key and another text', `${bytes.toString('base64')}\nold`],
  ['another text', 'correct horse battery staple'],
  ['the bytes themselves', bytes.toString('latin1')],
  ['a great deal', 'A'.repeat(5_000_000)],
] as const

for (const [what, text] of UNREADABLE) {
  test(`a file with ${what} holds no key, and the answer does not repeat it`, async (t) => {
    const path = await fileWith(t, text)
    const message = `The key file ${path} does not hold a key on each line: expected 32 bytes as 64 hexadecimal digits or in base64, no key twice.`
    assert.deepEqual(await readKeyFile(path), { kind: 'unreadable', message })
  })
}

test('a missing file and a folder are told apart in one sentence each', async (t) => {
  const path = await folder(t)
  const missing = join(path, 'key')
  assert.deepEqual(await readKeyFile(missing), {
    kind: 'unreadable',
    message: `The key file ${missing} cannot be read: there is no such file or folder.`,
  })
  assert.deepEqual(await readKeyFile(path), {
    kind: 'unreadable',
    message: `The key file ${path} cannot be read: it is a folder.`,
  })
})

test('a file this program may not open is told as such', {
  skip: process.getuid?.() === 0 && 'root may',
}, async (t) => {
  const path = await fileWith(t, bytes.toString('hex'))
  await chmod(path, 0o000)
  const answer = await readKeyFile(path)
  assert.ok(answer.kind === 'unreadable')
  assert.match(answer.message, /this program may not open it\.$/)
})

test('no more than a kilobyte is read of a file that never ends', { timeout: 10_000 }, async (t) => {
  const path = join(await folder(t), 'key')
  execFileSync('mkfifo', [path])
  // Open for both, the pipe has a writer for as long as the test lasts, so that its end is never reached.
  const pipe = await open(path, 'r+')
  t.after(() => pipe.close())
  await pipe.write('A'.repeat(8_192))
  assert.equal((await readKeyFile(path)).kind, 'unreadable')
})

test('a file that others can read is used, with a warning', async (t) => {
  for (const mode of [0o640, 0o604, 0o660, 0o644]) {
    const path = await fileWith(t, bytes.toString('hex'))
    await chmod(path, mode)
    const answer = await readKeyFile(path)
    assert.ok(answer.kind === 'keys')
    assert.match(answer.warning ?? '', /chmod 600 closes it/)
  }
  const owners = await fileWith(t, bytes.toString('hex'))
  await chmod(owners, 0o400)
  assert.deepEqual(await readKeyFile(owners), { kind: 'keys', keys: [KEY] })
})

test('a file that another user owns and our group alone may read, as a cluster mounts it, is used without a warning', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('giving a file away takes root')
  const path = await fileWith(t, bytes.toString('hex'))
  await chown(path, 1, 0)
  for (const [mode, warned] of [
    [0o440, false],
    [0o400, false],
    [0o460, true],
    [0o444, true],
  ] as const) {
    await chmod(path, mode)
    const answer = await readKeyFile(path)
    assert.ok(answer.kind === 'keys')
    assert.equal(answer.warning !== undefined, warned, mode.toString(8))
  }
  await chown(path, 1, 2)
  await chmod(path, 0o440)
  const answer = await readKeyFile(path)
  assert.ok(answer.kind === 'keys' && answer.warning !== undefined)
})

test('[SK-01] a new key comes before those of a file, which stay, with its rights', async (t) => {
  const path = await fileWith(t, bytes.toString('hex'))
  await chmod(path, 0o640)
  const link = `${path}-link`
  await symlink(path, link)
  const added = await addKeyToFile(link, seededRandom('a second key'))
  assert.ok(added.kind === 'created')
  const read = await readKeyFile(path)
  assert.ok(read.kind === 'keys')
  assert.deepEqual(read.keys, [seededRandom('a second key').bytes(32), KEY])
  assert.equal((await stat(path)).mode & 0o777, 0o640)
  assert.deepEqual((await readdir(join(path, '..'))).sort(), ['key', 'key-link'])
})

test('[SK-01] no key is added to a file without one, beside an attempt that is under way, or to one that is full', async (t) => {
  const path = await fileWith(t, 'precious')
  assert.equal((await addKeyToFile(path, seededRandom('x'))).kind, 'refused')
  assert.equal(await readFile(path, 'utf8'), 'precious')

  await writeFile(path, bytes.toString('hex'))
  await writeFile(`${path}.new`, 'of somebody else')
  assert.equal((await addKeyToFile(path, seededRandom('x'))).kind, 'refused')
  assert.equal(await readFile(`${path}.new`, 'utf8'), 'of somebody else')
  await rm(`${path}.new`)

  const random = seededRandom('many')
  let last = await addKeyToFile(path, random)
  for (let index = 0; index < 30; index += 1) last = await addKeyToFile(path, random)
  assert.ok(last.kind === 'refused')
  assert.match(last.message, /is full/)
  const read = await readKeyFile(path)
  assert.ok(read.kind === 'keys')
  assert.deepEqual(read.keys.at(-1), KEY)
})
