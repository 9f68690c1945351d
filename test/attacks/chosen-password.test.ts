import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes, seconds } from '#domain/time.ts'
import { commandLine } from '../command-line.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { fileOf, join, passwordOf } from '../people.ts'
import { ANOTHER, forget, half, resetMails, resetPath } from '../reset-steps.ts'
import { opened, rows, type, waiting } from '../steps.ts'
import { OURS, type WholeServer, wholeServer } from '../whole-server.ts'

// An administrator who chooses the password of somebody is soon that somebody. All he can do is mail a link.

/** The token of a session of the demo's administrator, with the code of the message. */
async function root(at: WholeServer): Promise<string> {
  return opened(await type(at, waiting(await at.password('root')), at.codeFor('root')))
}

async function call(at: WholeServer, token: string, door: string, body?: unknown) {
  const [method = '', path = ''] = door.split(' ')
  const answer = await at.json(`${method} /acme/api/v1${path}`, body, { ...OURS, authorization: `Bearer ${token}` })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: text === '' ? {} : JSON.parse(text) }
}

test('[R-104] [AD-02] nobody signed in chooses a password, of others or without the one they have', async (t) => {
  const at = await wholeServer(t)
  const token = await root(at)
  const before = (await at.trail()).length
  for (const [door, body] of [
    ['PATCH /users/kim', { password: ANOTHER }],
    ['PATCH /users/kim', { password: ANOTHER, display_name: 'Kim' }],
    ['PATCH /users/root', { password: ANOTHER }],
    ['POST /users', { username: 'ada', password: ANOTHER }],
  ] as const) {
    const answer = await call(at, token, door, body)
    assert.deepEqual([answer.status, answer.body.code], [403, 'password_by_link'], door)
  }
  assert.equal((await at.trail()).length, before)
  assert.equal((await at.ports.store.personFile(at.site.id, 'ada', at.clock.now())) ?? null, null)
  waiting(await at.password('kim'))
})

test('[R-104] [AD-02] an administrator mails a link, sees nothing of it, and its owner chooses the password', async (t) => {
  const at = await wholeServer(t)
  const token = await root(at)
  const answer = await call(at, token, 'POST /users/kim/reset-password')
  assert.deepEqual([answer.status, answer.body.sent_to], [202, 'k•••@acme.test'])
  assert.equal(answer.body.expires_at, new Date(at.clock.now() + hours(24)).toISOString())
  await at.pump()
  const path = resetPath(at, 'kim')
  const [event] = await rows(at, 'reset.mailed')
  assert.deepEqual([event?.actor.name, event?.subject?.name], ['root', 'kim'])
  const secret = path.slice(path.lastIndexOf('/') + 1)
  assert.ok(![answer.text, JSON.stringify(await at.trail())].join().includes(secret), 'only the mail has the token')
  assert.match(resetMails(at, 'kim')[0]?.text ?? '', /have sent you this link/)

  // Nothing has changed before the link is used: not even its being opened changes anything.
  waiting(await at.password('kim'))
  at.clock.pass(hours(23))
  assert.equal((await at.form(path, { password: ANOTHER })).headers.get('location'), '/acme/login?after=reset')
  assert.equal((await at.password('kim')).kind, 'invalid-credentials')
  waiting(await at.password('kim', { password: ANOTHER }))
  assert.equal((await at.form(path, { password: 'a-third-long-password' })).status, 410, 'it is good once')
})

test('[R-104] a link of an administrator is over after 24 hours', async (t) => {
  const at = await wholeServer(t)
  assert.equal((await call(at, at.keys.admin, 'POST /users/kim/reset-password')).status, 202)
  await at.pump()
  at.clock.pass(hours(24))
  assert.equal((await at.form(resetPath(at, 'kim'), { password: ANOTHER })).status, 410)
})

test('[R-104] a new user has no password before they choose one themselves', async (t) => {
  const at = await wholeServer(t)
  const token = await root(at)
  assert.equal((await call(at, token, 'POST /users', { username: 'lee', email: 'lee@acme.test' })).status, 201)
  assert.equal((await call(at, token, 'POST /users/lee/reset-password')).status, 202)
  await at.pump()
  const [mail] = at.messages('email')
  const path = /http:\/\/localhost:4180(\/acme\/reset\/[\w-]+)/.exec(mail?.text ?? '')?.[1] ?? assert.fail('no link')
  assert.equal((await at.form(path, { password: ANOTHER })).status, 303)
  waiting(await at.password('lee', { password: ANOTHER }))
})

test('[R-104] [R-126] the link of an administrator takes no factor away: an app is asked for all the same', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  const secret = await withApp(at, 'sam')
  assert.equal((await call(at, at.keys.admin, 'POST /users/sam/reset-password')).status, 202)
  await at.pump()
  at.clock.pass(seconds(60))
  const { cookie, login } = await half(at, 'sam')
  assert.equal((await at.password('sam', { password: ANOTHER })).kind, 'invalid-credentials')
  const passed = await at.form('/acme/login/code', { login, code: appCode(at, secret) }, { cookie })
  assert.equal(passed.headers.get('location'), '/acme/login?after=reset')
  waiting(await at.password('sam', { password: ANOTHER }))
})

test('[R-104] a link that somebody asks for meanwhile takes nothing from the one of the administrator', async (t) => {
  const at = await wholeServer(t)
  assert.equal((await call(at, at.keys.admin, 'POST /users/kim/reset-password')).status, 202)
  await forget(at, 'kim')
  assert.equal(resetMails(at, 'kim').length, 1, 'not within a quarter of an hour')
  at.clock.pass(minutes(15))
  await forget(at, 'kim')
  assert.equal(resetMails(at, 'kim').length, 2)
  assert.equal((await at.form(resetPath(at, 'kim'), { password: ANOTHER })).status, 303, 'it stands for the one before')
  waiting(await at.password('kim', { password: ANOTHER }))

  // Without an administrator the mailbox alone is not enough here.
  at.clock.pass(hours(1))
  await forget(at, 'kim')
  assert.equal((await at.form(resetPath(at, 'kim'), { password: 'a-third-long-password' })).status, 409)
})

test('[R-104] nobody vouches for their own mailbox, nor mails a link to somebody stronger', async (t) => {
  const at = await wholeServer(t)
  const token = await root(at)
  assert.equal((await call(at, token, 'POST /users/root/reset-password')).status, 202)
  await at.pump()
  assert.equal((await at.form(resetPath(at, 'root'), { password: ANOTHER })).status, 409)

  const scopes = ['users:write']
  const { key } = (await call(at, at.keys.admin, 'POST /api-keys', { name: 'script', scopes })).body
  const above = await call(at, key, 'POST /users/root/reset-password')
  assert.deepEqual([above.status, above.body.code], [403, 'forbidden'])
  await join(at, 'hanna', { roles: ['Helpdesk'], email: 'hanna@acme.test' })
  const hanna = await at.password('hanna', { password: passwordOf('hanna') })
  const helpdesk = opened(await type(at, waiting(hanna), /\d{6}/.exec(at.messages('email')[0]?.text ?? '')?.[0] ?? ''))
  assert.equal((await call(at, helpdesk, 'POST /users/kim/reset-password')).body.code, 'forbidden')

  at.clock.pass(minutes(16))
  const stale = await call(at, token, 'POST /users/kim/reset-password')
  assert.deepEqual([stale.status, stale.body.code], [403, 'step_up_required'])
  assert.equal((await call(at, at.keys.admin, 'POST /users/nobody/reset-password')).status, 404)
})

test('[R-104] who cannot be reached is named, and a flood of links is stopped', async (t) => {
  const at = await wholeServer(t)
  const admin = at.keys.admin
  await join(at, 'lee', {})
  await join(at, 'max', { email: 'max@acme.test', status: 'disabled' })
  for (const username of ['svc', 'lee', 'max'])
    assert.deepEqual(
      (await call(at, admin, `POST /users/${username}/reset-password`)).body.code,
      'no_mailbox',
      username,
    )
  const answers: number[] = []
  for (let sent = 0; sent < 11; sent += 1) {
    answers.push((await call(at, admin, 'POST /users/kim/reset-password')).status)
    await at.pump()
    at.clock.pass(seconds(1))
  }
  assert.deepEqual(answers, [...Array.from({ length: 10 }, () => 202), 429])
  const limited = await call(at, admin, 'POST /users/kim/reset-password')
  assert.equal(limited.body.code, 'send_limit')
  assert.ok(Number(limited.headers.get('retry-after')) > 0)
})

test('[R-104] a program brings a password with its key, and its owner is told', async (t) => {
  const at = await wholeServer(t)
  const changed = await call(at, at.keys.admin, 'PATCH /users/kim', { password: ANOTHER })
  assert.equal(changed.status, 200)
  await at.pump()
  assert.match(at.messages('email')[0]?.subject ?? '', /password of your .* account was changed/)
  waiting(await at.password('kim', { password: ANOTHER }))
})

test('[AD-02] what an administrator reads of a user has neither a password nor a secret in it', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  const secret = await withApp(at, 'sam')
  const file = await fileOf(at, 'sam')
  const query = { username: 'sam', deviceDigest: null, buckets: [], now: at.clock.now() }
  const { passwordHash } = await at.ports.store.signInFile(at.site.id, query)
  assert.ok(passwordHash !== null && file.apps.length === 1)
  const seen: string[] = []
  for (const door of ['/users/sam', '/users', '/users/sam/authenticators', '/two-factor/users', '/audit'])
    seen.push((await call(at, at.keys.admin, `GET ${door}`)).text)
  for (const door of ['DELETE /users/sam/authenticators', 'POST /users/sam/reset-password'])
    seen.push((await call(at, at.keys.admin, door)).text)
  for (const hidden of [passwordHash, secret, file.apps[0]?.sealedSecret ?? assert.fail()])
    assert.ok(!seen.join('\n').includes(hidden))
})

test('[R-104] on the command line a link is mailed too, and who cannot be reached is said', async (t) => {
  const line = await commandLine()
  t.after(line.close)
  const sent = await line.json('--site acme users reset-password kim')
  const until = new Date(line.clock.now() + hours(24)).toISOString()
  assert.deepEqual(sent, { username: 'kim', sent_to: 'k•••@acme.test', expires_at: until })
  await line.pump()
  assert.match(line.messages('email')[0]?.text ?? '', /\/acme\/reset\//)
  const service = await line.run('--site acme users reset-password svc')
  assert.equal(service.code, 4)
  assert.match(service.err, /No mail reaches svc/)
  assert.equal((await line.run('--site acme users reset-password kin')).code, 3)
})
