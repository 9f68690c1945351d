import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiWorld } from '../../test/api-world.ts'

// The administration of what comes in from other systems: clients of OpenID Connect and its keys.

test('an application becomes a client of OpenID Connect; its secret is shown once and can be replaced', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  const token = world.keys.admin
  const path = '/applications/web/openid'
  const address = 'https://web.test/callback'
  const nothing = await world.api(`PUT ${path}`, { token, body: {} })
  assert.deepEqual([nothing.status, nothing.body.errors[0].pointer], [400, '/redirect_uris'])
  const made = await world.api(`PUT ${path}`, { token, body: { redirect_uris: [address] } })
  const { client_secret: secret, ...client } = made.body
  assert.equal(made.status, 201)
  assert.match(secret, /^cs_oidc_[\w-]{43}$/)
  assert.deepEqual(client, { client_id: 'web', redirect_uris: [address], post_logout_redirect_uris: [], public: false })
  const listed = await world.api('GET /openid/clients', { token })
  assert.deepEqual(listed.body.items, [client])
  const kept = await world.api(`PUT ${path}`, { token, body: { post_logout_redirect_uris: ['https://web.test/'] } })
  assert.deepEqual([kept.status, kept.body.redirect_uris, kept.body.client_secret], [200, [address], undefined])
  const renewed = await world.api(`PUT ${path}`, { token, body: { new_secret: true } })
  assert.notEqual(renewed.body.client_secret, secret)
  const open = await world.api(`PUT ${path}`, { token, body: { public: true } })
  assert.deepEqual([open.body.public, open.body.client_secret], [true, undefined])
  assert.equal((await world.api(`DELETE ${path}`, { token })).status, 204)
  assert.equal((await world.api(`DELETE ${path}`, { token })).status, 404)
  assert.equal((await world.api('PUT /applications/nothing/openid', { token, body: {} })).status, 404)
})

for (const address of [
  'http://web.test/callback',
  'https://web.test/#x',
  'https://me@web.test/',
  'javascript:alert(1)',
  'data:text/html,x',
  '/callback',
  'myapp://callback',
])
  test(`nobody can be led to ${address}`, async (t) => {
    const world = await apiWorld()
    t.after(world.close)
    const body = { redirect_uris: ['https://web.test/ok', address] }
    const answer = await world.api('PUT /applications/web/openid', { token: world.keys.admin, body })
    assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, '/redirect_uris/1'])
  })

test('signing keys are replaced by whoever may change settings', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  const answer = await world.api('POST /openid/keys/rotate', { token: world.keys.admin, body: { compromised: true } })
  assert.deepEqual([answer.status, answer.body.kids], [200, []])
})
