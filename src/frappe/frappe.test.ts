import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { hours, minutes, seconds } from '#domain/time.ts'
import type { PresetName } from '#policy/presets.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { askSecondFactor } from '#usecases/ask-second-factor.ts'
import { appCode, linkFor, look, shown, withApp, wrongAppCode } from '../../test/enrolment-steps.ts'
import { protectedWorld } from '../../test/protocol/protected-world.ts'
import { otherThan } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'

// The tests that Frappe has for its second factor, by their names there, held against our doors; then what it has none for.

interface Answer {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read what they expect and fail where it is not there
  readonly body: any
  readonly cookies: readonly string[]
}

async function frappe(t: TestContext, preset: PresetName = 'erp') {
  const at = await protectedWorld(t, { preset })
  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8'
    const request = new Request(`${at.ports.origin}/acme/api/method/${path}`, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      ...sent,
    })
    const response = await at.server.fetch(request, '198.51.100.7')
    return { status: response.status, body: await response.json(), cookies: response.headers.getSetCookie() }
  }
  const login = (usr: string, pwd = `${usr}-demo-password`) => call('POST', 'login', { usr, pwd })
  const answer = (tmp_id: string, otp: string) => call('POST', 'login', { otp, tmp_id })
  const sessions = () => at.ports.store.countSessions(at.site.id, null, at.clock.now())
  return { ...at, call, login, answer, sessions }
}

test('test_should_run_2fa: with All flagged a code is asked for, without it none is', async (t) => {
  const at = await frappe(t)
  assert.ok((await at.login('kim')).body.verification)
  await at.set({ 'two_factor.enabled': false })
  assert.deepEqual((await at.login('kim')).body, { message: 'Logged In', home_page: '/app', full_name: 'Kim' })
})

test('test_get_cached_user_pass: before the code there is no session, and nothing that knows the password', async (t) => {
  const at = await frappe(t)
  const asked = await at.login('kim')
  assert.deepEqual([asked.status, asked.cookies, await at.sessions()], [200, [], 0])
  assert.doesNotMatch(JSON.stringify(asked.body), /kim-demo-password|otpauth|secret/i)
})

test('test_authenticate_for_2factor: verification and a tmp_id that cannot be guessed', async (t) => {
  const at = await frappe(t)
  const [one, two] = [await at.login('kim'), await at.login('kim')]
  assert.ok(one.body.tmp_id.length >= 40)
  assert.notEqual(one.body.tmp_id, two.body.tmp_id)
  assert.equal((await at.answer('deadbeef', '123456')).body.exc_type, 'ExpiredLoginException')
})

test('test_two_factor_is_enabled, test_bypass_restict_ip: off, on, and on with a trusted address', async (t) => {
  const at = await frappe(t)
  const asks = async () => (await at.login('kim')).body.verification !== undefined
  const seen: boolean[] = []
  for (const [enabled, trusted] of [
    [false, []],
    [false, ['198.51.100.0/24']],
    [true, []],
    [true, ['198.51.100.0/24']],
    [true, ['203.0.113.0/24']],
  ] as const) {
    await at.set({ 'two_factor.enabled': enabled, 'network.trusted': trusted })
    seen.push(await asks())
  }
  assert.deepEqual(seen, [false, false, true, false, true])
})

test('test_two_factor_is_enabled_for_user: the Administrator is asked like everybody', async (t) => {
  const at = await frappe(t)
  assert.ok((await at.login('root')).body.verification)
})

test('test_get_otpsecret_for_user: the secret that was set up once serves every later login', async (t) => {
  const at = await frappe(t)
  const secret = await withApp(at, 'kim')
  for (let login = 0; login < 2; login++) {
    const asked = await at.login('kim')
    assert.deepEqual(asked.body.verification, { method: 'OTP App', setup: true })
    assert.equal((await at.answer(asked.body.tmp_id, appCode(at, secret))).body.message, 'Logged In')
    at.clock.pass(seconds(30))
  }
})

test('test_confirm_otp_token: wrong, right, and after its time', async (t) => {
  const at = await frappe(t)
  const secret = await withApp(at, 'kim')
  const { tmp_id } = (await at.login('kim')).body
  const wrong = await at.answer(tmp_id, wrongAppCode(at, secret))
  assert.deepEqual([wrong.status, wrong.body.exc_type, wrong.body.failed_codes], [401, 'AuthenticationError', 1])
  const right = await at.answer(tmp_id, appCode(at, secret))
  assert.deepEqual([right.status, right.body.message], [200, 'Logged In'])
  const late = (await at.login('kim')).body.tmp_id
  at.clock.pass(minutes(16))
  const over = await at.answer(late, appCode(at, secret))
  assert.deepEqual([over.status, over.body.exc_type], [410, 'ExpiredLoginException'])
})

test('test_get_verification_obj: one shape for each method, and where the message went is masked', async (t) => {
  const at = await frappe(t)
  await at.set({ 'enrolment.channel': 'email_link' })
  const first = (await at.login('kim')).body.verification
  assert.deepEqual([first.method, first.setup, first.token_delivery], ['Email', false, true])
  await at.set({ 'enrolment.channel': 'screen' })
  const screen = (await at.login('sam')).body.verification
  assert.deepEqual([screen.method, screen.setup], ['OTP App', false])
  assert.ok(screen.prompt.includes('http://localhost:4180/acme/login'))
  await at.set({ 'methods.allowed': ['email'] })
  const email = (await at.login('op')).body.verification
  assert.deepEqual([email.method, email.setup, email.token_delivery], ['Email', true, true])
  assert.match(email.prompt, /o•••@acme\.test/)
  await at.set({ 'methods.allowed': ['sms'], 'delivery.primary': 'sms' })
  const sms = (await at.login('op')).body.verification
  assert.deepEqual([sms.method, sms.token_delivery], ['SMS', true])
  assert.doesNotMatch(sms.prompt, /\d{4}/)
})

test('test_2fa_email_delivery_status: a mail that could not be sent is said to be not sent', async (t) => {
  const at = await frappe(t)
  await at.set({ 'methods.allowed': ['email'] })
  await at.mailbox.setBehaviour({ email: 'reject' })
  const { verification } = (await at.login('kim')).body
  assert.deepEqual([verification.method, verification.token_delivery], ['Email', false])
})

test('test_otp_attempt_tracker: as many failures as the setting says, and not one more', async (t) => {
  const at = await frappe(t)
  const secret = await withApp(at, 'kim')
  await at.set({ 'lock.after': 3, 'lock.seconds': 60 })
  const { tmp_id } = (await at.login('kim')).body
  for (let failure = 0; failure < 3; failure++) await at.answer(tmp_id, wrongAppCode(at, secret))
  const locked = await at.answer(tmp_id, appCode(at, secret))
  assert.deepEqual([locked.status, locked.body.exc_type], [429, 'SecurityException'])
  at.clock.pass(seconds(61))
  assert.equal((await at.answer(tmp_id, appCode(at, secret))).body.message, 'Logged In')
})

test('[RP-01] what Frappe has no test for: a code passes once', async (t) => {
  const at = await frappe(t)
  const secret = await withApp(at, 'kim')
  const [one, two] = [(await at.login('kim')).body.tmp_id, (await at.login('kim')).body.tmp_id]
  const code = appCode(at, secret)
  assert.equal((await at.answer(one, code)).status, 200)
  assert.equal((await at.answer(two, code)).status, 401)
})

test('the link in the mail, and its first code typed where the login waits', async (t) => {
  const at = await frappe(t)
  await at.set({ 'enrolment.channel': 'email_link' })
  const { tmp_id } = (await at.login('kim')).body
  const { secret } = shown(await look(at, tmp_id, linkFor(at, 'kim')))
  assert.equal((await at.answer(tmp_id, appCode(at, secret))).body.message, 'Logged In')
})

test('an SMS that becomes an email says where to look', async (t) => {
  const at = await frappe(t, 'scheduling')
  await at.mailbox.setBehaviour({ sms: 'reject' })
  const asked = await at.login('kim')
  assert.equal(asked.body.verification.method, 'Email')
  assert.equal((await at.answer(asked.body.tmp_id, at.codeFor('kim', 'email'))).body.message, 'Logged In')
})

test('customers are greeted as such, service accounts are sent to their key, wrong passwords are all alike', async (t) => {
  const at = await frappe(t)
  assert.equal((await at.login('web')).body.message, 'No App')
  assert.equal((await at.login('svc')).status, 401)
  const [wrong, unknown] = [await at.login('kim', 'wrong'), await at.login('nobody')]
  assert.deepEqual([wrong.status, wrong.body.exc_type], [401, 'AuthenticationError'])
  assert.deepEqual({ ...wrong.body, instance: '' }, { ...unknown.body, instance: '' })
  for (const body of [{}, { usr: 'kim' }, { usr: 1, pwd: 2 }, { otp: '123456' }])
    assert.equal((await at.call('POST', 'login', body)).status, 400)
})

test('a form does as well as JSON, and the session that comes of it is asked for by its cookie', async (t) => {
  const at = await frappe(t, 'manufacturing')
  const asked = await at.call('POST', 'login', 'usr=kim&pwd=kim-demo-password')
  const form = new URLSearchParams({ otp: at.codeFor('kim'), tmp_id: asked.body.tmp_id })
  const { cookies } = await at.call('POST', 'login', form.toString())
  assert.match(
    cookies[0] ?? '',
    /^__Host-cs-acme-session=st_[\w-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
  )
  const cookie = cookies[0]?.split(';')[0] ?? ''
  assert.deepEqual((await at.call('GET', 'frappe.auth.get_logged_user', undefined, { cookie })).body, {
    message: 'kim',
  })
  assert.equal((await at.call('POST', 'logout', {}, { cookie })).status, 200)
  const after = await at.call('GET', 'frappe.auth.get_logged_user', undefined, { cookie })
  assert.deepEqual([after.status, after.body.exc_type], [403, 'PermissionError'])
  assert.equal((await at.call('POST', 'logout', {}, { cookie })).status, 200)
})

test('an API key says whom it acts for, in the form that clients of Frappe send it', async (t) => {
  const at = await frappe(t)
  const who = (authorization: string) => at.call('GET', 'frappe.auth.get_logged_user', undefined, { authorization })
  assert.equal((await who(`token svc:${at.keys.service}`)).body.message, 'svc')
  assert.equal((await who('token svc:wrong')).status, 403)
})

test('a page of somebody else signs nobody in and nobody out', async (t) => {
  const at = await frappe(t, 'manufacturing')
  await at.set({ 'two_factor.enabled': false })
  for (const headers of [
    { origin: 'https://evil.test' },
    { 'sec-fetch-site': 'cross-site' },
    { referer: 'https://evil.test/' },
  ]) {
    for (const path of ['login', 'logout']) {
      const refused = await at.call('POST', path, 'usr=kim&pwd=kim-demo-password', headers)
      assert.deepEqual([refused.status, refused.cookies], [403, []])
    }
  }
  assert.equal(
    (await at.call('POST', 'login', { usr: 'kim', pwd: 'kim-demo-password' }, { origin: at.ports.origin })).status,
    200,
  )
})

test('what waits for a session or for another application is neither answered nor spent here', async (t) => {
  const at = await frappe(t, 'manufacturing')
  const made = await createApiKey(at.ports, {
    ...ADMIN,
    site: 'acme',
    name: 'shop',
    scopes: ['challenges'],
    expiresAt: null,
  })
  assert.ok(made.kind === 'created')
  const asked = await askSecondFactor(at.ports, {
    site: at.site.id,
    username: 'kim',
    key: made.key,
    origin: ADMIN.origin,
  })
  assert.ok(asked.kind === 'pending')
  const refused = await at.answer(asked.pending.token, at.codeFor('kim'))
  assert.deepEqual([refused.status, await at.sessions()], [410, 0])
  const api = await at.server.fetch(
    new Request(`${at.ports.origin}/acme/api/v1/login/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${asked.pending.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ code: at.codeFor('kim') }),
    }),
  )
  assert.equal(((await api.json()) as { outcome: string }).outcome, 'allow')
  at.clock.pass(hours(1))
  assert.equal((await at.answer(asked.pending.token, otherThan('123456'))).status, 410)
})
