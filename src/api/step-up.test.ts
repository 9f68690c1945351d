import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { NEEDS_FRESH_PROOF } from '#domain/rights.ts'
import { minutes, seconds } from '#domain/time.ts'
import { cookieNames } from '#http/cookies.ts'
import { DOORS } from '#http/doors.ts'
import { breakGlass } from '#usecases/break-glass.ts'
import { changeUser } from '#usecases/users.ts'
import { type ApiDoor, OPERATIONS } from './operations.ts'
import { apiWorld } from '../../test/api-world.ts'
import { ADMIN } from '../../test/world.ts'

const OURS = { 'x-countersign': '1', 'sec-fetch-site': 'same-origin' }

async function site(t: TestContext) {
  const made = await apiWorld()
  t.after(made.close)
  return made
}

test('[AD-04] [R-155] after fifteen minutes no session changes what security rests on before it is proved anew', async (t) => {
  const { api, session, clock, codeFor } = await site(t)
  const token = await session('root')
  const change = (with_: string) => api('PATCH /settings', { token: with_, body: { 'code.digits': 8 } })
  assert.equal((await change(token)).status, 200)
  clock.pass(minutes(15) + 1)
  const stale = await change(token)
  assert.deepEqual([stale.status, stale.body.code, stale.body.max_age], [403, 'step_up_required', 900])
  assert.equal((await api('GET /settings', { token })).status, 200, 'reading goes on')

  const asked = await api('POST /session/step-up', { token })
  assert.deepEqual([asked.status, asked.body.status], [202, 'challenge'])
  assert.equal((await change(token)).status, 403, 'asking is no proof')
  const code = codeFor('root')
  const proved = await api('POST /login/verify', { token: asked.body.pending.token, body: { code } })
  assert.deepEqual([proved.status, proved.body.status], [200, 'renewed'])
  assert.equal((await change(token)).status, 401, 'the old token is dead')
  assert.equal((await change(proved.body.session.token)).status, 200)
})

test('[AD-04] each door of the administration asks for it that changes with one of these rights, and says so', async (t) => {
  const { api, session, clock } = await site(t)
  const token = await session('root')
  clock.pass(minutes(16))
  for (const { name, method, path, who } of DOORS) {
    if (typeof who !== 'object' || name === 'api.clear-sessions') continue
    const place = path.replace('/api/v1', '').replaceAll(/:\w+/g, 'nobody')
    const sends = method !== 'GET' && method !== 'DELETE'
    const answer = await api(`${method} ${place}`, { token, ...(sends ? { body: {} } : {}) })
    const asks = method !== 'GET' && NEEDS_FRESH_PROOF.has(who.right)
    assert.equal(answer.body?.code === 'step_up_required', asks, `${method} ${path}: ${answer.text}`)
    assert.equal(OPERATIONS[name as ApiDoor].problems.includes('step_up_required'), asks, name)
  }
})

test('[R-155] an API key is a proof of its own, and has no session to prove', async (t) => {
  const { api, keys, clock } = await site(t)
  clock.pass(minutes(60))
  assert.equal((await api('PATCH /settings', { token: keys.admin, body: { 'code.digits': 8 } })).status, 200)
  assert.equal((await api('POST /session/step-up', { token: keys.admin })).status, 403)
})

test('[R-155] whoever is not asked for a factor shows the password, and whoever is, the factor', async (t) => {
  const world = await site(t)
  const { api, session, set, clock } = world
  const root = await session('root')
  const factor = await api('POST /session/step-up', { token: root, body: { password: 'root-demo-password' } })
  assert.deepEqual([factor.status, factor.body.code], [409, 'factor_required'])
  await set({ 'two_factor.enabled': false })
  clock.pass(minutes(16))
  assert.deepEqual((await api('POST /session/step-up', { token: root })).body, { status: 'password' })
  const wrong = await api('POST /session/step-up', { token: root, body: { password: 'wrong' } })
  assert.deepEqual([wrong.status, wrong.body.code], [401, 'invalid_credentials'])
  const right = await api('POST /session/step-up', { token: root, body: { password: 'root-demo-password' } })
  assert.equal(right.status, 200)
  const { token } = right.body.session
  assert.equal((await api('PATCH /settings', { token, body: { 'code.digits': 7 } })).status, 200)
})

test('[R-155] [SE-01] a browser gets the other token in its cookie, and its scripts do not', async (t) => {
  const { api, session, ports, codeFor } = await site(t)
  const { session: name } = cookieNames('acme', ports.origin)
  const token = await session('root')
  const headers = { cookie: `${name}=${token}` }
  assert.equal((await api('POST /session/step-up', { headers })).body.code, 'cross_origin')
  const asked = await api('POST /session/step-up', { headers: { ...headers, ...OURS } })
  assert.equal(asked.status, 202)
  const pending = asked.body.pending.token
  const proved = await api('POST /login/verify', { headers, token: pending, body: { code: codeFor('root') } })
  assert.equal(proved.body.status, 'renewed')
  assert.deepEqual(Object.keys(proved.body.session), ['expires_at'])
  const cookie = proved.headers.get('set-cookie') ?? ''
  assert.match(cookie, new RegExp(`^${name}=st_[\\w-]+; Path=/; Max-Age=\\d+; HttpOnly; SameSite=Lax`))
  const renewed = cookie.split(';')[0] ?? ''
  assert.equal((await api('GET /session', { headers: { cookie: renewed } })).status, 200)
  assert.equal((await api('GET /session', { headers })).status, 401)
})

test('[AD-11] whoever was let in with an emergency code can repair what is broken', async (t) => {
  const { api, login, ports } = await site(t)
  const given = await breakGlass(ports, { ...ADMIN, site: 'acme', username: 'root' })
  assert.ok(given.kind === 'issued')
  const { token: pending } = (await login('root')).body.pending
  const { body } = await api('POST /login/verify', { token: pending, body: { code: given.code.reveal() } })
  const who = await api('GET /session', { token: body.session.token })
  assert.deepEqual([who.body.session.acr, who.body.session.amr], ['aal1', ['pwd', 'break_glass']])
  const change = await api('PATCH /settings', {
    token: body.session.token,
    body: { 'methods.allowed': ['email', 'app'] },
  })
  assert.equal(change.status, 200)
})

test('[F16] [AD-01] the helpdesk over the API: a code, a resend, a new start, and nothing for an administrator', async (t) => {
  const world = await site(t)
  const { api, session, login, ports, clock, codeFor, trail } = world
  await changeUser(ports, { ...ADMIN, site: 'acme', username: 'sam', fields: { roles: ['Helpdesk'] } })
  const token = await session('sam')
  const help = (door: string, body: object = { reason: 'ticket 4711' }) => api(`POST /users/${door}`, { token, body })

  for (const act of ['resend', 'code', 'enrol-anew']) {
    const refused = await help(`root/${act}`)
    assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'], act)
    assert.equal((await help(`kim/${act}`, { reason: ' ' })).status, 400)
    assert.equal((await help(`nobody/${act}`)).status, 404)
  }
  assert.equal((await trail()).filter(({ ev }) => ev === 'authz.denied').length, 3)

  assert.equal((await help('kim/resend')).body.code, 'nobody_waits')
  const pending = (await login('kim')).body.pending.token
  assert.equal((await help('kim/resend')).body.code, 'resend_cooldown')
  clock.pass(seconds(30))
  assert.equal((await help('kim/resend')).status, 204)
  const given = await help('kim/code')
  assert.equal(given.status, 201)
  assert.match(given.body.code, /^\d{15}$/)
  const { status } = await api('POST /login/verify', { token: pending, body: { code: given.body.code } })
  assert.equal(status, 200)
  assert.equal((await help('kim/enrol-anew')).status, 204)
  assert.equal((await api('POST /login/verify', { token: pending, body: { code: codeFor('kim') } })).status, 410)
})

test('[F25] the third failure has a reference, and the helpdesk finds the sign-in by it', async (t) => {
  const world = await site(t)
  const { api, session, login, codeFor } = world
  const { token } = (await login('kim')).body.pending
  const wrong = codeFor('kim').replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
  const told = []
  for (let guess = 0; guess < 3; guess += 1)
    told.push((await api('POST /login/verify', { token, body: { code: wrong } })).body.reference)
  const [first, second, third] = told
  assert.deepEqual([first, second, typeof third], [undefined, undefined, 'string'])
  const root = await session('root')
  const found = await api(`GET /attempts/${third.toLowerCase()}`, { token: root })
  assert.deepEqual(
    found.body.items.map(({ username, failed_codes }: Record<string, unknown>) => [username, failed_codes]),
    [['kim', 3]],
  )
  for (const other of ['0000-0000', 'nothing'])
    assert.equal((await api(`GET /attempts/${other}`, { token: root })).status, 404)
})

test('[BY-02] an exemption needs a fresh proof and a reason, and stands in the record and in the list of exemptions', async (t) => {
  const { api, session, clock, codeFor, trail } = await site(t)
  const token = await session('root')
  clock.pass(minutes(16))
  const grant = (by: string, body: object) => api('PUT /users/op/bypass', { token: by, body })
  const reason = { reason: 'other', note: 'gloves on the line' }
  assert.equal((await grant(token, reason)).body.code, 'step_up_required')
  const asked = await api('POST /session/step-up', { token })
  const code = codeFor('root')
  const proved = await api('POST /login/verify', { token: asked.body.pending.token, body: { code } })
  const fresh = proved.body.session.token
  for (const without of [{}, { reason: 'other' }, { reason: 'because' }])
    assert.equal((await grant(fresh, without)).status, 400, JSON.stringify(without))
  assert.equal((await grant(fresh, reason)).status, 200)
  const [granted, ...others] = (await trail()).filter(({ ev }) => ev === 'bypass.granted')
  assert.deepEqual([granted?.actor.name, granted?.subject?.name, others.length], ['root', 'op', 0])
  const report = await api('GET /reports/bypasses', { token: fresh })
  assert.ok(report.text.includes('gloves on the line') && report.text.includes('"op"'), report.text)
})
