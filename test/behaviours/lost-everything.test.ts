import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { BINDING_CODE_LIFE, RECOVERY_REQUEST_LIFE } from '#domain/recovery-request.ts'
import { hours, minutes, seconds } from '#domain/time.ts'
import { RECOVERY_COOLDOWN } from '#usecases/ask-recovery.ts'
import { approveRecovery, bindingCode, refuseRecovery } from '#usecases/judge-recovery.ts'
import { listRecoveryRequests } from '#usecases/list-recovery-requests.ts'
import { changeUser } from '#usecases/users.ts'
import { Secret } from '#domain/secret.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { by, fileOf, join } from '../people.ts'
import { opened, rows, type, waiting } from '../steps.ts'
import { cookiesOf, type WholeServer, wholeServer } from '../whole-server.ts'
import { ADMIN } from '../world.ts'

// Sam's phone, with the app and everything else on it, is gone at night. The password is all that is left.

interface Night {
  readonly at: WholeServer
  readonly secret: string
  readonly cookie: string
  readonly login: string
}

const SAM = { username: 'sam', password: 'sam-demo-password' }
const CHECKS = ['called_back', 'superior'] as const

async function signInHalf(at: WholeServer): Promise<Pick<Night, 'cookie' | 'login'>> {
  const answer = await at.form('/acme/login', SAM)
  const login = /login=(\w+)$/.exec(answer.headers.get('location') ?? '')?.[1]
  assert.ok(login, 'a second factor is asked for')
  return { cookie: cookiesOf(answer), login }
}

/** Sam has an app and a password; Hanna of the helpdesk is on duty. */
async function night(t: import('node:test').TestContext): Promise<Night> {
  const at = await wholeServer(t, { preset: 'erp' })
  const secret = await withApp(at, 'sam')
  await join(at, 'hanna', { roles: ['Helpdesk'], email: 'hanna@acme.test' })
  return { at, secret, ...(await signInHalf(at)) }
}

const ask = ({ at, cookie, login }: Night, note = 'phone fell into the river') =>
  at.form('/acme/login/lost', { login, note }, { cookie })
const typeCode = ({ at, cookie, login }: Night, code: string) =>
  at.form('/acme/login/lost/code', { login, code }, { cookie })
const page = async ({ at, cookie, login }: Night) =>
  (await at.knock(`GET /acme/login/lost?login=${login}`, { headers: { cookie } })).text()

async function order(at: WholeServer, helper = 'hanna') {
  return { ...(await by(at, helper)), site: DEMO_SITE, username: 'sam' }
}

async function approve(at: WholeServer, helper = 'hanna') {
  const outcome = await approveRecovery(at.ports, { ...(await order(at, helper)), checks: CHECKS, reason: 'rang her' })
  assert.equal(outcome.kind, 'done', JSON.stringify(outcome))
}

async function told(at: WholeServer): Promise<string> {
  const outcome = await bindingCode(at.ports, await order(at))
  assert.ok(outcome.kind === 'issued', JSON.stringify(outcome))
  return outcome.code.reveal()
}

/** The path of the newest mailed link that takes a request back. */
async function linkBack(at: WholeServer): Promise<string> {
  await at.pump()
  const mail = at.messages('email').find(({ to, text }) => to === 'sam@acme.test' && text.includes('/lost/'))
  const path = /http:\/\/localhost:4180(\/acme\/lost\/[\w-]+)/.exec(mail?.text ?? '')?.[1]
  assert.ok(path, 'there is a link')
  return path
}

test('[F21] [RE-06] lost phone at night: asked, checked, waited for, ended with a code that was told; the record has both names', async (t) => {
  const here = await night(t)
  const { at } = here
  assert.match(
    await (await at.knock(`GET /acme/login?login=${here.login}`, { headers: { cookie: here.cookie } })).text(),
    /Lost everything\?/,
  )
  assert.match(await page(here), /Ask to begin anew/)
  assert.equal((await ask(here)).headers.get('location'), `/acme/login/lost?login=${here.login}`)
  assert.match(await page(here), /was written down at .*It can be ended from .* on, not before/s)
  assert.equal((await listRecoveryRequests(at.ports, at.site.id))[0]?.request.note, 'phone fell into the river')

  await approve(at)
  at.clock.pass(hours(1))
  const again = { ...here, ...(await signInHalf(at)) }
  const done = await typeCode(again, await told(at))
  assert.equal(done.headers.get('location'), '/acme/login?after=anew')
  assert.doesNotMatch(cookiesOf(done), /session=st_/)

  assert.deepEqual((await fileOf(at, 'sam')).apps, [])
  const enrolling = waiting(await at.password('sam'))
  assert.equal((await at.password('sam')).kind, 'pending')
  assert.ok(enrolling)
  const trail = (await at.trail()).filter(({ ev }) => ev.startsWith('recovery.') || ev === 'factor.reset')
  assert.deepEqual(
    trail.map(({ ev, actor, subject }) => [ev, actor.name, subject?.name]),
    [
      ['recovery.requested', 'sam', 'sam'],
      ['recovery.approved', 'hanna', 'sam'],
      ['recovery.code.issued', 'hanna', 'sam'],
      ['recovery.completed', 'sam', 'sam'],
      ['factor.reset', 'sam', 'sam'],
    ],
  )
  assert.deepEqual(trail[1]?.data['checks'], [...CHECKS])
  assert.equal(trail[3]?.data['approved_by'], 'hanna')
})

test('[RE-06] every address hears of it, and the mailed link takes it back: looking spends nothing', async (t) => {
  const here = await night(t)
  const { at } = here
  await ask(here)
  const path = await linkBack(at)
  assert.ok(at.messages('sms').some(({ text }) => /lost your second factor/.test(text) && !/https?:/.test(text)))
  for (let look = 0; look < 3; look += 1) assert.equal((await at.knock(`GET ${path}`)).status, 200)
  await approve(at)
  at.clock.pass(hours(1))
  const code = await told(at)
  assert.match(await (await at.form(path, {})).text(), /is taken back/)
  assert.equal((await at.form(path, {})).status, 410)
  const again = { ...here, ...(await signInHalf(at)) }
  assert.equal((await typeCode(again, code)).status, 401)
  assert.equal((await fileOf(at, 'sam')).apps.length, 1)
  assert.equal((await bindingCode(at.ports, await order(at))).kind, 'no-request')
  assert.equal((await rows(at, 'recovery.cancelled')).length, 1)
})

test('[RE-06] nothing is given out before the wait is over, without two checks, or by whoever asks', async (t) => {
  const here = await night(t)
  const { at } = here
  assert.equal((await bindingCode(at.ports, await order(at))).kind, 'no-request')
  await ask(here)
  assert.equal((await bindingCode(at.ports, await order(at))).kind, 'not-approved')
  for (const checks of [[], ['seen'], ['seen', 'seen']] as const) {
    const outcome = await approveRecovery(at.ports, { ...(await order(at)), checks, reason: 'known for years' })
    assert.equal(outcome.kind, 'invalid', checks.join())
  }
  const why = { ...(await order(at)), checks: CHECKS, reason: ' ' }
  assert.equal((await approveRecovery(at.ports, why)).kind, 'invalid')
  const own = { ...(await order(at, 'sam')), checks: CHECKS, reason: 'it is me' }
  assert.equal((await approveRecovery(at.ports, own)).kind, 'own-request')
  await approve(at)
  at.clock.pass(hours(1) - 1)
  assert.equal((await bindingCode(at.ports, await order(at))).kind, 'waits')
  at.clock.pass(1)
  assert.equal((await bindingCode(at.ports, await order(at))).kind, 'issued')
})

test('[RE-06] the wait is a setting, and may be none', async (t) => {
  const here = await night(t)
  const { at } = here
  await at.set({ 'recovery.wait_hours': 0 })
  await ask(here)
  await approve(at)
  assert.equal((await typeCode(here, await told(at))).status, 303)
})

test('[RE-06] refused, too old, or under another password it comes to nothing', async (t) => {
  const here = await night(t)
  const { at } = here
  await at.set({ 'recovery.wait_hours': 0 })
  await ask(here)
  assert.equal((await refuseRecovery(at.ports, { ...(await order(at)), reason: 'voice not known' })).kind, 'done')
  assert.equal((await bindingCode(at.ports, await order(at))).kind, 'no-request')
  assert.equal((await ask(here)).status, 409, 'not again at once')

  at.clock.pass(RECOVERY_COOLDOWN)
  const second = { ...here, ...(await signInHalf(at)) }
  assert.equal((await ask(second)).status, 303)
  await approve(at)
  at.clock.pass(RECOVERY_REQUEST_LIFE)
  assert.equal((await bindingCode(at.ports, await order(at))).kind, 'no-request')

  const third = { ...here, ...(await signInHalf(at)) }
  assert.equal((await ask(third)).status, 303)
  await approve(at)
  const password = new Secret('a wholly other password')
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'sam', fields: {}, password })
  assert.equal((await bindingCode(at.ports, await order(at))).kind, 'no-request')
})

test('[RE-06] whoever uses what is said to be lost has not lost it: the code ends nothing', async (t) => {
  const here = await night(t)
  const { at, secret } = here
  await at.set({ 'recovery.wait_hours': 0 })
  await ask(here)
  await approve(at)
  const code = await told(at)
  at.clock.pass(seconds(60))
  opened(await type(at, waiting(await at.password('sam')), appCode(at, secret)))
  assert.equal((await listRecoveryRequests(at.ports, at.site.id))[0]?.usedSince, true)
  assert.equal((await typeCode(here, code)).status, 401)
  assert.equal((await rows(at, 'recovery.fail'))[0]?.data['reason'], 'factor_used_since')
  assert.equal((await fileOf(at, 'sam')).apps.length, 1)
})

test('[R-121] a binding code has close to 50 bits, lives ten minutes, works once, and is in no message', async (t) => {
  const here = await night(t)
  const { at } = here
  await at.set({ 'recovery.wait_hours': 0 })
  await ask(here)
  await approve(at)
  const first = await told(at)
  assert.match(first, /^\d{15}$/)
  assert.ok(Math.log2(10 ** first.length) >= 40)
  assert.ok(BINDING_CODE_LIFE <= minutes(10))
  const code = await told(at)
  assert.notEqual(code, first)
  assert.equal((await typeCode(here, first)).status, 401, 'the one before is worth nothing')
  at.clock.pass(BINDING_CODE_LIFE)
  const late = { ...here, ...(await signInHalf(at)) }
  assert.equal((await typeCode(late, code)).status, 401, 'too late')
  const good = await told(at)
  const [one, two] = await Promise.all([typeCode(late, good), typeCode(late, good)])
  assert.deepEqual([one.status, two.status].filter((status) => status === 303).length, 1)
  assert.equal((await rows(at, 'recovery.completed')).length, 1)
  const later = { ...here, ...(await signInHalf(at)) }
  assert.notEqual((await typeCode(later, good)).status, 303)
  await at.pump()
  for (const { text, subject } of at.messages())
    for (const each of [first, code, good]) assert.ok(!`${subject} ${text}`.includes(each))
})

test('[R-121] [R-125] guesses of a binding code are counted like all wrong codes, and shut the second step', async (t) => {
  const here = await night(t)
  const { at } = here
  await at.set({ 'recovery.wait_hours': 0 })
  await ask(here)
  await approve(at)
  const code = await told(at)
  for (let guess = 0; guess < 10; guess += 1)
    assert.equal((await typeCode(here, String(guess).padStart(15, '0'))).status, 401)
  const [locked, right] = [await typeCode(here, '0'.repeat(15)), await typeCode(here, code)]
  assert.deepEqual([locked.status, right.status], [429, 429])
  assert.equal((await typeCode(here, 'no digits')).status, 400, 'what is no code is no guess')
  assert.equal((await rows(at, 'recovery.fail')).length, 10)
})

test('[RE-06] the code of one is nothing for another, nor at any other place where codes are typed', async (t) => {
  const here = await night(t)
  const { at } = here
  await at.set({ 'recovery.wait_hours': 0 })
  await ask(here)
  await approve(at)
  const code = await told(at)
  const elsewhere = await at.form('/acme/login/code', { login: here.login, code }, { cookie: here.cookie })
  assert.notEqual(elsewhere.status, 303)
  await withApp(at, 'kim')
  const kim = await at.form('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  const login = /login=(\w+)$/.exec(kim.headers.get('location') ?? '')?.[1] ?? ''
  assert.equal((await typeCode({ ...here, login, cookie: cookiesOf(kim) }, code)).status, 401)
  assert.equal((await typeCode(here, code)).status, 303)
})

test('[RE-06] over the API the helpdesk lists, approves and makes the code; an administrator’s request is beyond it', async (t) => {
  const here = await night(t)
  const { at } = here
  await ask(here)
  const key = { authorization: `Bearer ${at.keys.admin}` }
  const get = async () => (await at.knock('GET /acme/api/v1/recovery-requests', { headers: key })).json()
  const list = (await get()) as { items: { username: string; state: string }[]; checks: { name: string }[] }
  assert.deepEqual(
    [list.items.map(({ username, state }) => [username, state]), list.checks.length],
    [[['sam', 'asked']], 4],
  )
  const post = async (what: string, body: object) =>
    at.json(`POST /acme/api/v1/recovery-requests/sam/${what}`, body, key)
  assert.equal((await post('code', {})).status, 409)
  assert.equal((await post('approve', { checks: ['seen'], reason: 'known' })).status, 400)
  assert.equal((await post('approve', { checks: [...CHECKS], reason: 'known' })).status, 200)
  assert.equal((await post('code', {})).status, 409, 'it waits')
  at.clock.pass(hours(1))
  const given = await post('code', {})
  assert.equal(given.status, 201)
  assert.match(((await given.json()) as { code: string }).code, /^\d{15}$/)
  assert.equal((await post('refuse', { reason: 'second thoughts' })).status, 200)
  assert.equal((await post('refuse', { reason: 'again' })).status, 404)

  const made = await at.json('POST /acme/api/v1/api-keys', { name: 'desk', scopes: ['users:help'] }, key)
  const { key: desk } = (await made.json()) as { key: string }
  const approve = { checks: [...CHECKS], reason: 'known' }
  const beyond = await at.json('POST /acme/api/v1/recovery-requests/root/approve', approve, {
    authorization: `Bearer ${desk}`,
  })
  assert.equal(beyond.status, 403)
})
