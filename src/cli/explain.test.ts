import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from '../../test/command-line.ts'

test('the rules are told in their order, and the one that decides is marked', async () => {
  const line = await commandLine()
  const { code, out } = await line.run('--site acme explain kim')
  assert.equal(code, 0)
  assert.match(out, /^kim is asked for a second factor\. The site requires a second factor of everyone\.\n/)
  const marked = out.split('\n').filter((each) => each.startsWith('→'))
  assert.equal(marked.length, 1)
  assert.match(marked[0] ?? '', /^→ +methods +The site requires/)
  assert.match(out, /^ +site_off +Two-factor authentication is switched on\.$/m)
  await line.close()
})

test('as JSON it is the decision that sign-in and audit log show, with every rule passed over', async () => {
  const line = await commandLine()
  await line.run('--site acme users bypass op --reason shared_workstation --until 2026-12-31')
  const told = (await line.json('--site acme explain op')) as {
    decision: unknown
    rules: readonly Record<string, unknown>[]
  }
  assert.deepEqual(told.decision, {
    outcome: 'skip',
    rule: 'bypass',
    reason: 'bypassed',
    setting: 'user.bypass',
    level: 'user',
    until: '2027-01-01T00:00:00.000Z',
  })
  assert.deepEqual(
    told.rules.filter(({ applied }) => applied).map(({ rule }) => rule),
    ['bypass'],
  )
  const later = (await line.json('--site acme explain op --at 2027-01-01')) as { decision: { outcome: string } }
  assert.equal(later.decision.outcome, 'challenge')
  await line.close()
})

test('the address and the application count', async () => {
  const line = await commandLine({ preset: 'fleet' })
  await line.run('--site acme set-config network.trusted 10.0.0.0/8')
  await line.run('--site acme users switch kim --application manager --two-factor-auth off')
  assert.match((await line.run('--site acme explain kim --address 10.1.2.3')).out, /comes from a trusted network/)
  assert.match(
    (await line.run('--site acme explain kim --application manager')).out,
    /Nothing requires a second factor/,
  )
  assert.equal((await line.run('--site acme explain kim --application shop')).code, 3)
  assert.equal((await line.run('--site acme explain kim --address everywhere')).code, 2)
  assert.equal((await line.run('--site acme explain kim --at tomorrow')).code, 2)
  assert.equal((await line.run('--site acme explain kin')).code, 3)
  await line.close()
})
