import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import { minutes, seconds } from '#domain/time.ts'
import { confirmPassword } from '#usecases/confirm-password.ts'
import { isFresh } from '#usecases/fresh-proof.ts'
import { endSession } from '#usecases/sessions.ts'
import { startStepUp } from '#usecases/step-up.ts'
import { changeUser } from '#usecases/users.ts'
import { appCode, enrol, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { fileOf, passwordOf } from '../people.ts'
import {
  opened,
  otherThan,
  page,
  requestCode,
  rows,
  signInWithCode,
  siteFor,
  standingOf,
  type,
  visit,
  waiting,
} from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

// Before something that security rests on is changed, a session is proved anew.

function stepUp(at: World, sessionToken: string) {
  return startStepUp(at.ports, { site: at.site.id, sessionToken, origin: HOME })
}

function again(at: World, sessionToken: string, password: string) {
  return confirmPassword(at.ports, { site: at.site.id, sessionToken, password: new Secret(password), origin: HOME })
}

async function fresh(at: World, sessionToken: string): Promise<boolean> {
  const access = await visit(at, sessionToken)
  assert.ok(access.kind === 'granted', JSON.stringify(access))
  return isFresh(access.file, at.clock.now())
}

async function sessionOf(at: World, sessionToken: string) {
  const access = await visit(at, sessionToken)
  assert.ok(access.kind === 'granted')
  return access.session
}

test('[AD-04] [R-155] a proof of the second factor is fresh for fifteen minutes, and then asked again', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { token } = await signInWithCode(at, 'root')
  at.clock.pass(minutes(15))
  assert.equal(await fresh(at, token), true)
  at.clock.pass(1)
  assert.equal(await fresh(at, token), false)

  const pending = waiting(await stepUp(at, token))
  const code = at.codeFor('root')
  assert.equal((await page(at, pending))?.rememberHours, 0, 'nothing is remembered by it')
  const proved = await type(at, pending, code, true)
  const renewed = opened(proved)
  assert.ok(proved.kind === 'signed-in' && proved.deviceToken === null)
  assert.equal(await fresh(at, renewed), true)
  assert.equal((await sessionOf(at, renewed)).evidence.filter(({ kind }) => kind === 'code').length, 1)
  assert.equal((await rows(at, 'session.created')).length, 1)
  assert.deepEqual(
    (await rows(at, 'auth.stepup.ok')).map(({ data }) => data['method']),
    ['email'],
  )
})

test('[AD-04] [SE-01] the session goes on under a new name, with its old end; the old name is dead', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await enrol(at, 'root')
  at.clock.pass(minutes(1))
  const token = opened(await type(at, waiting(await at.password('root')), appCode(at, secret)))
  const before = await sessionOf(at, token)
  at.clock.pass(minutes(20))
  const renewed = opened(await type(at, waiting(await stepUp(at, token)), appCode(at, secret)))
  assert.notEqual(renewed, token)
  assert.equal(await standingOf(at, token), 'no-session')
  const after = await sessionOf(at, renewed)
  assert.deepEqual([after.id, after.createdAt, after.endsAt], [before.id, before.createdAt, before.endsAt])
  const access = await visit(at, renewed)
  assert.ok(access.kind === 'granted')
  assert.deepEqual([access.acr, access.amr], ['aal2', ['pwd', 'otp', 'mfa']])
})

test('[AD-04] a browser that was remembered has not proved anything now', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { deviceToken } = await signInWithCode(at, 'root')
  assert.ok(deviceToken !== null)
  at.clock.pass(minutes(30))
  const token = opened(await at.password('root', { deviceToken }))
  assert.equal(await fresh(at, token), false)
  assert.equal(await again(at, token, passwordOf('root')).then(({ kind }) => kind), 'factor-required')
  assert.equal(await fresh(at, opened(await type(at, waiting(await stepUp(at, token)), at.codeFor('root')))), true)
})

test('[R-155] whoever is not asked for a factor, or holds none, shows the password again', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const token = opened(await at.password('op'))
  assert.equal(await fresh(at, token), true)
  at.clock.pass(minutes(16))
  assert.equal(await fresh(at, token), false)
  assert.deepEqual(await stepUp(at, token), { kind: 'password' })
  assert.deepEqual(await again(at, token, 'not the password'), { kind: 'invalid-credentials' })
  assert.equal(await standingOf(at, token), 'granted', 'a wrong one ends nothing')
  const outcome = await again(at, token, passwordOf('op'))
  assert.ok(outcome.kind === 'renewed')
  assert.equal(await standingOf(at, token), 'no-session')
  assert.equal(await fresh(at, outcome.token), true)
  assert.equal((await rows(at, 'auth.password.fail')).length, 1)
  assert.deepEqual(
    (await rows(at, 'auth.stepup.ok')).map(({ data }) => data['method']),
    ['password'],
  )
})

test('[R-155] wrong passwords in a session are counted with those at the door', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const token = opened(await at.password('op'))
  for (let guess = 0; guess < 10; guess += 1) await again(at, token, `guess ${guess}`)
  assert.equal((await again(at, token, passwordOf('op'))).kind, 'password-throttled')
  assert.equal((await at.password('op')).kind, 'password-throttled')
  assert.equal(await standingOf(at, token), 'granted')
})

test('[BF-12] guesses at a step-up count with those at a sign-in, lock it, and leave the session open', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'root')
  const token = opened(await type(at, waiting(await at.password('root')), appCode(at, secret)))
  const wrong = () => wrongAppCode(at, secret)
  let failed = 0
  while (failed < 10) {
    const pending = waiting(await stepUp(at, token))
    for (let guess = 0; guess < 5; guess += 1, failed += 1) {
      const outcome = await type(at, pending, wrong())
      assert.ok(outcome.kind === 'refused' && outcome.failedCodes === failed + 1, JSON.stringify(outcome))
    }
    assert.equal((await type(at, pending, appCode(at, secret, 1))).kind, 'exhausted')
  }
  assert.equal((await stepUp(at, token)).kind, 'code-locked')
  assert.equal((await at.password('root')).kind, 'code-locked')
  assert.equal(await standingOf(at, token), 'granted')
  assert.equal((await rows(at, 'auth.stepup.fail')).length, 10)
  assert.equal((await rows(at, 'factor.locked')).length, 1)
})

test('[AD-04] a step-up ends with its session, and with everything that ends a sign-in', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { token } = await signInWithCode(at, 'kim')
  const session = await sessionOf(at, token)
  const first = waiting(await stepUp(at, token))
  const code = at.codeFor('kim')
  await endSession(at.ports, session, (await fileOf(at, 'kim')).user, HOME)
  assert.equal((await type(at, first, code)).kind, 'gone')
  assert.deepEqual(await stepUp(at, token), { kind: 'no-session' })

  const { token: next } = await signInWithCode(at, 'kim')
  const second = waiting(await stepUp(at, next))
  const fields = { status: 'disabled' } as const
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'kim', fields })
  assert.equal((await type(at, second, at.codeFor('kim'))).kind, 'gone')
})

test('[AD-04] a step-up is no sign-in: its code opens nothing else, and can be asked for again', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { token } = await signInWithCode(at, 'kim')
  at.clock.pass(minutes(20))
  const pending = waiting(await stepUp(at, token))
  const code = at.codeFor('kim')
  const elsewhere = waiting(await at.password('kim'))
  if (code !== at.codeFor('kim')) assert.equal((await type(at, elsewhere, code)).kind, 'refused')
  at.clock.pass(seconds(30))
  assert.equal((await requestCode(at, pending)).kind, 'sent')
  assert.equal((await type(at, pending, otherThan(code))).kind, 'refused')
  const renewed = opened(await type(at, pending, code))
  assert.equal((await type(at, pending, code)).kind, 'gone', 'it is good once')
  assert.equal(await standingOf(at, renewed), 'granted')
})
