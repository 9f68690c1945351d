import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { rows } from '../../test/steps.ts'

async function open(t: TestContext): Promise<ApiWorld> {
  const world = await apiWorld()
  t.after(world.close)
  return world
}

const call = (at: ApiWorld, door: string, body?: unknown) =>
  at.api(door, { token: at.keys.admin, ...(body === undefined ? {} : { body }) })

const health = async (at: ApiWorld, channel: 'email' | 'sms') => {
  const { body } = await call(at, 'GET /delivery/health')
  return body.channels.find((each: { channel: string }) => each.channel === channel)
}

const codeIn = (at: ApiWorld) => /^\d{6}/.exec(at.messages()[0]?.text ?? '')?.[0] ?? assert.fail('no code')

test('[S4.22] a channel is proved by the code that came over it, typed back; who did it and when is kept', async (t) => {
  const at = await open(t)
  assert.equal((await health(at, 'email')).state, 'unproved')
  const sent = await call(at, 'POST /delivery/test', { channel: 'email', to: 'boss@acme.test' })
  assert.deepEqual([sent.status, sent.body.status, sent.body.channel], [200, 'sent', 'email'])
  assert.equal((await health(at, 'email')).test.to, 'b•••@acme.test')
  assert.equal(at.messages()[0]?.to, 'boss@acme.test')

  const proved = await call(at, 'POST /delivery/test/confirm', { code: codeIn(at) })
  assert.deepEqual([proved.status, proved.body.channel, proved.body.to], [200, 'email', 'b•••@acme.test'])
  const after = await health(at, 'email')
  assert.deepEqual([after.state, after.proved.by, after.test], ['proved', 'demo administrator', null])
  assert.equal((await rows(at, 'delivery.test.passed'))[0]?.data['to'], 'b•••@acme.test')
  assert.equal((await call(at, 'POST /delivery/test/confirm', { code: codeIn(at) })).body.code, 'no_test_waits')

  const same = await call(at, 'PUT /delivery/channels/email', { kind: 'captured' })
  assert.equal(same.status, 200)
  // The site's own now, and not the server's: another configuration, which nobody has proved.
  assert.equal((await health(at, 'email')).state, 'unproved')
})

test('a proof is not guessed: five wrong codes end a test, and its time does', async (t) => {
  const at = await open(t)
  const begin = () => call(at, 'POST /delivery/test', { channel: 'sms', to: '+4915112345678' })
  await begin()
  const right = codeIn(at)
  const wrong = right === '000000' ? '000001' : '000000'
  for (const left of [4, 3, 2, 1, 0]) {
    const answer = await call(at, 'POST /delivery/test/confirm', { code: wrong })
    assert.deepEqual([answer.status, answer.body.code, answer.body.attempts_left], [409, 'wrong_test_code', left])
  }
  assert.equal((await call(at, 'POST /delivery/test/confirm', { code: right })).body.code, 'no_test_waits')

  assert.equal((await begin()).body.code, 'resend_cooldown')
  at.clock.pass(seconds(10))
  await begin()
  at.clock.pass(minutes(10))
  assert.equal((await call(at, 'POST /delivery/test/confirm', { code: codeIn(at) })).body.code, 'no_test_waits')
  assert.equal((await health(at, 'sms')).state, 'unproved')
})

test('[S4.22] a test that fails says so in the words of the server, and the channel is failing until it works', async (t) => {
  const at = await open(t)
  await at.mailbox.setBehaviour({ email: 'reject' })
  const failed = await call(at, 'POST /delivery/test', { channel: 'email', to: 'boss@acme.test' })
  assert.deepEqual([failed.status, failed.body.status, failed.body.expires_at], [200, 'failed', null])
  assert.match(failed.body.error, /^550 5\.7\.1 /)
  const broken = await health(at, 'email')
  assert.equal(broken.state, 'failing')
  assert.match(broken.last_error.says, /^550 5\.7\.1 /)

  await at.mailbox.setBehaviour({ email: 'ok' })
  at.clock.pass(seconds(10))
  await call(at, 'POST /delivery/test', { channel: 'email', to: 'boss@acme.test' })
  await call(at, 'POST /delivery/test/confirm', { code: codeIn(at) })
  assert.equal((await health(at, 'email')).state, 'proved')

  assert.equal((await call(at, 'POST /delivery/test', { channel: 'email', to: 'a@b.test, c@d.test' })).status, 400)
  await at.mailbox.setBehaviour({ sms: 'unconfigured' })
  const none = await call(at, 'POST /delivery/test', { channel: 'sms', to: '+4915112345678' })
  assert.equal(none.body.code, 'channel_not_set_up')
})

test('[S0.20] the health names users whose address is missing, invalid or sends messages back', async (t) => {
  const at = await open(t)
  await call(at, 'PATCH /users/kim', { email: null })
  const { body } = await call(at, 'GET /delivery/health')
  const warned = body.users.map((each: { username: string; warnings: string[] }) => [each.username, each.warnings])
  assert.deepEqual(warned, [['kim', ['no_email']]])
  assert.deepEqual([body.armed_not_enforced, body.let_in], [false, 0])
})

test('[FO-01] armed and not enforced: who gets in with the password alone is counted, and it is said in so many words', async (t) => {
  const at = await open(t)
  await at.mailbox.setBehaviour({ email: 'unconfigured' })
  const { body } = await call(at, 'GET /delivery/health')
  // Everybody but root, who is an administrator, and the service account.
  assert.deepEqual([body.armed_not_enforced, body.let_in], [true, 4])
  await at.set({ 'delivery.when_unconfigured': 'block' })
  assert.equal((await call(at, 'GET /delivery/health')).body.armed_not_enforced, false)
})

const SMTP = {
  kind: 'smtp',
  host: 'mail.example.com',
  port: 587,
  tls: 'required',
  user: 'acme',
  password: 'correct-horse',
  from: 'no-reply@acme.test',
}

test('a channel is set up by the API; its secrets are named and never shown', async (t) => {
  const at = await open(t)
  const saved = await call(at, 'PUT /delivery/channels/email', SMTP)
  assert.equal(saved.status, 200)
  assert.match(
    saved.body.receipts_url,
    /^http:\/\/localhost:4180\/acme\/api\/v1\/delivery\/receipts\/email\/[0-9a-f]{64}$/,
  )
  for (const door of ['GET /delivery/channels/email', 'GET /delivery/channels', 'GET /delivery/health', 'GET /audit']) {
    const { status, text } = await call(at, door)
    assert.equal(status, 200)
    assert.doesNotMatch(text, /correct-horse|receipts\/email/, door)
  }
  const shown = (await call(at, 'GET /delivery/channels/email')).body
  const { password: _, ...open_ } = SMTP
  assert.deepEqual(shown.config, { ...open_, connectSeconds: 5, totalSeconds: 15 })
  assert.deepEqual([shown.secrets_set, shown.owner, shown.state], [['password'], 'site', 'configured'])

  await at.set({ 'two_factor.enabled': false })
  assert.equal((await call(at, 'PUT /delivery/channels/email', { kind: 'off' })).body.state, 'off')
  assert.equal((await call(at, 'DELETE /delivery/channels/email')).status, 204)
  const back = (await call(at, 'GET /delivery/channels/email')).body
  assert.deepEqual([back.state, back.owner, back.config], ['configured', 'server', null])
  assert.equal((await call(at, 'DELETE /delivery/channels/email')).status, 404)
  assert.equal((await call(at, 'GET /delivery/channels/fax')).status, 404)
})

test('[AD-07] a secret that is left out stays, but goes to no other server', async (t) => {
  const at = await open(t)
  await call(at, 'PUT /delivery/channels/email', SMTP)
  const { password: _, ...rest } = SMTP
  const kept = await call(at, 'PUT /delivery/channels/email', { ...rest, from: 'codes@acme.test' })
  assert.deepEqual([kept.status, kept.body.secrets_set], [200, ['password']])
  for (const change of [{ host: 'mail.evil.test' }, { port: 2525 }, { user: 'eve' }, { tls: 'opportunistic' }]) {
    const moved = await call(at, 'PUT /delivery/channels/email', { ...rest, ...change })
    assert.equal(moved.status, 400, JSON.stringify(change))
  }
})
