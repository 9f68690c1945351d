import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { codeOf } from '../../test/phone.ts'
import { otherThan } from '../../test/steps.ts'
import type { PresetName } from '#policy/presets.ts'

async function site(
  t: TestContext,
  preset: PresetName = 'manufacturing',
  trustedProxies: readonly string[] = [],
): Promise<ApiWorld> {
  const made = await apiWorld({ preset, trustedProxies })
  t.after(made.close)
  return made
}

test('Kim signs in with a program: password, code, session', async (t) => {
  const { login, api, codeFor } = await site(t)
  const first = await login('kim')
  assert.equal(first.status, 202)
  const { status, pending, challenge, decision } = first.body
  assert.equal(status, 'challenge')
  assert.match(pending.token, /^pt_/)
  assert.deepEqual(challenge, {
    method: 'email',
    sent_to: 'k•••@acme.test',
    methods: ['email'],
    channels: [{ channel: 'email', to: 'k•••@acme.test', resend_at: '2026-11-02T09:00:30.000Z' }],
    resend_at: '2026-11-02T09:00:30.000Z',
    expires_at: '2026-11-02T09:10:00.000Z',
    delivery: 'accepted',
    digits: 6,
    failed_codes: 0,
    attempts_left: 5,
    remember_hours: 168,
  })
  assert.equal(decision.rule, 'methods')
  assert.equal(first.headers.get('set-cookie'), null)

  const second = await api('POST /login/verify', {
    token: pending.token,
    body: { code: codeFor('kim'), remember_device: true },
  })
  assert.equal(second.status, 200)
  assert.equal(second.body.status, 'signed_in')
  assert.deepEqual(second.body.decision, decision)
  assert.equal(second.headers.get('set-cookie'), null)
  const who = await api('GET /session', { token: second.body.session.token })
  assert.equal(who.body.user.username, 'kim')
  assert.deepEqual(who.body.session.amr, ['pwd', 'email'])

  const known = await login('kim', { device_token: second.body.device_token })
  assert.equal(known.status, 200)
  assert.equal(known.body.decision.rule, 'remembered_device')
})

test('a device is remembered only when that is asked for', async (t) => {
  const { login, api, codeFor } = await site(t)
  const first = await login('kim')
  const second = await api('POST /login/verify', { token: first.body.pending.token, body: { code: codeFor('kim') } })
  assert.equal(second.status, 200)
  assert.ok(!('device_token' in second.body))
})

test('[R-103] [SE-16] a wrong password, an unknown user and a disabled one get the same answer', async (t) => {
  const { api } = await site(t)
  const answers = []
  for (const username of ['kim', 'nobody', 'k\r\nX: y', '\u0000', 'x'.repeat(4096), '\ud800', 'ki\u202em']) {
    const { status, body } = await api('POST /login', { body: { username, password: 'wrong' } })
    const { instance, ...rest } = body
    assert.match(instance, /^req_/)
    answers.push({ status, rest })
  }
  assert.equal(answers[0]?.status, 401)
  assert.equal(answers[0]?.rest.code, 'invalid_credentials')
  for (const answer of answers) assert.deepEqual(answer, answers[0])
})

test('contact persons come with the third failed code and not before', async (t) => {
  const { login, api, codeFor } = await site(t)
  const first = await login('kim')
  assert.doesNotMatch(first.text, /Robin Root/)
  const code = otherThan(codeFor('kim'))
  for (const failed of [1, 2, 3]) {
    const refused = await api('POST /login/verify', { token: first.body.pending.token, body: { code } })
    assert.equal(refused.status, 401)
    assert.equal(refused.body.code, 'invalid_code')
    assert.equal(refused.body.reason, 'invalid')
    assert.equal(refused.body.failed_codes, failed)
    assert.equal(refused.body.attempts_left, 5 - failed)
    assert.equal('contacts' in refused.body, failed === 3)
    assert.equal(refused.text.includes('Robin Root'), failed === 3)
  }
})

test('[R-026] while the second step is locked, right, wrong and malformed codes are answered with the same bytes', async (t) => {
  const world = await site(t)
  await world.set({ 'lock.after': 3, 'lock.seconds': 900, 'code.max_attempts': 10 })
  const { token } = (await world.login('kim')).body.pending
  const right = world.codeFor('kim')
  for (let count = 0; count < 3; count++)
    await world.api('POST /login/verify', { token, body: { code: otherThan(right) } })
  const answers = []
  for (const code of [right, otherThan(right), '1', 7, right]) {
    answers.push(await world.api('POST /login/verify', { token, body: { code } }))
    world.clock.pass(seconds(1))
  }
  for (const { status, text } of answers) {
    assert.equal(status, 429)
    assert.equal(text, answers[0]?.text)
  }
  assert.equal(answers[0]?.body.code, 'code_locked')
  assert.equal(answers[0]?.body.retry_at, '2026-11-02T09:15:00.000Z')
  assert.equal(answers[0]?.headers.get('retry-after'), '900')
  const again = await world.login('kim')
  assert.equal(again.status, 429)
  assert.equal(again.text, answers[0]?.text)
})

test('[IV-01] a code in an odd shape is read as documented or refused, uncounted, and never a 500', async (t) => {
  const { login, api, codeFor, reports, clock } = await site(t)
  const { token } = (await login('kim')).body.pending
  const verify = (raw: string) => api('POST /login/verify', { token, raw })
  const code = codeFor('kim')
  for (const odd of [
    '0123456',
    '1',
    '',
    '12345',
    '-123456',
    '123456-',
    '12 34 5x',
    '١٢٣',
    '123456\u0000',
    'x'.repeat(60_000),
  ]) {
    const { status, body } = await verify(JSON.stringify({ code: odd }))
    assert.equal(status, 400, odd.slice(0, 20))
    assert.equal(body.code, 'malformed_code')
  }
  for (const odd of ['123456', 'null', '{}', '[]', '["123456"]', '{"a":"123456"}', 'true', '1e5', '12345.6']) {
    const { status, body } = await verify(`{"code":${odd}}`)
    assert.equal(status, 400, odd)
    assert.equal(body.code, 'malformed_code')
  }
  assert.equal((await verify('{}')).status, 400)
  assert.equal((await verify(`{"code":"${'1'.repeat(10_000_000)}"}`)).status, 413)
  assert.deepEqual(reports, [])

  const refused = await verify(JSON.stringify({ code: otherThan(code) }))
  assert.equal(refused.body.failed_codes, 1)

  const wide = (text: string): string => text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
  const halves = (text: string, between: string): string => `${text.slice(0, 3)}${between}${text.slice(3)}`
  const shapes = [
    wide,
    (text: string) => ` ${halves(text, ' ')} `,
    (text: string) => halves(text, '-'),
    (text: string) => halves(text, '\u2013'),
  ]
  for (const shape of shapes) {
    clock.pass(minutes(1))
    const next = (await login('kim')).body.pending.token
    const typed = shape(codeFor('kim'))
    assert.equal((await api('POST /login/verify', { token: next, body: { code: typed } })).status, 200, typed)
  }
})

test('a code is good once, and a sign-in that is over says so', async (t) => {
  const { login, api, codeFor, clock } = await site(t)
  const { token } = (await login('kim')).body.pending
  const body = { code: codeFor('kim') }
  assert.equal((await api('POST /login/verify', { token, body })).status, 200)
  assert.equal((await api('POST /login/verify', { token, body })).body.code, 'pending_gone')
  const late = (await login('kim')).body.pending.token
  clock.pass(minutes(11))
  const expired = await api('POST /login/verify', { token: late, body: { code: codeFor('kim') } })
  assert.equal(expired.status, 401)
  assert.equal(expired.body.reason, 'expired')
  clock.pass(minutes(5))
  assert.equal((await api('POST /login/verify', { token: late, body })).status, 410)
  assert.equal((await api('POST /login/send', { token: late })).status, 410)
  for (const wrong of [undefined, 'st_x', 'nonsense']) {
    const answer = await api('POST /login/verify', { body, ...(wrong === undefined ? {} : { token: wrong }) })
    assert.equal(answer.body.code, 'unauthenticated')
  }
})

test('after the last attempt the sign-in starts over', async (t) => {
  const { login, api, codeFor } = await site(t)
  const { token } = (await login('kim')).body.pending
  const body = { code: otherThan(codeFor('kim')) }
  for (let left = 4; left >= 0; left--)
    assert.equal((await api('POST /login/verify', { token, body })).body.attempts_left, left)
  const over = await api('POST /login/verify', { token, body: { code: codeFor('kim') } })
  assert.equal(over.status, 429)
  assert.equal(over.body.code, 'too_many_attempts')
})

test('[F12] a limit on messages is told with the time from which it holds no more, where there is one', async (t) => {
  const world = await site(t, 'fleet')
  const { login, api, set } = world
  await set({ 'two_factor.require_all': true, 'delivery.max_sms_per_number_hour': 1 })
  await login('kim')
  const kept = (await login('kim')).body
  assert.equal(kept.challenge.delivery, 'not_sent')
  const refused = await api('POST /login/send', { token: kept.pending.token })
  assert.deepEqual([refused.status, refused.body.code], [429, 'send_limit'])
  assert.equal(refused.headers.get('retry-after'), '3600')
  await set({ 'delivery.sms_prefixes': ['+1'] })
  const never = await api('POST /login/send', { token: kept.pending.token })
  assert.deepEqual([never.status, never.body.code, never.headers.get('retry-after')], [429, 'send_limit', null])
})

test('a code can be asked for again after the cooldown, and over another channel when it is offered', async (t) => {
  const world = await site(t, 'fleet')
  await world.set({ 'two_factor.require_all': true })
  const { login, api, clock, messages } = world
  const { pending, challenge } = (await login('kim')).body
  const { token } = pending
  assert.equal(challenge.method, 'sms')
  const early = await api('POST /login/send', { token })
  assert.equal(early.body.code, 'resend_cooldown')
  assert.equal(early.headers.get('retry-after'), '30')
  const other = await api('POST /login/send', { token, body: { channel: 'email' } })
  assert.equal(other.status, 409)
  assert.deepEqual(other.body.channels_offered, ['sms'])
  clock.pass(seconds(31))
  const again = await api('POST /login/send', { token, body: {} })
  assert.equal(again.status, 202)
  assert.equal(again.body.pending.token, token)
  assert.deepEqual(again.body.challenge.methods.toSorted(), ['email', 'sms'])
  clock.pass(seconds(1))
  const email = await api('POST /login/send', { token, body: { channel: 'email' } })
  assert.equal(email.body.challenge.sent_to, 'k•••@acme.test')
  assert.equal(messages('email').length, 1)
})

test('an authenticator app is set up on the way in', async (t) => {
  const world = await site(t, 'retail')
  await world.set({ 'two_factor.require_all': true, 'enrolment.channel': 'screen' })
  const { login, api, clock } = world
  const first = await login('kim')
  assert.equal(first.status, 202, first.text)
  assert.equal(first.body.status, 'enrol')
  assert.equal(first.body.enrolment.channel, 'screen')
  assert.ok(!first.text.includes('otpauth'))
  const { token } = first.body.pending
  const shown = await api('POST /login/enrol', { token })
  assert.equal(shown.status, 200)
  assert.match(shown.body.otpauth_uri, /^otpauth:\/\/totp\/Acme:/)
  assert.match(shown.body.qr_svg, /^<svg /)
  assert.equal((await api('POST /login/enrol/link', { token })).status, 409)
  const wrong = await api('POST /login/enrol/confirm', {
    token,
    body: { code: otherThan(codeOf(shown.body.secret, clock.now())) },
  })
  assert.equal(wrong.body.code, 'invalid_code')
  const done = await api('POST /login/enrol/confirm', { token, body: { code: codeOf(shown.body.secret, clock.now()) } })
  assert.equal(done.body.status, 'signed_in')
  assert.equal((await api('POST /login/enrol', { token })).status, 410)
  assert.deepEqual((await login('kim')).body.challenge.methods, ['app'])
})

test('[BF-08] wandering inside one IPv6 network, in whatever form, stays one source', async (t) => {
  const { api } = await site(t)
  const peers = [
    '2001:db8:1:2::1',
    '2001:DB8:1:2:0:0:0:2',
    '2001:0db8:0001:0002::3',
    '2001:db8:1:2:ffff::4',
    '2001:db8:1:2::5%eth0',
  ]
  const guess = (peer: string) => api('POST /login', { body: { username: 'kim', password: 'wrong' }, peer })
  for (let count = 0; count < 10; count++) assert.equal((await guess(peers[count % peers.length] ?? '')).status, 401)
  for (const peer of [...peers, '2001:db8:1:2:9::9']) {
    const { status, body, headers } = await guess(peer)
    assert.equal(status, 429, peer)
    assert.equal(body.code, 'password_throttled')
    assert.ok(Number(headers.get('retry-after')) > 0)
  }
  assert.equal((await guess('2001:db8:1:3::1')).status, 401)
})

test('[BF-09] without a trusted proxy forwarding headers change nothing', async (t) => {
  const { api, trail } = await site(t)
  for (let count = 0; count < 12; count++) {
    const told = `203.0.113.${count}`
    const headers = { 'x-forwarded-for': told, forwarded: `for=${told}`, 'x-real-ip': told }
    const { status } = await api('POST /login', { body: { username: 'kim', password: 'wrong' }, headers })
    assert.equal(status, count < 10 ? 401 : 429)
  }
  const failures = (await trail()).filter(({ ev }) => ev === 'auth.password.fail')
  assert.equal(failures.length, 10)
  for (const { origin } of failures) assert.equal(origin.address, '198.51.100.7')
})

test('[R-025] behind a trusted proxy the client is who the proxy names, whatever the client wrote before it', async (t) => {
  const { api } = await site(t, 'manufacturing', ['10.0.0.1'])
  const guess = (client: string, count: number) =>
    api('POST /login', {
      body: { username: 'kim', password: 'wrong' },
      peer: '10.0.0.1',
      headers: { 'x-forwarded-for': `192.0.2.${count}, ${client}` },
    })
  for (let count = 0; count < 10; count++) assert.equal((await guess('203.0.113.9', count)).status, 401)
  assert.equal((await guess('203.0.113.9', 11)).status, 429)
  assert.equal((await guess('203.0.113.10', 11)).status, 401)
})

test('a program knows when a message can be asked for again, before it asks and after it asked too early', async (t) => {
  const at = await apiWorld({ preset: 'retail' })
  t.after(at.close)
  await at.set({
    'delivery.send_on': 'first_attempt',
    'delivery.resend_cooldown_seconds': 30,
    'methods.allowed': ['email'],
  })
  const asked = await at.login('kim')
  assert.equal(asked.headers.get('ratelimit'), '"resend";r=0;t=30')
  assert.equal(asked.headers.get('ratelimit-policy'), '"resend";q=1;w=30')
  const { token } = asked.body.pending
  at.clock.pass(10_000)
  const early = await at.api('POST /login/send', { token, body: {} })
  assert.equal(early.body.code, 'resend_cooldown')
  assert.equal(early.headers.get('ratelimit'), '"resend";r=0;t=20')
  assert.equal(early.headers.get('retry-after'), '20')
})
