import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { cookieNames } from '#http/cookies.ts'
import { DOORS } from '#http/doors.ts'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'

const ORIGIN = 'http://localhost:4180'
const { session: SESSION } = cookieNames('acme', ORIGIN)
const OURS = { 'x-countersign': '1', 'sec-fetch-site': 'same-origin' }

async function site(t: TestContext): Promise<ApiWorld> {
  const made = await apiWorld()
  t.after(made.close)
  return made
}

test('[S0.16] [F11] an API key gets in without a challenge, and as a password it is a wrong one', async (t) => {
  const { api, keys, messages, trail } = await site(t)
  const who = await api('GET /session', { token: keys.service })
  assert.equal(who.status, 200)
  assert.equal(who.body.kind, 'api_key')
  assert.equal(who.body.user.username, 'svc')
  assert.equal(messages().length, 0)
  for (const username of ['svc', 'kim', 'root']) {
    const answer = await api('POST /login', { body: { username, password: keys.service } })
    assert.equal(answer.status, 401)
    assert.equal(answer.body.code, 'invalid_credentials')
  }
  assert.ok(!(await trail()).some(({ ev }) => ev === 'session.created'))
  const password = await api('POST /login', { body: { username: 'svc', password: 'svc-demo-password' } })
  assert.equal(password.status, 401)
  assert.equal(password.body.code, 'use_api_key')
})

test('[S2.19] a client of Frappe that shows key and secret is not asked', async (t) => {
  const { api, keys, messages } = await site(t)
  for (const header of [
    `token svc:${keys.service}`,
    `token ${'0'.repeat(15)}:${keys.service}`,
    `Token svc:${keys.service}`,
  ]) {
    const who = await api('GET /session', { headers: { authorization: header } })
    assert.equal(who.status, 200, header)
    assert.equal(who.body.user.username, 'svc')
  }
  assert.equal(messages().length, 0)
})

test('what opens nothing is told only that', async (t) => {
  const { api, keys, login, session } = await site(t)
  const pending = (await login('kim')).body.pending.token
  const kim = await session('kim')
  const headers = [
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Basic a2ltOmtpbQ==',
    `Digest ${kim}`,
    `token ${kim}`,
    `token x:${kim}`,
    'token x:y',
    `Bearer ${kim}x`,
    `Bearer ${keys.admin}x`,
    `Bearer ${pending}`,
    `Bearer ${kim}, Bearer ${kim}`,
  ]
  for (const authorization of headers) {
    const answer = await api('GET /session', { headers: { authorization } })
    assert.equal(answer.status, 401, authorization)
    assert.equal(answer.body.code, 'unauthenticated')
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
  }
  assert.equal((await api('GET /session')).status, 401)
})

test('[AK-03] a key in an address is refused, even a right one', async (t) => {
  const { api, keys, session } = await site(t)
  const kim = await session('kim')
  for (const token of [keys.admin, kim]) {
    for (const name of ['api_key', 'access_token', 'key', 'actor']) {
      assert.equal((await api(`GET /session?${name}=${token}`)).status, 401)
      assert.equal((await api(`GET /session?${name}=${token}`, { token })).status, 401)
    }
  }
})

test('with the pending token nothing opens but the steps of the sign-in', async (t) => {
  const { api, login } = await site(t)
  const { token } = (await login('root')).body.pending
  for (const { name, method, path, who } of DOORS) {
    if (!name.startsWith('api.') || who === 'anyone' || who === 'pending') continue
    const answer = await api(`${method} ${path.replace('/api/v1', '')}`, { token })
    assert.equal(answer.status, 401, name)
  }
})

test('administration is for administrators and for keys with the scope', async (t) => {
  const { api, keys, session } = await site(t)
  const doors = ['GET /settings', 'PATCH /settings', 'POST /explain', 'GET /audit']
  const [kim, root] = [await session('kim'), await session('root')]
  for (const door of doors) {
    const body = door.startsWith('GET') ? {} : { body: door.startsWith('POST') ? { username: 'kim' } : {} }
    for (const token of [kim, keys.service]) {
      const answer = await api(door, { token, ...body })
      assert.equal(answer.status, 403, door)
      assert.equal(answer.body.code, 'forbidden')
    }
    for (const token of [root, keys.admin]) assert.equal((await api(door, { token, ...body })).status, 200, door)
    assert.equal((await api(door, body)).status, 401, door)
  }
})

test('a cookie reads as it is; for a change it needs the header and a page of ours', async (t) => {
  const { api, session } = await site(t)
  const cookie = `${SESSION}=${await session('root')}`
  const change = (headers: Record<string, string>) =>
    api('PATCH /settings', { body: { 'code.digits': 8 }, headers: { cookie, ...headers } })
  assert.equal((await api('GET /settings', { headers: { cookie } })).status, 200)
  for (const headers of [
    {},
    { 'x-countersign': '1' },
    { 'sec-fetch-site': 'same-origin' },
    { ...OURS, 'x-countersign': '0' },
    { 'x-countersign': '1', 'sec-fetch-site': 'cross-site' },
    { 'x-countersign': '1', origin: 'https://evil.test' },
  ]) {
    const answer = await change(headers)
    assert.equal(answer.status, 403)
    assert.equal(answer.body.code, 'cross_origin')
  }
  assert.equal((await change(OURS)).status, 200)
  assert.equal((await api('GET /settings', { headers: { cookie: `${cookie}; ${cookie}` } })).status, 401)
})

test('[AK-05] a cookie and a token at once are two identities', async (t) => {
  const { api, session, keys } = await site(t)
  const cookie = `${SESSION}=${await session('kim')}`
  const answer = await api('GET /session', { token: keys.admin, headers: { cookie } })
  assert.equal(answer.status, 400)
  assert.equal(answer.body.code, 'ambiguous_credentials')
})

test('signing out ends the session, with a token and with a cookie', async (t) => {
  const { api, session, keys } = await site(t)
  const token = await session('kim')
  const out = await api('DELETE /session', { token })
  assert.equal(out.status, 204)
  assert.equal(out.headers.get('set-cookie'), null)
  assert.equal((await api('GET /session', { token })).status, 401)

  const headers = { cookie: `${SESSION}=${await session('kim')}` }
  assert.equal((await api('DELETE /session', { headers })).status, 403)
  const left = await api('DELETE /session', { headers: { ...headers, ...OURS } })
  assert.equal(left.status, 204)
  assert.match(left.headers.get('set-cookie') ?? '', /^__Host-cs-acme-session=; Path=\/; Max-Age=0;/)
  assert.equal((await api('GET /session', { headers })).status, 401)
  assert.equal((await api('DELETE /session', { token: keys.service })).status, 403)
})
