import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import type { PresetName } from '#policy/presets.ts'

async function site(t: TestContext, preset: PresetName = 'manufacturing'): Promise<ApiWorld> {
  const made = await apiWorld({ preset })
  t.after(made.close)
  return made
}

const names = (answer: { body: { items: { name: string }[] } }): readonly string[] =>
  answer.body.items.map(({ name }) => name)

const byName = (a: string, b: string): number => (a < b ? -1 : 1)

test('a role is made, changed and deleted; those that something rests on stay', async (t) => {
  const { api, keys, trail } = await site(t)
  const token = keys.admin
  const made = await api('POST /roles', {
    token,
    body: { name: 'Night Shift', two_factor_auth: true, interval_hours: 8 },
  })
  assert.equal(made.status, 201)
  assert.deepEqual(made.body, {
    name: 'Night Shift',
    two_factor_auth: true,
    bypass_allowed: true,
    fail_open_allowed: true,
    methods_allowed: null,
    interval_hours: 8,
    grace_days: null,
    trusted_networks: null,
  })
  for (const name of ['Night Shift', 'night shift', 'ALL', 'helpdesk'])
    assert.equal((await api('POST /roles', { token, body: { name } })).body.code, 'name_taken', name)
  const body = { methods_allowed: ['app'], trusted_networks: ['10.0.0.0/8'], interval_hours: null }
  const changed = await api('PATCH /roles/Night%20Shift', { token, body })
  assert.deepEqual(changed.body, { ...made.body, ...body })
  const wrong = { methods_allowed: ['fax'], trusted_networks: ['10.0.0.0/33'], grace_days: -1, interval_hours: 1.5 }
  const refused = await api('PATCH /roles/Night%20Shift', { token, body: wrong })
  assert.equal(refused.body.errors.length, 4)
  assert.equal((await api('PATCH /roles/Night%20Shift', { token, body: { name: 'Day' } })).body.code, 'unknown_field')
  assert.equal((await api('PATCH /roles/Nothing', { token, body: {} })).status, 404)

  await api('PATCH /users/op', { token, body: { roles: ['Night Shift'] } })
  const held = await api('DELETE /roles/Night%20Shift', { token })
  assert.deepEqual([held.status, held.body.code, held.body.holders], [409, 'in_use', 1])
  await api('PATCH /users/op', { token, body: { roles: [] } })
  assert.equal((await api('DELETE /roles/Night%20Shift', { token })).status, 204)
  assert.equal((await api('DELETE /roles/Night%20Shift', { token })).status, 404)
  for (const name of ['All', 'Administrator', 'Helpdesk', 'Auditor'])
    assert.equal((await api(`DELETE /roles/${name}`, { token })).body.code, 'built_in', name)
  const events = (await trail()).map(({ ev }) => ev).filter((ev) => ev.startsWith('role.'))
  assert.deepEqual(events.slice(-3), ['role.created', 'role.changed', 'role.deleted'])

  const first = await api('GET /roles?limit=3', { token })
  const rest = await api(`GET /roles?cursor=${encodeURIComponent(first.body.next_cursor)}`, { token })
  assert.deepEqual(
    [...names(first), ...names(rest)],
    [
      'Accounts Manager',
      'Administrator',
      'All',
      'Auditor',
      'Compliance Officer',
      'HR Manager',
      'Helpdesk',
      'System Manager',
    ],
  )
})

test('a role of any other name gives no right, not even one that looks like Administrator', async (t) => {
  const { api, keys, session } = await site(t)
  const name = 'Administrators'
  await api('POST /roles', { token: keys.admin, body: { name } })
  await api('PATCH /users/kim', { token: keys.admin, body: { roles: [name, 'System Manager'] } })
  assert.equal((await api('GET /users', { token: await session('kim') })).status, 403)
})

test('an application is made, changed and deleted; web stays', async (t) => {
  const { api, keys, login } = await site(t, 'fleet')
  const token = keys.admin
  assert.deepEqual(names(await api('GET /applications', { token })), ['manager', 'web'])
  const made = await api('POST /applications', { token, body: { name: 'wiki', title: 'The Wiki', session_hours: 8 } })
  assert.equal(made.status, 201)
  const shown = {
    name: 'wiki',
    title: 'The Wiki',
    default_for_new_users: false,
    interval_hours: null,
    recheck_in_session: null,
    session_hours: 8,
    session_idle_minutes: null,
    hosts: [],
  }
  assert.deepEqual(made.body, shown)
  assert.equal((await api('POST /applications', { token, body: { name: 'wiki' } })).body.code, 'name_taken')
  for (const name of ['', 'Wiki', 'a b', '../x', '.wiki', 'x'.repeat(65)])
    assert.equal((await api('POST /applications', { token, body: { name } })).body.code, 'invalid_request', name)

  const kim = () => api('GET /users/kim', { token })
  assert.equal((await kim()).body.applications.wiki.two_factor, false)
  const changed = await api('PATCH /applications/wiki', { token, body: { default_for_new_users: true } })
  assert.deepEqual(changed.body, { ...shown, default_for_new_users: true })
  assert.equal((await kim()).body.applications.wiki.two_factor, false, 'it touches new users only')
  const made2 = await api('POST /users', { token, body: { username: 'lee' } })
  assert.equal(made2.body.applications.wiki.two_factor, true)
  assert.equal((await login('kim', { application: 'wiki' })).body.status, 'signed_in')
  const listed = await api('PATCH /applications/wiki', { token, body: { hosts: ['wiki.example.com'] } })
  assert.deepEqual(listed.body.hosts, ['wiki.example.com'])
  for (const door of ['PATCH /applications/web', 'POST /applications']) {
    const body = { ...(door.startsWith('POST') ? { name: 'shop' } : {}), hosts: ['ok.example.com', 'wiki.example.com'] }
    const refused = await api(door, { token, body })
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [400, '/hosts/1'])
  }

  assert.equal((await api('DELETE /applications/wiki', { token })).status, 204)
  assert.equal((await kim()).body.applications.wiki, undefined)
  assert.equal((await login('kim', { application: 'wiki' })).body.code, 'unknown_application')
  assert.equal((await api('DELETE /applications/web', { token })).body.code, 'built_in')
  assert.equal((await api('DELETE /applications/moon', { token })).status, 404)
})

test('[AK-01] a key is shown once, has scopes and an end, and no digest of it is told', async (t) => {
  const { api, keys, session, ports, trail } = await site(t)
  const token = await session('root')
  const body = {
    name: 'night job',
    scopes: ['users:read', 'audit:read'],
    username: 'svc',
    expires_at: '2027-01-01T00:00:00Z',
  }
  const made = await api('POST /api-keys', { token, body })
  assert.equal(made.status, 201)
  assert.match(made.body.key, /^cs_live_[\w-]{43}$/)
  assert.deepEqual([made.body.username, made.body.scopes], ['svc', body.scopes])
  assert.equal((await api('GET /users', { token: made.body.key })).status, 200)
  assert.equal((await api('PATCH /users/kim', { token: made.body.key, body: { phone: null } })).status, 403)

  const listed = await api('GET /api-keys', { token })
  assert.deepEqual(names(listed).toSorted(byName), ['demo administrator', 'demo service', 'night job'])
  const find = (answer: typeof listed) => answer.body.items.find((each: { name: string }) => each.name === 'night job')
  const own = find(listed)
  assert.deepEqual(own, { ...own, username: 'svc', expires_at: '2027-01-01T00:00:00.000Z', revoked_at: null })
  assert.match(own.last_used_at, /^2026-11-02T09:/)
  const digest = ports.vault.digest(made.body.key)
  for (const text of [listed.text, JSON.stringify(await trail())])
    assert.ok(!text.includes(made.body.key) && !text.includes(digest) && !text.includes(keys.admin))

  assert.equal((await api(`DELETE /api-keys/${own.id}`, { token })).status, 204)
  assert.equal((await api(`DELETE /api-keys/${own.id}`, { token })).status, 204)
  assert.equal((await api('GET /users', { token: made.body.key })).status, 401)
  assert.notEqual(find(await api('GET /api-keys', { token })).revoked_at, null)
  assert.equal((await api('DELETE /api-keys/key_nothing', { token })).status, 404)
  for (const wrong of [
    { ...body, scopes: [] },
    { ...body, scopes: ['everything'] },
    { ...body, expires_at: '2020-01-01T00:00:00Z' },
    { ...body, username: 'nobody' },
    { ...body, name: 'two\nlines' },
    { ...body, name: '' },
  ])
    assert.equal((await api('POST /api-keys', { token, body: wrong })).body.code, 'invalid_request')
})

test('[AK-02] a key does what its scopes say; one that may make keys makes lesser ones', async (t) => {
  const { api, keys, trail } = await site(t)
  const make = (token: string, scopes: readonly string[], more: object = {}) =>
    api('POST /api-keys', { token, body: { name: 'made', scopes, ...more } })
  const reader = (await make(keys.admin, ['users:read'])).body.key
  assert.equal((await api('GET /users', { token: reader })).status, 200)
  for (const door of ['GET /settings', 'GET /audit', 'GET /api-keys', 'GET /roles'])
    assert.equal((await api(door, { token: reader })).status, 403, door)
  for (const scopes of [['users:read'], ['users:write'], ['keys:write']])
    assert.equal((await make(reader, scopes)).body.code, 'forbidden')
  assert.equal((await api('DELETE /api-keys/key_x', { token: reader })).status, 403)

  assert.equal((await make(keys.admin, ['keys:write'])).status, 403, 'a key does not pass on the right to make keys')
  assert.equal((await make(keys.admin, ['settings:write', 'users:help', 'keys:read'])).status, 201)
  const denied = (await trail()).filter(({ ev }) => ev === 'authz.denied').at(-1)
  assert.deepEqual(denied?.data, { door: 'api.create-key', right: 'keys:write', reason: 'rank' })
})

test('a preset is shown before it is applied', async (t) => {
  const { api, keys } = await site(t)
  const token = keys.admin
  const before = await api('GET /settings', { token })
  const shown = await api('POST /settings/preset?dry_run=true', { token, body: { name: 'fleet' } })
  assert.equal(shown.body.dry_run, true)
  assert.deepEqual(
    shown.body.changes.find(({ key }: { key: string }) => key === 'challenge.interval_hours'),
    { key: 'challenge.interval_hours', from: 168, to: 0 },
  )
  assert.equal((await api('GET /settings', { token })).text, before.text)
  const applied = await api('POST /settings/preset', { token, body: { name: 'fleet' } })
  assert.deepEqual({ ...applied.body, version: 0 }, { ...shown.body, dry_run: false, version: 0 })
  assert.equal((await api('GET /settings', { token })).headers.get('etag'), applied.headers.get('etag'))
  const nothing = await api('POST /settings/preset?dry_run=true', { token, body: { name: 'fleet' } })
  assert.deepEqual(nothing.body.changes, [])
  assert.equal((await api('POST /settings/preset', { token, body: { name: 'hotel' } })).body.code, 'invalid_request')
})

test('a preview says who would be asked and who could not pass, and changes nothing', async (t) => {
  const { api, keys, trail } = await site(t)
  const token = keys.admin
  await api('PATCH /users/op', { token, body: { phone: null } })
  const before = [(await api('GET /settings', { token })).text, (await trail()).length]
  const body = { 'methods.allowed': ['sms'], 'delivery.primary': 'sms', 'delivery.when_unconfigured': 'block' }
  const seen = await api('POST /settings/preview', { token, body })
  assert.equal(seen.status, 200)
  assert.equal(seen.body.changes.length, 3)
  const stuck = seen.body.cannot_pass.find(({ username }: { username: string }) => username === 'op')
  assert.deepEqual(stuck.why, ['no_phone'])
  assert.deepEqual([(await api('GET /settings', { token })).text, (await trail()).length], before)
  assert.equal((await api('POST /settings/preview', { token, body: { 'no.such': 1 } })).body.code, 'unknown_setting')
  assert.equal(
    (await api('POST /settings/preview', { token, body: { 'code.digits': 9 } })).body.code,
    'invalid_request',
  )
})
