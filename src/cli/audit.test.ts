import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days } from '#domain/time.ts'
import { commandLine } from '../../test/command-line.ts'

test('the audit log reads Time, User, Action, the newest first', async () => {
  const line = await commandLine()
  await line.run('--site acme set-config code.digits 8')
  const { out, err } = await line.run('--site acme audit list --limit 2')
  const [head, first] = out.split('\n')
  assert.match(head ?? '', /^Time +User +Action$/)
  assert.equal(first, '2026-11-02T09:00:00.000Z  ada   Settings changed: code.digits 6 → 8')
  const [, before] = /--before (\d+)/.exec(err) ?? []
  const older = await line.run(`--site acme audit list --limit 1 --before ${before}`)
  assert.equal(older.out.trimEnd().split('\n').length, 2)
  await line.close()
})

test('as JSON it is a line a row', async () => {
  const line = await commandLine()
  await line.password('kim')
  const { out } = await line.run('--site acme audit list --json --actor kim')
  const rows = out
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each) as Record<string, unknown>)
  assert.deepEqual(rows.map(({ event }) => event).slice(-2), ['auth.challenge.issued', 'auth.password.ok'])
  const keys = [
    'seq',
    'at',
    'user',
    'action',
    'event',
    'actor',
    'subject',
    'application',
    'data',
    'address',
    'user_agent',
    'request',
    'hash',
  ]
  assert.deepEqual(Object.keys(rows[0] ?? {}), keys)
  assert.deepEqual(
    rows.map(({ user }) => user),
    rows.map(() => 'kim'),
  )
  await line.close()
})

test('rows are found by who, whom, what and when', async () => {
  const line = await commandLine()
  await line.run('--site acme users unlock sam')
  line.clock.pass(days(1))
  await line.run('--site acme users unlock kim')
  const actions = async (query: string) => {
    const { out } = await line.run(`--site acme audit list --json ${query}`)
    return out
      .split('\n')
      .filter((each) => each !== '')
      .map((each) => (JSON.parse(each) as { action: string }).action)
  }
  const [kim, sam] = ['Second step unlocked: kim', 'Second step unlocked: sam']
  assert.deepEqual(await actions('--event factor.unlocked'), [kim, sam])
  assert.deepEqual(await actions('--actor cli'), [kim, sam])
  assert.deepEqual(await actions('--subject kim --event factor.unlocked'), [kim])
  assert.deepEqual(await actions('--from 2026-11-03'), [kim])
  assert.deepEqual(await actions('--to 2026-11-02 --event factor.unlocked'), [sam])
  const none = await line.run('--site acme audit list --actor nobody')
  assert.deepEqual([none.code, none.out], [0, ''])
  assert.match(none.err, /no row of this kind/)
  await line.close()
})

test('a query that cannot be is refused', async () => {
  const line = await commandLine()
  const event = await line.run('--site acme audit list --event policy.change')
  assert.equal(event.code, 2)
  assert.match(event.err, /Did you mean policy\.changed\?/)
  for (const bad of ['--limit 0', '--limit 1001', '--limit ten', '--from yesterday']) {
    assert.equal((await line.run(`--site acme audit list ${bad}`)).code, 2, bad)
  }
  await line.close()
})

test("words of others cannot steer the reader's terminal", async () => {
  const line = await commandLine()
  const note = 'fine\u001b[2J\u202eneeded'
  await line.run(['--site', 'acme', 'users', 'bypass', 'op', '--reason', 'other', '--note', note])
  const { out } = await line.run('--site acme users show op')
  assert.doesNotMatch(out, /[\u001b\u202e]/)
  assert.match(out, /fine�\[2J�needed/)
  await line.close()
})
