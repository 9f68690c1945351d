import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { days } from '#domain/time.ts'
import { SETTING_KEYS } from '#policy/settings.ts'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'

async function site(t: TestContext): Promise<ApiWorld> {
  const world = await apiWorld()
  t.after(world.close)
  return world
}

test('the overview counts who is covered, stuck, locked and exempt, and says what is left to do', async (t) => {
  const world = await site(t)
  const { api, keys } = world
  const token = keys.admin
  const fresh = (await api('GET /reports/overview', { token })).body
  assert.deepEqual([fresh.enabled, fresh.users, fresh.standing.ready, fresh.standing.not_required], [true, 6, 5, 1])
  assert.deepEqual(fresh.checklist, {
    channel: true,
    administrator: true,
    nobody_stuck: true,
    switched_on: true,
    first_passed: false,
  })
  await world.session('kim')
  await api('PUT /users/op/bypass', { token, body: { reason: 'shared_workstation' } })
  await api('PATCH /users/web', { token, body: { email: null } })
  await world.set({ 'lock.after': 3 })
  const { pending } = (await world.login('sam')).body
  for (let codes = 0; codes < 3; codes++)
    await api('POST /login/verify', { token: pending.token, body: { code: '000000' } })
  const { status, body } = await api('GET /reports/overview', { token })
  assert.equal(status, 200)
  assert.deepEqual(body.stuck, { count: 1, some: [{ username: 'web', display_name: 'Web Customer' }] })
  assert.deepEqual(body.locked, { count: 1, some: [{ username: 'sam', display_name: 'Sam Accounts' }] })
  assert.equal(body.exempt.count, 1)
  assert.match(body.exempt.notice, /1 of 6 users/)
  assert.deepEqual(body.channels.email.state, 'configured')
  assert.ok(body.channels.email.accepted >= 2)
  assert.deepEqual([body.sessions, body.checklist.nobody_stuck, body.checklist.first_passed], [1, false, true])
})

test('messages that fail are in the overview, those of a day ago no more', async (t) => {
  const world = await site(t)
  const { api, keys, clock, mailbox } = world
  const failed = async () => (await api('GET /reports/overview', { token: keys.admin })).body.channels.email.failed
  await mailbox.setBehaviour({ email: 'reject' })
  await world.login('kim')
  assert.equal(await failed(), 1)
  clock.pass(days(1))
  assert.equal(await failed(), 0)
})

test('the activity counts sign-ins and challenges by day, method and outcome; a quiet day is there too', async (t) => {
  const world = await site(t)
  const { api, keys, clock } = world
  await world.session('kim')
  await api('POST /login', { body: { username: 'kim', password: 'wrong' } })
  clock.pass(days(2))
  const { pending } = (await world.login('sam')).body
  await api('POST /login/verify', { token: pending.token, body: { code: '000000' } })
  const { body } = await api('GET /reports/activity?days=3', { token: keys.admin })
  assert.deepEqual(
    body.days.map((day: Record<string, unknown>) => [
      day['day'],
      day['sign_ins'],
      day['asked'],
      day['passed'],
      day['refused_codes'],
      day['wrong_passwords'],
    ]),
    [
      ['2026-11-02', 1, { email: 1 }, { email: 1 }, 0, 1],
      ['2026-11-03', 0, {}, {}, 0, 0],
      ['2026-11-04', 0, { email: 1 }, {}, 1, 0],
    ],
  )
  assert.equal((await api('GET /reports/activity', { token: keys.admin })).body.days.length, 14)
  for (const wrong of ['0', '93', 'x'])
    assert.equal((await api(`GET /reports/activity?days=${wrong}`, { token: keys.admin })).body.code, 'invalid_request')
})

test('every setting is described with its value, its source, its default and who changed it last', async (t) => {
  const world = await site(t)
  const { api, keys } = world
  const changed = await api('PATCH /settings', { token: keys.admin, body: { 'otp.issuer': 'Acme ERP' } })
  const { body, headers } = await api('GET /settings/manual', { token: keys.admin })
  assert.equal(headers.get('etag'), changed.headers.get('etag'))
  assert.equal(`"${body.version}"`, headers.get('etag'))
  assert.deepEqual(body.settings.map((each: { key: string }) => each.key).toSorted(), [...SETTING_KEYS].toSorted())
  const of = (key: string) => body.settings.find((each: { key: string }) => each.key === key)
  const issuer = of('otp.issuer')
  assert.deepEqual(
    [issuer.value, issuer.default, issuer.source, issuer.changed],
    ['Acme ERP', '', 'site', { at: '2026-11-02T09:00:00.000Z', by: 'demo administrator' }],
  )
  assert.match(issuer.says, /authenticator app/)
  const digits = of('code.digits')
  assert.deepEqual([digits.value, digits.source, digits.changed, digits.schema.enum], [6, 'default', null, [6, 7, 8]])
  await api('PATCH /settings', { token: keys.admin, body: { 'otp.issuer': null } })
  const after = (await api('GET /settings/manual', { token: keys.admin })).body
  assert.equal(after.settings.find((each: { key: string }) => each.key === 'otp.issuer').source, 'default')
})

test('the session says what the caller may do', async (t) => {
  const world = await site(t)
  assert.deepEqual((await world.api('GET /session', { token: await world.session('kim') })).body.rights, [])
  assert.ok((await world.api('GET /session', { token: world.keys.admin })).body.rights.includes('settings:write'))
})
