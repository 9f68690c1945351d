import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { RESET_COOLDOWN, RESET_LIFE } from '#domain/password-reset.ts'
import { hours, minutes, seconds } from '#domain/time.ts'
import { helpWithCode } from '#usecases/helpdesk.ts'
import { endUserSessions } from '#usecases/sessions.ts'
import { dump, siteOnDisk } from '../database-dump.ts'
import { appCode, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { by, fileOf, join } from '../people.ts'
import { ANOTHER, forget, half, resetMails, resetPath } from '../reset-steps.ts'
import { secondSite } from '../second-site.ts'
import { opened, rows, standingOf, type, waiting } from '../steps.ts'
import { cookiesOf, FORM, OURS, wholeServer, wholeServerOver } from '../whole-server.ts'
import { ADMIN } from '../world.ts'

// Somebody has the mailbox of a user, or can make it fill up. The link that replaces a forgotten password is worth what the mailbox is
// worth, and never the second factor.

test('[RE-04] [R-127] a reset asks for the second factor before it saves, signs nobody in and leaves the factor', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  const secret = await withApp(at, 'sam')
  const session = opened(await type(at, waiting(await at.password('sam')), appCode(at, secret)))
  at.clock.pass(seconds(60))
  await forget(at, 'sam')
  const { cookie, login } = await half(at, 'sam')
  waiting(await at.password('sam'))
  assert.equal(await standingOf(at, session), 'granted')

  const wrong = await at.form('/acme/login/code', { login, code: wrongAppCode(at, secret) }, { cookie })
  assert.equal(wrong.status, 401)
  assert.equal((await at.password('sam', { password: ANOTHER })).kind, 'invalid-credentials')
  const before = (await rows(at, 'session.created')).length
  const { deviceEpoch } = (await fileOf(at, 'sam')).user

  const right = await at.form('/acme/login/code', { login, code: appCode(at, secret) }, { cookie })
  assert.equal(right.headers.get('location'), '/acme/login?after=reset')
  assert.doesNotMatch(cookiesOf(right), /session=[^;]|device=[^;]/)
  assert.equal((await rows(at, 'session.created')).length, before)
  assert.notEqual(await standingOf(at, session), 'granted')
  assert.equal((await fileOf(at, 'sam')).user.deviceEpoch, deviceEpoch + 1, 'no browser is remembered')
  assert.equal((await at.password('sam')).kind, 'invalid-credentials')
  at.clock.pass(seconds(60))
  opened(await type(at, waiting(await at.password('sam', { password: ANOTHER })), appCode(at, secret)))
  const [done] = await rows(at, 'reset.completed')
  assert.deepEqual([done?.subject?.name, done?.data], ['sam', { method: 'app' }])
  await at.pump()
  assert.match(at.messages('email')[0]?.subject ?? '', /password/i)
})

test('[R-126] [RE-09] a mailbox gets no further than its link where there is an app, whatever the site sends by mail', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  const secret = await withApp(at, 'sam')
  await at.set({ 'methods.allowed': ['app', 'email'], 'delivery.backup_offer_after': 1 })
  await forget(at, 'sam')
  const { cookie, login } = await half(at, 'sam')
  const mails = at.messages('email').length
  assert.equal((await at.form('/acme/login/code', { login, code: '000000' }, { cookie })).status, 401)
  const byMail = await at.form('/acme/login/send', { login, channel: 'email' }, { cookie })
  assert.equal(byMail.status, 409)
  assert.notEqual((await at.form('/acme/login/enrol', { login }, { cookie })).status, 303)
  assert.notEqual((await at.form('/acme/login/link', { login }, { cookie })).status, 303)
  await at.pump()
  assert.equal(at.messages('email').length, mails, 'nothing more came by mail')
  // Programs finish no reset: not even with the right code.
  const token = cookie.slice(cookie.indexOf('=') + 1)
  const verify = 'POST /acme/api/v1/login/verify'
  const answer = await at.json(verify, { code: appCode(at, secret) }, { ...OURS, authorization: `Bearer ${token}` })
  assert.equal(answer.status, 410)
  assert.equal((await at.password('sam', { password: ANOTHER })).kind, 'invalid-credentials')
  assert.deepEqual(await rows(at, 'reset.completed'), [])
})

test('[R-126] a code of the helpdesk is nothing beside a mailbox', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  await withApp(at, 'sam')
  await forget(at, 'sam')
  const { cookie, login } = await half(at, 'sam')
  await join(at, 'hanna', { roles: ['Helpdesk'], email: 'hanna@acme.test' })
  const help = { ...(await by(at, 'hanna')), site: DEMO_SITE, username: 'sam', reason: 'called' }
  const given = await helpWithCode(at.ports, help)
  assert.ok(given.kind === 'issued')
  assert.equal((await at.form('/acme/login/code', { login, code: given.code.reveal() }, { cookie })).status, 401)
  assert.deepEqual(await rows(at, 'reset.completed'), [])
})

test('[R-126] where the mailbox is the second factor, too, its link replaces nothing', async (t) => {
  const at = await wholeServer(t, { preset: 'manufacturing' })
  await forget(at, 'kim')
  const answer = await at.form(resetPath(at, 'kim'), { password: ANOTHER })
  assert.equal(answer.status, 409)
  assert.match(await answer.text(), /Robin Root/)
  waiting(await at.password('kim'))
  assert.deepEqual(await rows(at, 'reset.completed'), [])
})

test('[R-126] beside the link a code by SMS is another proof, and it never moves into the mailbox', async (t) => {
  const at = await wholeServer(t, { preset: 'fleet' })
  await at.set({ 'methods.allowed': ['sms', 'email'], 'two_factor.require_all': true })
  await forget(at, 'kim')
  const { cookie, login } = await half(at, 'kim')
  for (const code of ['000000', '000001']) await at.form('/acme/login/code', { login, code }, { cookie })
  assert.equal((await at.form('/acme/login/send', { login, channel: 'email' }, { cookie })).status, 409)
  const passed = await at.form('/acme/login/code', { login, code: at.codeFor('kim', 'sms') }, { cookie })
  assert.equal(passed.headers.get('location'), '/acme/login?after=reset')
  waiting(await at.password('kim', { password: ANOTHER }))
})

test('[R-126] an SMS that a cap keeps back is not brought to the mailbox that the link came to', async (t) => {
  const at = await wholeServer(t, { preset: 'fleet' })
  await at.set({
    'methods.allowed': ['sms', 'email'],
    'two_factor.require_all': true,
    'delivery.sms_failure_fallback': 'email_always',
    'delivery.sms_prefixes': ['+1'],
  })
  await forget(at, 'kim')
  const { cookie, login } = await half(at, 'kim')
  assert.equal((await at.form('/acme/login/send', { login }, { cookie })).status, 429)
  await at.pump()
  assert.deepEqual(
    at.messages().map(({ text }) => text.includes('/reset/')),
    [true],
    'the link, and no code',
  )
})

test('[R-126] nor is one that the gateway refuses, whatever the site does at a sign-in', async (t) => {
  const at = await wholeServer(t, { preset: 'scheduling' })
  await forget(at, 'kim')
  await at.mailbox.setBehaviour({ sms: 'reject' })
  await half(at, 'kim')
  await at.pump()
  assert.equal(at.messages('email').length, 1, 'the link, and no code')
  assert.deepEqual(await rows(at, 'delivery.fallback'), [])
  assert.equal((await rows(at, 'delivery.failed')).length, 1)
})

test('[RP-12] a link that was used is gone, and its second use is on record', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  await forget(at, 'web')
  const path = resetPath(at, 'web')
  assert.equal((await at.form(path, { password: ANOTHER })).headers.get('location'), '/acme/login?after=reset')
  const again = await at.form(path, { password: 'a-third-long-password' })
  assert.equal(again.status, 410)
  assert.equal((await at.knock(`GET ${path}`, { headers: { accept: 'text/html' } })).status, 410)
  assert.deepEqual(
    (await rows(at, 'reset.replayed')).map(({ subject }) => subject?.name),
    ['web'],
  )
  opened(await at.password('web', { password: ANOTHER }))
})

test('[RP-12] of one link sent many times at once, one sets a password', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  await forget(at, 'web')
  const path = resetPath(at, 'web')
  const tried = ['first-long-password', 'second-long-password', 'third-long-password']
  const answers = await Promise.all(tried.map((password) => at.form(path, { password })))
  assert.deepEqual(answers.map(({ status }) => String(status)).toSorted(), ['303', '410', '410'])
  assert.equal((await rows(at, 'reset.completed')).length, 1)
})

test('[RE-08] a hundred requests make one mail, one answer and no lock', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  const answers = new Set<string>()
  for (const username of [...Array.from({ length: 97 }, () => 'web'), 'svc', 'nobody', 'nobody at all']) {
    const answer = await forget(at, username)
    answers.add(`${answer.status} ${answer.headers.get('location')} ${await answer.text()}`)
  }
  assert.deepEqual([...answers], ['303 /acme/forgotten?sent '])
  assert.equal(at.messages('email').length, 1)
  opened(await at.password('web'))

  // This address has asked too often by now, for whomever; a while later it may ask again.
  assert.equal((await forget(at, 'kim')).headers.get('location'), '/acme/forgotten?sent')
  assert.deepEqual(resetMails(at, 'kim'), [])
  at.clock.pass(minutes(15))
  await forget(at, 'kim')
  await forget(at, 'web')
  assert.deepEqual([resetMails(at, 'kim').length, resetMails(at, 'web').length], [1, 2])
})

test('[EN-16] a link goes to the one stored address, however the request is bent', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  const send = (body: string, type = FORM) =>
    at.knock('POST /acme/forgotten', { headers: { ...OURS, 'content-type': type }, body })
  for (const body of ['username=web&username=kim', 'username=web&email=a%40evil.test&email=b%40evil.test'])
    assert.equal((await send(body)).status, 400)
  assert.equal((await send('{"username":["web","kim"]}', 'application/json')).status, 415)
  for (const body of [
    'username=web%2Ckim',
    'username=web%40acme.test%2Ca%40evil.test',
    'username%5B%5D=web&username%5B%5D%5B%5D=kim',
    'username=web%0Akim',
  ])
    assert.equal((await send(body)).status, 303)
  await at.pump()
  assert.deepEqual(at.messages(), [])
  assert.equal((await send('username=web&email=a%40evil.test&to=b%40evil.test')).status, 303)
  await at.pump()
  assert.deepEqual(
    at.messages().map(({ to }) => to),
    ['web@acme.test'],
  )
})

test('[R-127] a scanner that opens the link five times changes no row; a short password spends nothing', async (t) => {
  const { at, file } = await siteOnDisk(t, 'erp')
  const server = wholeServerOver(at)
  await forget(server, 'web')
  const path = resetPath(server, 'web')
  const before = dump(file)
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'GET', 'HEAD'])
    assert.ok((await server.knock(`${method} ${path}`, { headers: { accept: 'text/html' } })).status < 500)
  assert.deepEqual(dump(file), before)
  assert.equal((await server.form(path, { password: 'short' })).status, 400)
  assert.equal((await server.form(path, { password: ANOTHER })).status, 303)
  assert.ok(!JSON.stringify(dump(file)).includes(path.slice(path.lastIndexOf('/') + 1)), 'the token is stored nowhere')
})

test('[R-126] a link is good at its own site, for half an hour, and until the sessions of its user are ended', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  const status = async (path: string) => (await at.knock(`GET ${path}`, { headers: { accept: 'text/html' } })).status
  await secondSite(at, 'north', 'erp')
  await forget(at, 'web')
  const first = resetPath(at, 'web')
  assert.equal(await status(first), 200)
  assert.equal(await status(first.replace('/acme/', '/north/')), 410)
  at.clock.pass(minutes(30))
  assert.equal(await status(first), 410)

  await forget(at, 'web')
  const second = resetPath(at, 'web')
  assert.equal(await status(second), 200)
  await endUserSessions(at.ports, { ...ADMIN, site: at.site.id, username: 'web', devices: false })
  assert.equal(await status(second), 410)
  assert.equal((await at.form(second, { password: ANOTHER })).status, 410)
  opened(await at.password('web'))
})

test('[R-125] what is mailed to recover an account is good for half an hour, comes once in a quarter of one, and never by SMS', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  for (let again = 0; again < 5; again += 1) await forget(at, 'sam')
  assert.equal(resetMails(at, 'sam').length, 1)
  at.clock.pass(RESET_COOLDOWN)
  await forget(at, 'sam')
  assert.equal(resetMails(at, 'sam').length, 2)
  const path = resetPath(at, 'sam')
  at.clock.pass(RESET_LIFE - 1)
  assert.equal((await at.knock(`GET ${path}`)).status, 200)
  at.clock.pass(1)
  assert.equal((await at.knock(`GET ${path}`)).status, 410)
  assert.equal((await at.form(path, { password: ANOTHER })).status, 410)
  assert.ok(RESET_LIFE <= hours(24), 'NIST SP 800-63B-4 4.2.1.2')
  assert.deepEqual(at.messages('sms'), [])
})
