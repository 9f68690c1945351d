import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiWorld } from '../../test/api-world.ts'
import { setUp } from '../../test/real-channels.ts'

const SMTP = { kind: 'smtp', host: '127.0.0.1', port: 1, tls: 'none', from: 'no-reply@acme.test' }

test('[F2] [S2.10] [S2.12] settings that rest on a missing channel are refused with the reason and the users', async (t) => {
  const at = await apiWorld({ preset: 'erp' })
  t.after(at.close)
  const token = at.keys.admin
  await at.mailbox.setBehaviour({ email: 'unconfigured', sms: 'unconfigured' })
  const body = { 'methods.allowed': ['email'] }
  for (const query of ['', '?acknowledge=true']) {
    const refused = await at.api(`PATCH /settings${query}`, { token, body })
    assert.deepEqual([refused.status, refused.body.code], [409, 'channel_unconfigured'])
    assert.match(refused.body.detail, /rest on email, which nobody has set up: 4 users could not pass/)
    assert.deepEqual([refused.body.count, refused.body.users], [4, ['kim', 'op', 'root', 'sam']])
  }
  const preset = await at.api('POST /settings/preset?acknowledge=true', { token, body: { name: 'fleet' } })
  assert.deepEqual([preset.body.code, preset.body.channels], ['channel_unconfigured', ['email', 'sms']])
  assert.deepEqual((await at.api('GET /settings', { token })).body['methods.allowed'], ['app'])

  const open = { ...body, 'delivery.when_unconfigured': 'allow' }
  const silent = await at.api('PATCH /settings', { token, body: open })
  assert.deepEqual([silent.status, silent.body.errors[0].pointer], [400, '/delivery.when_unconfigured'])
  const saved = await at.api('PATCH /settings?reason=the+server+moves', { token, body: open })
  assert.equal(saved.status, 200)
  const demo = { username: 'root', password: 'root-demo-password' }
  const root = await at.api('POST /login', { body: demo })
  assert.deepEqual([root.status, root.body.status], [202, 'enrol'], 'the administrator can always sign in')
})

test('[F2] settings that rest on a channel that was never proved are saved when whoever saves says so', async (t) => {
  const at = await apiWorld({ preset: 'erp' })
  t.after(at.close)
  const token = at.keys.admin
  await setUp(at, 'email', SMTP)
  const body = { 'methods.allowed': ['email'] }
  for (const query of ['', '?acknowledge=false']) {
    const refused = await at.api(`PATCH /settings${query}`, { token, body })
    assert.deepEqual([refused.status, refused.body.code], [409, 'channel_unproved'])
    assert.deepEqual(refused.body.users, ['kim', 'op', 'root', 'sam'])
  }
  assert.equal((await at.api('PATCH /settings?acknowledge=perhaps', { token, body })).status, 400)
  assert.equal((await at.api('PATCH /settings?acknowledge=true', { token, body })).status, 200)
})
