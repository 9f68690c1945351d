import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { setApplication } from '#usecases/applications.ts'
import { switchUserApplication } from '#usecases/users.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { opened, signInWithCode, type, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'
import { answerOf, browserWith, openIdWorld, sessionIn } from './openid-world.ts'

/** Kim has an app, and this browser is remembered: the session rests on the password alone. */
async function trusted(world: World) {
  await world.set({ 'challenge.interval_hours': 168 })
  const secret = await withApp(world, 'kim')
  const full = await type(world, waiting(await world.password('kim')), appCode(world, secret), true)
  assert.ok(full.kind === 'signed-in' && full.deviceToken !== null)
  world.clock.pass(minutes(2))
  return { secret, token: opened(await world.password('kim', { deviceToken: full.deviceToken })) }
}

test('[TB-10] who was let in by a remembered browser shows a second factor where an application asks for two', async (t) => {
  const world = await openIdWorld(t, { preset: 'erp' })
  const { secret, token } = await trusted(world)
  const browser = browserWith(world, token)
  const asked = await world.request({ acr_values: 'aal2' })
  const page = await browser.open(asked.url)
  assert.equal(page.url.pathname, '/acme/login/step-up')
  const before = world.messages().length
  const code = await browser.submit(page, '/acme/login/step-up')
  assert.equal(world.messages().length, before)
  world.clock.pass(minutes(1))
  const landed = await browser.submit(code, '/acme/login/code', { code: appCode(world, secret) })
  assert.equal(answerOf(landed), 'code')
  const claims = (await world.redeem(landed, asked)).claims()
  assert.deepEqual([claims?.acr, claims?.['amr']], ['aal2', ['pwd', 'otp', 'mfa']])
  assert.notEqual(sessionIn(world, browser), token, 'the session goes on under another token')
})

test('[TB-10] an application that wants a fresh proof gets a whole sign-in, and a true time', async (t) => {
  const world = await openIdWorld(t)
  const { token } = await signInWithCode(world, 'kim')
  const provedAt = Math.floor(world.clock.now() / 1_000)
  const browser = browserWith(world, token)
  world.clock.pass(minutes(10))
  const patient = await world.request({ max_age: '600' })
  const straight = await browser.open(patient.url)
  assert.equal(answerOf(straight), 'code')
  assert.equal((await world.redeem(straight, patient)).claims()?.auth_time, provedAt)
  world.clock.pass(seconds(1))
  const asked = await world.request({ max_age: '600' })
  const login = await browser.open(asked.url)
  assert.equal(login.url.pathname, '/acme/login')
  world.clock.pass(seconds(30))
  const landed = await browser.signIn(login, 'kim')
  assert.equal(answerOf(landed), 'code')
  assert.equal((await world.redeem(landed, asked)).claims()?.auth_time, Math.floor(world.clock.now() / 1_000))
})

for (const wanted of [{ max_age: '0' }, { prompt: 'login' }, { prompt: 'select_account' }])
  test(`[OI-05] ${JSON.stringify(wanted)} is a new sign-in, however fresh the last one is`, async (t) => {
    const world = await openIdWorld(t)
    const { token } = await signInWithCode(world, 'kim')
    const browser = browserWith(world, token)
    world.clock.pass(seconds(1))
    const asked = await world.request(wanted)
    const login = await browser.open(asked.url)
    assert.equal(login.url.pathname, '/acme/login')
    // Going back to the application with the old session leads to the same page.
    const around = await browser.open(login.url.searchParams.get('next') ?? '')
    assert.equal(around.url.pathname, '/acme/login')
    world.clock.pass(seconds(20))
    const landed = await browser.signIn(login, 'kim')
    assert.equal(answerOf(landed), 'code')
    assert.equal((await world.redeem(landed, asked)).claims()?.auth_time, Math.floor(world.clock.now() / 1_000))
  })

test('[OI-05] somebody else may sign in where a new sign-in was asked for, and the tokens are theirs', async (t) => {
  const world = await openIdWorld(t)
  const { token } = await signInWithCode(world, 'kim')
  const browser = browserWith(world, token)
  world.clock.pass(seconds(1))
  const asked = await world.request({ prompt: 'login' })
  const landed = await browser.signIn(await browser.open(asked.url), 'op')
  const sub = (await world.redeem(landed, asked)).claims()?.sub
  assert.equal(sub, (await world.ports.store.personFile(world.site.id, 'op', world.clock.now()))?.user.id)
})

test('[OI-04] a silent request opens nothing that was not proved', async (t) => {
  const world = await openIdWorld(t, { preset: 'erp' })
  const { token } = await trusted(world)
  const silently = async (more: Readonly<Record<string, string>>, session?: string) => {
    const { url } = await world.request({ prompt: 'none', ...more })
    const browser = session === undefined ? world.walker() : browserWith(world, session)
    return answerOf(await browser.open(url))
  }
  assert.equal(await silently({}), 'login_required')
  assert.equal(await silently({}, 'st_nothing'), 'login_required')
  assert.equal(await silently({}, waiting(await world.password('kim'))), 'login_required')
  assert.equal(await silently({}, token), 'code')
  assert.equal(await silently({ acr_values: 'aal2' }, token), 'interaction_required')
  world.clock.pass(seconds(5))
  assert.equal(await silently({ max_age: '4' }, token), 'login_required')
})

test('[PO-04] an application that more is asked of sends to a sign-in of its own; the others are not touched', async (t) => {
  const world = await openIdWorld(t, { preset: 'fleet' })
  const site = world.site.name
  await switchUserApplication(world.ports, { ...ADMIN, site, username: 'kim', application: 'web', twoFactor: false })
  const token = opened(await world.password('kim'))
  const browser = browserWith(world, token)
  assert.equal(answerOf(await browser.open((await world.request()).url)), 'code')
  await switchUserApplication(world.ports, { ...ADMIN, site, username: 'kim', application: 'wiki', twoFactor: true })
  const asked = await world.request()
  const login = await browser.open(asked.url)
  assert.deepEqual([login.url.pathname, login.url.searchParams.get('application')], ['/acme/login', 'wiki'])
  const silent = await world.request({ prompt: 'none' })
  assert.equal(answerOf(await browser.open(silent.url)), 'login_required')
  const landed = await browser.signIn(login, 'kim')
  assert.equal(answerOf(landed), 'code')
  const claims = (await world.redeem(landed, asked)).claims()
  assert.deepEqual([claims?.acr, claims?.['amr']], ['aal2', ['pwd', 'sms', 'mfa']])
})

test('[PO-04] who has nothing that reaches the level is not led in circles: the application is told', async (t) => {
  const world = await openIdWorld(t)
  const { token } = await signInWithCode(world, 'kim')
  const landed = await browserWith(world, token).open((await world.request({ acr_values: 'aal2' })).url)
  assert.equal(answerOf(landed), 'unmet_authentication_requirements')
  const either = await browserWith(world, token).open((await world.request({ acr_values: 'aal2 aal1' })).url)
  assert.equal(answerOf(either), 'code')
})

test('an interaction belongs to the browser that it began in', async (t) => {
  const world = await openIdWorld(t)
  const [victim, other] = [world.walker(), world.walker()]
  const login = await victim.open((await world.request()).url)
  const next = login.url.searchParams.get('next') ?? ''
  const { token } = await signInWithCode(world, 'op')
  other.cookies.set([...browserWith(world, token).cookies.keys()][0] ?? '', token)
  const page = await other.open(next)
  assert.deepEqual([page.url.origin, page.status], ['https://id.test', 400])
})

test('the session of an application lives as long as the application allows', async (t) => {
  const world = await openIdWorld(t)
  const { token } = await signInWithCode(world, 'kim')
  await setApplication(world.ports, { ...ADMIN, site: 'acme', name: 'wiki', fields: { sessionHours: 1 } })
  const browser = browserWith(world, token)
  assert.equal(answerOf(await browser.open((await world.request()).url)), 'code')
  world.clock.pass(minutes(60))
  assert.equal((await browser.open((await world.request()).url)).url.pathname, '/acme/login')
})
