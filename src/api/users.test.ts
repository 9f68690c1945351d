import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { days, rfc3339 } from '#domain/time.ts'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import type { PresetName } from '#policy/presets.ts'

async function site(t: TestContext, preset: PresetName = 'manufacturing'): Promise<ApiWorld> {
  const made = await apiWorld({ preset })
  t.after(made.close)
  return made
}

const ADA = {
  username: 'ada',
  display_name: 'Ada Lovelace',
  email: 'ada@acme.test',
  phone: '+4915112345678',
  kind: 'system',
  status: 'active',
  roles: ['Accounts Manager'],
  language: 'de',
  two_factor_app: false,
  two_factor_email: true,
  two_factor_sms: true,
} as const

test('a user is made, read, changed and deleted', async (t) => {
  const { api, keys, login } = await site(t, 'fleet')
  const token = keys.admin
  const made = await api('POST /users', { token, body: { ...ADA, password: 'ada and a long word' } })
  assert.equal(made.status, 201)
  assert.equal(made.headers.get('location'), 'http://localhost:4180/acme/api/v1/users/ada')
  const shown = { ...ADA, applications: { manager: { two_factor: true }, web: { two_factor: true } }, bypass: null }
  assert.deepEqual(made.body, shown)
  assert.deepEqual((await api('GET /users/ADA', { token })).body, shown)

  const changed = await api('PATCH /users/ada', {
    token,
    body: { email: null, applications: { web: { two_factor: false } } },
  })
  assert.equal(changed.status, 200)
  const applications = { manager: { two_factor: true }, web: { two_factor: false } }
  assert.deepEqual(changed.body, { ...shown, email: null, applications })
  const switched = await api('PUT /users/ada/applications/web', { token, body: { two_factor: true } })
  assert.equal(switched.body.applications.web.two_factor, true)

  assert.equal((await login('ada', { password: 'ada and a long word' })).status, 202)
  assert.equal((await api('PATCH /users/ada', { token, body: { password: 'another long word' } })).status, 200)
  assert.equal((await login('ada', { password: 'ada and a long word' })).body.code, 'invalid_credentials')
  assert.equal((await login('ada', { password: 'another long word' })).status, 202)

  const hours = await api('PATCH /users/ada', { token, body: { interval_hours: 12 } })
  assert.equal(hours.body.interval_hours, 12)
  assert.equal((await api('DELETE /users/ada', { token })).status, 204)
  assert.equal((await api('GET /users/ada', { token })).body.code, 'not_found')
  assert.equal((await api('DELETE /users/ada', { token })).status, 404)
})

test('[IV-07] numbers are kept as E.164 and are of allowed countries; one from before stays, and hinders nothing', async (t) => {
  const { api, keys } = await site(t)
  const token = keys.admin
  const settings = (body: object) => api('PATCH /settings', { token, body })
  assert.equal((await settings({ 'delivery.phone_default_country': 'DE' })).status, 200)
  const made = await api('POST /users', { token, body: { username: 'ada', phone: '0151 123-45678' } })
  assert.deepEqual([made.status, made.body.phone], [201, '+4915112345678'])
  assert.equal((await settings({ 'delivery.phone_countries': ['AT'] })).status, 200)

  const refused = await api('PATCH /users/kim', { token, body: { phone: '+33 6 12 34 56 78' } })
  assert.deepEqual([refused.status, refused.body.code], [400, 'invalid_request'])
  assert.deepEqual(refused.body.errors, [
    {
      pointer: '/phone',
      detail:
        'is a number of FR, and this site takes numbers of AT; an administrator can add its country to delivery.phone_countries',
    },
  ])
  const untouched = await api('PATCH /users/ada', { token, body: { phone: '+4915112345678', display_name: 'Ada' } })
  assert.deepEqual([untouched.status, untouched.body.phone], [200, '+4915112345678'])
  assert.equal((await api('PATCH /users/ada', { token, body: { phone: '+4915112345679' } })).status, 400)
  const austrian = await api('PATCH /users/ada', { token, body: { phone: '+43 664 123 4567' } })
  assert.equal(austrian.body.phone, '+436641234567')
})

test('what is wrong with a user is said field by field, and nothing is done', async (t) => {
  const { api, keys, trail } = await site(t)
  const token = keys.admin
  const before = (await trail()).length
  const wrong: readonly (readonly [string, object, string, readonly string[]])[] = [
    ['POST /users', { display_name: 'Ada' }, 'invalid_request', ['/username']],
    [
      'POST /users',
      { username: 'a b', email: 'x', phone: '110' },
      'invalid_request',
      ['/username', '/email', '/phone'],
    ],
    ['POST /users', { username: 'ada', roles: ['King'] }, 'invalid_request', ['/roles']],
    ['POST /users', { username: 'ada', password: 'short' }, 'invalid_request', ['/password']],
    ['POST /users', { username: 'ada', kind: 'robot' }, 'invalid_request', ['/kind']],
    [
      'POST /users',
      { username: 'ada', applications: { moon: { two_factor: true } } },
      'invalid_request',
      ['/applications/moon'],
    ],
    ['PATCH /users/kim', { interval_hours: 9999 }, 'invalid_request', ['/interval_hours']],
    ['PATCH /users/kim', { status: 'gone' }, 'invalid_request', ['/status']],
    ['PUT /users/kim/bypass', { reason: 'lazy' }, 'invalid_request', ['/reason']],
    ['PUT /users/kim/bypass', { reason: 'other' }, 'invalid_request', ['/note']],
    [
      'PUT /users/kim/bypass',
      { reason: 'no_real_email', expires_at: '2020-01-01T00:00:00Z' },
      'invalid_request',
      ['/expires_at'],
    ],
    ['PUT /users/kim/applications/web', { two_factor: 'yes' }, 'invalid_request', ['/two_factor']],
  ]
  for (const [door, body, code, pointers] of wrong) {
    const answer = await api(door, { token, body })
    assert.equal(answer.body.code, code, JSON.stringify(body))
    assert.deepEqual(
      answer.body.errors.map((each: { pointer: string }) => each.pointer),
      pointers,
      JSON.stringify(body),
    )
  }
  assert.equal((await api('POST /users', { token, body: { username: 'KIM' } })).body.code, 'name_taken')
  assert.equal((await api('PUT /users/kim/applications/moon', { token, body: { two_factor: true } })).status, 404)
  assert.equal((await trail()).length, before)
})

test('[AD-06] [R-183] fields that are not for the caller to set are refused, and nothing of the rest is done', async (t) => {
  const { api, keys } = await site(t)
  const token = keys.admin
  const before = (await api('GET /users/kim', { token })).text
  const foreign = [
    'id',
    'site',
    'site_id',
    'bypass',
    'session_epoch',
    'totp_last_step',
    'email_verified',
    'username',
    'version',
  ]
  for (const field of foreign) {
    const answer = await api('PATCH /users/kim', { token, body: { display_name: 'Changed', [field]: 'x' } })
    assert.equal(answer.body.code, 'unknown_field', field)
    assert.deepEqual(answer.body.errors, [{ pointer: `/${field}`, detail: 'there is no such field' }])
  }
  assert.equal((await api('GET /users/kim', { token })).text, before)
})

test('users are listed by name, a page at a time', async (t) => {
  const { api, keys } = await site(t)
  const token = keys.admin
  const all = await api('GET /users', { token })
  assert.deepEqual(
    all.body.items.map((each: { username: string }) => each.username),
    ['kim', 'op', 'root', 'sam', 'svc', 'web'],
  )
  assert.equal(all.body.next_cursor, null)
  const seen: string[] = []
  for (let cursor = ''; ; ) {
    const page = await api(`GET /users?limit=4${cursor}`, { token })
    seen.push(...page.body.items.map((each: { username: string }) => each.username))
    if (page.body.next_cursor === null) break
    cursor = `&cursor=${encodeURIComponent(page.body.next_cursor)}`
    assert.equal(page.headers.get('link'), `<?limit=4${cursor}>; rel="next"`)
  }
  assert.deepEqual(seen, ['kim', 'op', 'root', 'sam', 'svc', 'web'])
  const { standing, locked, last_sign_in_at, ...kim } = all.body.items[0]
  assert.deepEqual([standing, locked, last_sign_in_at], ['ready', false, null])
  assert.deepEqual(kim, (await api('GET /users/kim', { token })).body)
  for (const wrong of ['?limit=0', '?limit=501', '?limit=x'])
    assert.equal((await api(`GET /users${wrong}`, { token })).body.code, 'invalid_request')
  assert.equal((await api('GET /users?colour=red', { token })).body.code, 'unknown_field')
})

test('an exemption has a reason and an end, and can be taken back', async (t) => {
  const { api, keys, clock, login } = await site(t)
  const token = keys.admin
  const now = clock.now()
  const given = await api('PUT /users/kim/bypass', { token, body: { reason: 'no_real_email' } })
  assert.equal(given.status, 200)
  const proposed = {
    reason: 'no_real_email',
    note: '',
    set_by: 'demo administrator',
    set_at: rfc3339(now),
    expires_at: rfc3339(now + days(90)),
  }
  assert.deepEqual(given.body.bypass, proposed)
  assert.equal((await login('kim')).body.decision.reason, 'bypassed')
  const forever = { reason: 'other', note: 'the press in hall 4', expires_at: null }
  const again = await api('PUT /users/kim/bypass', { token, body: forever })
  assert.equal(again.body.bypass.expires_at, null)
  assert.equal((await api('DELETE /users/kim/bypass', { token })).status, 204)
  assert.equal((await api('GET /users/kim', { token })).body.bypass, null)
  assert.equal((await login('kim')).status, 202)
  assert.equal((await api('PUT /users/nobody/bypass', { token, body: forever })).status, 404)
})

test('nobody reaches a user who may do more, and nobody makes one', async (t) => {
  const { api, keys, session, trail } = await site(t)
  const token = keys.admin
  const scopes = ['users:write', 'users:help', 'sessions:write']
  const script = (await api('POST /api-keys', { token, body: { name: 'script', scopes } })).body.key
  const acts = [
    ['PATCH /users/root', { password: 'taken over by a script' }],
    ['PATCH /users/root', { email: 'script@evil.test' }],
    ['DELETE /users/root', undefined],
    ['PUT /users/root/bypass', { reason: 'integration_user' }],
    ['DELETE /users/root/bypass', undefined],
    ['PUT /users/root/applications/web', { two_factor: false }],
    ['DELETE /users/root/authenticators', undefined],
    ['DELETE /users/root/authenticators/aut_x', undefined],
    ['POST /users/root/unlock', undefined],
    ['POST /users/root/repair-steps', { reason: 'please', time: '2026-11-02T09:00:00Z' }],
    ['PATCH /users/kim', { roles: ['Administrator'] }],
    ['PATCH /users/kim', { roles: ['Auditor'] }],
    ['POST /users', { username: 'mole', roles: ['Administrator'] }],
  ] as const
  const before = (await api('GET /users/root', { token })).text
  for (const [door, body] of acts) {
    const answer = await api(door, { token: script, ...(body ? { body } : {}) })
    assert.equal(answer.status, 403, door)
    assert.equal(answer.body.code, 'forbidden')
  }
  assert.equal((await api('GET /users/root', { token })).text, before)
  assert.equal((await api('GET /users/mole', { token })).status, 404)
  const denied = (await trail()).filter(({ ev }) => ev === 'authz.denied')
  assert.equal(denied.length, acts.length)
  const { actor, subject, data } = denied[0] ?? assert.fail()
  assert.deepEqual(
    [actor.name, subject?.name, data],
    ['script', 'root', { door: 'api.change-user', right: 'users:write', reason: 'rank' }],
  )

  assert.equal((await api('PATCH /users/kim', { token: script, body: { roles: ['Helpdesk'] } })).status, 200)
  const root = await session('root')
  assert.equal((await api('PATCH /users/kim', { token: root, body: { roles: ['Administrator'] } })).status, 200)
})

test('[R-182] a right that is given or taken counts at the next request', async (t) => {
  const { api, keys, session } = await site(t)
  const token = keys.admin
  const kim = await session('kim')
  const look = async (): Promise<number> => (await api('GET /users', { token: kim })).status
  assert.equal(await look(), 403)
  await api('PATCH /users/kim', { token, body: { roles: ['Helpdesk'] } })
  assert.equal(await look(), 200)
  assert.equal((await api('PATCH /users/op', { token: kim, body: { phone: null } })).status, 403)
  await api('PATCH /users/kim', { token, body: { roles: [] } })
  assert.equal(await look(), 403)
})

test('a name with signs in it is found by its quoted form', async (t) => {
  const { api, keys } = await site(t)
  const token = keys.admin
  for (const username of ['ada@acme.test', 'a/b', 'ää?x=1#y', '100%', 'sessions']) {
    const made = await api('POST /users', { token, body: { username } })
    assert.equal(made.status, 201, username)
    const [, path = ''] = (made.headers.get('location') ?? '').split('/api/v1')
    assert.equal((await api(`GET ${path}`, { token })).body.username, made.body.username)
    assert.equal((await api(`DELETE ${path}`, { token })).status, 204, username)
  }
})

test('the last administrator stays, and nobody exempts themselves', async (t) => {
  const { api, keys, session } = await site(t)
  for (const token of [keys.admin, await session('root')]) {
    assert.equal((await api('DELETE /users/root', { token })).body.code, 'last_administrator')
    for (const body of [{ roles: [] }, { status: 'disabled' }])
      assert.equal((await api('PATCH /users/root', { token, body })).body.code, 'last_administrator')
  }
  const own = await api('PUT /users/root/bypass', { token: await session('root'), body: { reason: 'no_real_email' } })
  assert.deepEqual([own.status, own.body.code], [409, 'own_bypass'])
})

test('a user is changed over the version that the caller saw, and over no other', async (t) => {
  const { api, keys, trail } = await site(t, 'fleet')
  const token = keys.admin
  const seen = (await api('GET /users/kim', { token })).headers.get('etag') ?? ''
  assert.match(seen, /^"usr_\S+\.\d+"$/)
  const changed = await api('PATCH /users/kim', {
    token,
    headers: { 'if-match': seen },
    body: { display_name: 'Kim', applications: { web: { two_factor: false } } },
  })
  assert.equal(changed.status, 200)
  const now = changed.headers.get('etag') ?? ''
  assert.notEqual(now, seen)
  const before = (await trail()).length
  const late: readonly (readonly [string, unknown])[] = [
    ['PATCH /users/kim', { display_name: 'Eve' }],
    ['PATCH /users/kim', { applications: { web: { two_factor: true } } }],
    ['PUT /users/kim/applications/web', { two_factor: true }],
    ['DELETE /users/kim', undefined],
  ]
  for (const [door, body] of late)
    for (const tag of [seen, `W/${now}`, '"7"', 'nonsense']) {
      const refused = await api(door, { token, headers: { 'if-match': tag }, body })
      assert.equal(refused.status, 412, `${door} ${tag}`)
      assert.equal(refused.body.code, 'version_conflict')
      assert.equal(refused.body.etag, now)
    }
  assert.equal((await trail()).length, before, 'nothing was done')
  const switched = await api('PUT /users/kim/applications/web', {
    token,
    headers: { 'if-match': `"other", ${now}` },
    body: { two_factor: true },
  })
  assert.notEqual(switched.headers.get('etag'), now, 'a switch is a change to whoever looks at the user')
  const last = switched.headers.get('etag') ?? ''
  assert.equal((await api('DELETE /users/kim', { token, headers: { 'if-match': last } })).status, 204)
  await api('POST /users', { token, body: { username: 'kim' } })
  const another = await api('PATCH /users/kim', { token, headers: { 'if-match': last }, body: { display_name: 'Eve' } })
  assert.equal(another.status, 412, 'one made later under the same name is another user')
  assert.equal((await api('PATCH /users/kim', { token, headers: { 'if-match': '*' }, body: {} })).status, 200)
})

test('what is changed of a user together with switches is changed together with them, or not at all', async (t) => {
  const { api, keys, trail } = await site(t, 'fleet')
  const token = keys.admin
  const before = await api('GET /users/kim', { token })
  const refused = await api('PATCH /users/kim', {
    token,
    body: { display_name: 'Kim', email: 'no address', applications: { moon: { two_factor: true } } },
  })
  assert.deepEqual(
    refused.body.errors.map((each: { pointer: string }) => each.pointer),
    ['/email', '/applications/moon'],
  )
  assert.equal((await api('GET /users/kim', { token })).text, before.text)
  const rows = (await trail()).length
  const applications = { web: { two_factor: true }, manager: { two_factor: false } }
  await api('PATCH /users/kim', { token, body: { display_name: 'Kim', applications } })
  const written = (await trail()).slice(rows)
  assert.equal(new Set(written.map(({ origin }) => origin.request)).size, 1)
  assert.ok(written.some(({ ev }) => ev === 'user.changed'))
  assert.ok(written.some(({ ev }) => ev === 'user.two_factor.changed'))
})
