import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { PresetName } from '#policy/presets.ts'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { CERTIFICATE } from '../../test/certificate.ts'

const CONFIG = {
  entity_id: 'https://idp.example/metadata',
  sso_url: 'https://idp.example/sso',
  certificates: [CERTIFICATE],
}

async function site(t: TestContext, preset: PresetName = 'manufacturing'): Promise<ApiWorld> {
  const made = await apiWorld({ preset })
  t.after(made.close)
  return made
}

test('an identity provider is added, changed and deleted, and each is written down', async (t) => {
  const { api, keys, trail } = await site(t)
  const token = keys.admin
  const shown = {
    name: 'adfs',
    kind: 'saml',
    title: 'adfs',
    enabled: true,
    second_factor: 'skip',
    config: { ...CONFIG, username_attribute: null, multi_factor_contexts: [] },
  }
  const made = await api('POST /identity-providers', { token, body: { name: 'adfs', config: CONFIG } })
  assert.deepEqual([made.status, made.body], [201, shown])
  const again = await api('POST /identity-providers', { token, body: { name: 'adfs', config: CONFIG } })
  assert.deepEqual([again.status, again.body.code], [409, 'name_taken'])

  const change = {
    second_factor: 'trust_amr',
    config: { multi_factor_contexts: ['urn:mfa'], username_attribute: 'uid' },
  }
  const changed = await api('PATCH /identity-providers/adfs', { token, body: change })
  const after = { ...shown, second_factor: 'trust_amr', config: { ...CONFIG, ...change.config } }
  assert.deepEqual([changed.status, changed.body], [200, after])
  assert.deepEqual((await api('GET /identity-providers', { token })).body, { items: [after], next_cursor: null })

  assert.equal((await api('DELETE /identity-providers/adfs', { token })).status, 204)
  assert.deepEqual((await api('GET /identity-providers', { token })).body.items, [])
  for (const door of ['DELETE /identity-providers/adfs', 'PATCH /identity-providers/adfs'])
    assert.equal((await api(door, { token, ...(door.startsWith('P') ? { body: {} } : {}) })).status, 404, door)

  const events = (await trail()).filter(({ ev }) => ev.startsWith('identity_provider.'))
  assert.deepEqual(
    events.map(({ ev }) => ev),
    ['identity_provider.created', 'identity_provider.changed', 'identity_provider.deleted'],
  )
  assert.deepEqual(events[1]?.data['changes'], {
    second_factor: { from: 'skip', to: 'trust_amr' },
    username_attribute: { from: null, to: 'uid' },
    multi_factor_contexts: { from: [], to: ['urn:mfa'] },
  })
})

test('what an added one spares people is what the preset of the site says', async (t) => {
  for (const [preset, expected] of [
    ['manufacturing', 'skip'],
    ['erp', 'require'],
    ['retail', 'require'],
  ] as const) {
    const { api, keys } = await site(t, preset)
    const made = await api('POST /identity-providers', { token: keys.admin, body: { name: 'adfs', config: CONFIG } })
    assert.equal(made.body.second_factor, expected, preset)
  }
})

test('one that could not be believed is refused, each fault with its place, and nothing is saved', async (t) => {
  const { api, keys } = await site(t)
  const token = keys.admin
  const config = { entity_id: 'x', sso_url: 'http://idp.example/sso', certificates: ['no certificate'] }
  const body = { name: 'AD FS', second_factor: 'trust_amr', config }
  const refused = await api('POST /identity-providers', { token, body })
  assert.equal(refused.status, 400)
  assert.deepEqual(
    refused.body.errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/name', '/config/sso_url', '/config/certificates/0', '/config/multi_factor_contexts'],
  )
  const none = await api('POST /identity-providers', {
    token,
    body: { name: 'a', config: { ...CONFIG, certificates: [] } },
  })
  assert.deepEqual([none.status, none.body.errors[0].pointer], [400, '/config/certificates'])
  assert.deepEqual((await api('GET /identity-providers', { token })).body.items, [])

  await api('POST /identity-providers', { token, body: { name: 'adfs', config: CONFIG } })
  const worse = await api('PATCH /identity-providers/adfs', { token, body: { second_factor: 'trust_amr' } })
  assert.equal(worse.status, 400)
  assert.equal((await api('GET /identity-providers', { token })).body.items[0].second_factor, 'skip')
})

test('an old session proves itself before it changes whose word counts', async (t) => {
  const { api, session, clock } = await site(t)
  const token = await session('root')
  clock.pass(16 * 60_000)
  const refused = await api('POST /identity-providers', { token, body: { name: 'adfs', config: CONFIG } })
  assert.deepEqual([refused.status, refused.body.code], [403, 'step_up_required'])
})
