import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { hours, minutes, rfc3339, seconds } from '#domain/time.ts'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { codeOf } from '../../test/phone.ts'
import type { PresetName } from '#policy/presets.ts'

async function site(t: TestContext, preset: PresetName = 'manufacturing'): Promise<ApiWorld> {
  const made = await apiWorld({ preset })
  t.after(made.close)
  return made
}

type Item = { readonly id: string; readonly username: string }

test('sessions are listed, the newest first, and one of them can be ended', async (t) => {
  const { api, keys, session, clock } = await site(t)
  const token = keys.admin
  const mine: string[] = []
  for (let count = 0; count < 3; count++) {
    mine.push(await session('kim'))
    clock.pass(seconds(60))
  }
  await session('sam')
  const listed = await api('GET /users/kim/sessions', { token })
  assert.equal(listed.body.items.length, 3)
  const [newest] = listed.body.items
  assert.deepEqual(
    { ...newest, id: '' },
    {
      id: '',
      username: 'kim',
      application: 'web',
      created_at: rfc3339(clock.now() - minutes(1)),
      last_seen_at: rfc3339(clock.now() - minutes(1)),
      expires_at: newest.expires_at,
      acr: 'aal1',
      amr: ['pwd', 'email'],
      rule: 'methods',
      address: '198.51.100.7',
      user_agent: null,
    },
  )
  const everybody: Item[] = []
  for (let cursor = ''; ; ) {
    const page = await api(`GET /sessions?limit=1${cursor}`, { token })
    everybody.push(...page.body.items)
    if (page.body.next_cursor === null) break
    cursor = `&cursor=${page.body.next_cursor}`
  }
  assert.deepEqual(
    everybody.map(({ username }) => username),
    ['sam', 'kim', 'kim', 'kim'],
  )
  assert.equal((await api('GET /sessions?cursor=nonsense', { token })).body.code, 'invalid_request')

  const [, middle] = listed.body.items
  assert.equal((await api(`DELETE /users/sam/sessions/${middle.id}`, { token })).status, 404)
  assert.equal((await api(`DELETE /users/kim/sessions/${middle.id}`, { token })).status, 204)
  assert.equal((await api(`DELETE /users/kim/sessions/${middle.id}`, { token })).status, 204)
  const standing = await Promise.all(mine.map(async (own) => (await api('GET /session', { token: own })).status))
  assert.deepEqual(standing, [200, 401, 200])
  assert.equal((await api('GET /users/nobody/sessions', { token })).status, 404)
})

test('no token and no digest of one is in a list', async (t) => {
  const { api, keys, session, ports, site: acme } = await site(t)
  const own = await session('kim')
  const { text } = await api('GET /sessions', { token: keys.admin })
  const file = await ports.store.sessionFile(acme.id, ports.vault.digest(own), 0)
  for (const secret of [own, file?.session.tokenDigest ?? assert.fail()]) assert.ok(!text.includes(secret))
})

test('all sessions of a user end, and of everybody; devices only when asked for', async (t) => {
  const { api, keys, login, codeFor } = await site(t)
  const token = keys.admin
  const remembered = async (username: string) => {
    const first = await login(username)
    const second = await api('POST /login/verify', {
      token: first.body.pending.token,
      body: { code: codeFor(username), remember_device: true },
    })
    return { session: second.body.session.token, device: second.body.device_token }
  }
  const [kim, sam] = [await remembered('kim'), await remembered('sam')]
  assert.deepEqual((await api('DELETE /users/kim/sessions', { token })).body, { sessions: 1, devices: 0 })
  assert.equal((await api('GET /session', { token: kim.session })).status, 401)
  assert.equal((await api('GET /session', { token: sam.session })).status, 200)
  assert.equal((await login('kim', { device_token: kim.device })).body.status, 'signed_in')
  assert.deepEqual((await api('DELETE /users/kim/sessions?devices=true', { token })).body, { sessions: 1, devices: 1 })
  assert.equal((await login('kim', { device_token: kim.device })).body.status, 'challenge')

  assert.deepEqual((await api('DELETE /sessions', { token })).body, { sessions: 1, devices: 0 })
  assert.equal((await api('GET /session', { token: sam.session })).status, 401)
  assert.deepEqual((await api('DELETE /sessions?devices=true', { token })).body, { sessions: 0, devices: 1 })
  assert.equal((await login('sam', { device_token: sam.device })).body.status, 'challenge')
  assert.equal((await api('DELETE /sessions?devices=yes', { token })).body.code, 'invalid_request')
  assert.equal((await api('DELETE /sessions?device=true', { token })).body.code, 'unknown_field')
})

test('remembered devices are listed and forgotten, one or all, and sessions stay', async (t) => {
  const { api, keys, login, codeFor, clock } = await site(t)
  const token = keys.admin
  const tokens: string[] = []
  let session = ''
  for (let count = 0; count < 3; count++) {
    const first = await login('kim')
    const body = { code: codeFor('kim'), remember_device: true }
    const second = await api('POST /login/verify', { token: first.body.pending.token, body })
    tokens.push(second.body.device_token)
    session = second.body.session.token
    clock.pass(minutes(6))
  }
  const listed = await api('GET /users/kim/devices?limit=2', { token })
  assert.equal(listed.body.items.length, 2)
  assert.equal(listed.body.items[0].method, 'email')
  const rest = await api(`GET /users/kim/devices?cursor=${listed.body.next_cursor}`, { token })
  assert.equal(rest.body.items.length, 1)
  const [oldest] = rest.body.items
  assert.equal((await api(`DELETE /users/sam/devices/${oldest.id}`, { token })).status, 404)
  assert.equal((await api(`DELETE /users/kim/devices/${oldest.id}`, { token })).status, 204)
  assert.equal((await api(`DELETE /users/kim/devices/${oldest.id}`, { token })).status, 404)
  assert.equal((await login('kim', { device_token: tokens[0] })).body.status, 'challenge')
  assert.equal((await login('kim', { device_token: tokens[1] })).body.status, 'signed_in')
  assert.deepEqual((await api('DELETE /users/kim/devices', { token })).body, { sessions: 0, devices: 2 })
  assert.equal((await login('kim', { device_token: tokens[2] })).body.status, 'challenge')
  assert.equal((await api('GET /session', { token: session })).status, 200)
})

test('[F19] authenticators are shown without secrets; a reset ends what was opened with them, and the user is told', async (t) => {
  const { api, keys, login, clock, messages, pump, trail } = await site(t, 'retail')
  const token = keys.admin
  const enrol = async () => {
    const pending = (await login('kim')).body.pending.token
    const { secret } = (await api('POST /login/enrol', { token: pending })).body
    const body = { code: codeOf(secret, clock.now()), remember_device: true }
    const done = await api('POST /login/enrol/confirm', { token: pending, body })
    return { secret, session: done.body.session.token }
  }
  const { secret, session } = await enrol()
  const held = await api('GET /users/kim/authenticators', { token })
  assert.deepEqual(
    held.body.items.map((each: { kind: string; label: string }) => [each.kind, each.label]),
    [['app', 'Authenticator app']],
  )
  assert.deepEqual([held.body.failed_codes, held.body.locked_until, held.body.disabled], [0, null, false])
  assert.ok(!held.text.includes(secret))
  assert.equal((await api('DELETE /users/kim/authenticators/aut_nothing', { token })).status, 404)

  assert.equal((await api('DELETE /users/kim/authenticators', { token })).status, 204)
  assert.equal((await api('GET /session', { token: session })).status, 401)
  assert.deepEqual((await api('GET /users/kim/authenticators', { token })).body.items, [])
  assert.equal((await login('kim')).body.status, 'enrol')
  await pump()
  assert.ok(messages('email').some(({ to, subject }) => to === 'kim@acme.test' && /reset/.test(subject ?? '')))
  assert.ok((await trail()).some(({ ev, subject }) => ev === 'factor.reset' && subject?.name === 'kim'))

  clock.pass(minutes(1))
  const again = await enrol()
  const [one] = (await api('GET /users/kim/authenticators', { token })).body.items
  assert.equal((await api(`DELETE /users/sam/authenticators/${one.id}`, { token })).status, 404)
  assert.equal((await api(`DELETE /users/kim/authenticators/${one.id}`, { token })).status, 204)
  assert.equal((await api('GET /session', { token: again.session })).status, 401)
})

test('[CK-02] codes that were spent ahead are seen and given back, when two clocks say the same', async (t) => {
  const { api, keys, login, clock, trail } = await site(t, 'retail')
  const token = keys.admin
  const pending = (await login('kim')).body.pending.token
  const { secret } = (await api('POST /login/enrol', { token: pending })).body
  clock.pass(hours(30))
  const again = (await login('kim')).body.pending.token
  const anew = (await api('POST /login/enrol', { token: again })).body.secret ?? secret
  const bound = await api('POST /login/enrol/confirm', { token: again, body: { code: codeOf(anew, clock.now()) } })
  assert.equal(bound.status, 200)
  clock.pass(-hours(30))
  const [ahead] = (await api('GET /users/kim/authenticators', { token })).body.items
  assert.match(ahead.spent_until, /^2026-11-03T15:/)

  const repair = (body: object) => api('POST /users/kim/repair-steps', { token, body })
  const time = new Date(clock.now()).toISOString()
  assert.equal((await repair({ reason: 'woke up in the future' })).body.errors[0].pointer, '/time')
  const off = await repair({ reason: 'woke up in the future', time: new Date(clock.now() + minutes(5)).toISOString() })
  assert.deepEqual([off.body.code, off.body.errors[0].pointer], ['invalid_request', '/time'])
  assert.deepEqual((await repair({ reason: 'woke up in the future', time })).body, { repaired: true })
  assert.deepEqual((await repair({ reason: 'woke up in the future', time })).body, { repaired: false })
  const [now] = (await api('GET /users/kim/authenticators', { token })).body.items
  assert.equal(now.spent_until, null)
  assert.equal((await trail()).filter(({ ev }) => ev === 'factor.steps.repaired').length, 1)
  assert.equal((await api('POST /users/nobody/repair-steps', { token, body: { reason: 'x', time } })).status, 404)
})

test('a locked second step is seen and unlocked', async (t) => {
  const { api, keys, login, set } = await site(t)
  const token = keys.admin
  await set({ 'lock.after': 3 })
  const pending = (await login('kim')).body.pending.token
  for (let count = 0; count < 3; count++) await api('POST /login/verify', { token: pending, body: { code: '000000' } })
  const locked = await api('GET /users/kim/authenticators', { token })
  assert.equal(locked.body.failed_codes, 3)
  assert.match(locked.body.locked_until, /^2026-11-02T09:15:/)
  assert.equal((await login('kim')).body.code, 'code_locked')
  assert.equal((await api('POST /users/kim/unlock', { token })).status, 200)
  assert.equal((await api('GET /users/kim/authenticators', { token })).body.locked_until, null)
  assert.equal((await login('kim')).status, 202)
  assert.equal((await api('POST /users/nobody/unlock', { token })).status, 404)
})

test('the helpdesk unlocks with a reason, tells the user, and reaches no administrator', async (t) => {
  const { api, keys, login, session, set, messages, pump, trail } = await site(t)
  const token = keys.admin
  await set({ 'lock.after': 3 })
  await api('PATCH /users/sam', { token, body: { roles: ['Helpdesk'] } })
  const sam = await session('sam')
  for (const username of ['kim', 'root']) {
    const pending = (await login(username)).body.pending.token
    for (let count = 0; count < 3; count++)
      await api('POST /login/verify', { token: pending, body: { code: '000000' } })
  }
  const unlock = (username: string, body: object) => api(`POST /users/${username}/unlock`, { token: sam, body })
  const silent = await unlock('kim', {})
  assert.deepEqual([silent.body.code, silent.body.errors[0].pointer], ['invalid_request', '/reason'])
  assert.equal((await unlock('kim', { reason: 'Called from the gate' })).status, 200)
  assert.equal((await login('kim')).status, 202)
  await pump()
  assert.ok(messages('email').some(({ to, subject }) => to === 'kim@acme.test' && /helpdesk/.test(subject ?? '')))
  for (const username of ['root', 'sam'])
    assert.equal((await unlock(username, { reason: 'Please' })).body.code, 'forbidden', username)
  assert.equal((await login('root')).body.code, 'code_locked')
  const denied = (await trail()).filter(({ ev }) => ev === 'authz.denied')
  assert.deepEqual(
    denied.map(({ subject }) => subject?.name),
    ['root', 'sam'],
  )
})
