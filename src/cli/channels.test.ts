import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkApiKey } from '#usecases/api-keys.ts'
import { commandLine } from '../../test/command-line.ts'

const CAPTURED = '{"kind": "captured"}'

test('channels are set up from a document and switched off; what is in it is never shown', async () => {
  const line = await commandLine()
  assert.match((await line.run('--site acme channels list')).out, /^email +configured +server$/m)
  const set = await line.run('--site acme channels set email --file -', CAPTURED)
  assert.equal(set.code, 0)
  assert.match(set.out, /^The email channel is set up\.\nA gateway sends its receipts to http:\S+\n$/)
  assert.deepEqual(await line.json('--site acme channels off sms'), {
    channel: 'sms',
    state: 'off',
    receipts_url: null,
  })
  assert.deepEqual(await line.json('--site acme channels list'), [
    { channel: 'email', state: 'configured', owner: 'site' },
    { channel: 'sms', state: 'off', owner: 'site' },
  ])
  await line.close()
})

test('a document in a file', async () => {
  const line = await commandLine()
  const folder = await mkdtemp(join(tmpdir(), 'countersign-channel-'))
  const path = join(folder, 'mail.json')
  await writeFile(path, CAPTURED)
  assert.equal((await line.run(['--site', 'acme', 'channels', 'set', 'email', '--file', path])).code, 0)
  await rm(folder, { recursive: true })
  assert.equal((await line.run(['--site', 'acme', 'channels', 'set', 'email', '--file', path])).code, 3)
  await line.close()
})

test('what cannot be a configuration is refused, and no piece of it is repeated', async () => {
  const line = await commandLine()
  for (const document of ['{"kind": "captured", "password": "hunter2"', '"hunter2"', '{"kind": "hunter2"}', '"off"']) {
    const { code, err } = await line.run('--site acme channels set email --file -', document)
    assert.equal(code, 4, document)
    assert.doesNotMatch(err, /hunter2/)
  }
  assert.equal((await line.run('--site acme channels off fax')).code, 2)
  await line.close()
})

test('an API key is printed once, alone, and opens what its scopes say', async () => {
  const line = await commandLine()
  const made = await line.run([
    '--site',
    'acme',
    'api-keys',
    'create',
    'nightly job',
    '--scopes',
    'users:read,audit:read',
    '--until',
    '2027-01-01',
  ])
  assert.equal(made.code, 0)
  const key = made.out.trimEnd()
  const access = await checkApiKey(line.ports, { site: line.site.id, text: key })
  assert.ok(access.kind === 'granted')
  assert.deepEqual(access.key.scopes, ['users:read', 'audit:read'])
  const { out } = await line.run('--site acme api-keys list')
  assert.match(out, /^nightly job +2027-01-02T00:00:00\.000Z +users:read,audit:read$/m)
  assert.doesNotMatch(out, new RegExp(key))
  await line.close()
})

test('a key acts for a user who is there, with scopes that exist', async () => {
  const line = await commandLine()
  const create = (more: string) => line.run(`--site acme api-keys create job ${more}`)
  assert.equal((await create('--scopes session --user svc')).code, 0)
  assert.equal((await create('--scopes session --user swc')).code, 3)
  assert.match((await create('--scopes user:read')).err, /There is no scope "user:read"\. Did you mean users:read\?/)
  assert.equal((await create('')).code, 2)
  assert.equal((await line.run(['--site', 'acme', 'api-keys', 'create', 'job', '--scopes', ''])).code, 2)
  await line.close()
})
