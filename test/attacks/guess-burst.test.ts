import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { hours, seconds } from '#domain/time.ts'
import { SETTINGS } from '#policy/settings.ts'
import { breakGlass } from '#usecases/break-glass.ts'
import { helpReset, helpUnlock } from '#usecases/helpdesk.ts'
import { unlockUser } from '#usecases/users.ts'
import { apiWorld } from '../api-world.ts'
import { commandLine } from '../command-line.ts'
import { appCode, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { by, join } from '../people.ts'
import { opened, otherThan, requestCode, rows, siteFor, standingOf, type, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

// Somebody has the password and guesses at the code, a million to one each time. They begin anew, ask for further codes, change the
// method, wait for locks to end. None of it may buy more guesses than the site has decided on, and none of it may turn the lock
// into a weapon against the owner's running sessions.

async function counters(at: World, username = 'kim') {
  const file = await at.ports.store.personFile(at.site.id, username, at.clock.now())
  assert.ok(file)
  return file.counters
}

/** So many wrong codes of the app, in as many sign-ins as it takes. */
async function failApp(at: World, secret: string, times: number): Promise<void> {
  let pending = ''
  for (let count = 0; count < times; count += 1) {
    if (count % 5 === 0) pending = waiting(await at.password('kim'))
    const outcome = await type(at, pending, wrongAppCode(at, secret))
    assert.equal(outcome.kind, 'refused', `failure ${count + 1}`)
  }
}

/** A hundred wrong codes in a row, in twenty days; no lock stops them. */
async function failForDays(at: World, secret: string): Promise<void> {
  for (let day = 0; day < 20; day += 1) {
    at.clock.pass(hours(25))
    waiting(await at.password('kim'))
    await failApp(at, secret, 5)
  }
}

test('[BF-01] [BF-02] [R-021] after five wrong codes a sign-in is over, and says the same to the right one', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const pending = waiting(await at.password('kim'))
  const left: number[] = []
  for (let count = 0; count < 5; count += 1) {
    const outcome = await type(at, pending, wrongAppCode(at, secret))
    assert.ok(outcome.kind === 'refused')
    left.push(outcome.attemptsLeft)
  }
  assert.deepEqual(left, [4, 3, 2, 1, 0])
  const wrong = await type(at, pending, wrongAppCode(at, secret))
  const right = await type(at, pending, appCode(at, secret))
  assert.deepEqual([wrong, right], [{ kind: 'exhausted' }, { kind: 'exhausted' }])
  assert.equal((await rows(at, 'auth.challenge.fail')).length, 5)
  assert.equal((await rows(at, 'auth.challenge.exhausted')).length, 2)
})

test('[R-021] the defaults stay far under the ceiling of a hundred', () => {
  assert.deepEqual(
    [
      SETTINGS['code.max_attempts'].default,
      SETTINGS['lock.after'].default,
      SETTINGS['lock.window_seconds'].default,
      SETTINGS['lock.seconds'].default,
    ],
    [5, 10, 900, 900],
  )
  assert.equal(SETTINGS['lock.after'].schema.safeParse(51).success, false)
  assert.equal(SETTINGS['code.max_attempts'].schema.safeParse(11).success, false)
})

test('[BF-03] [R-020] [R-027] new sign-ins and repeated passwords buy no guesses: ten, and the second step is locked', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  let told = 0
  for (let round = 0; round < 30; round += 1) {
    const first = await at.password('kim')
    if (first.kind !== 'pending') {
      assert.equal(first.kind, 'code-locked')
      continue
    }
    for (let count = 0; count < 4; count += 1) {
      const outcome = await type(at, first.pending.token, wrongAppCode(at, secret))
      if (outcome.kind === 'refused') told += 1
      else assert.equal(outcome.kind, 'code-locked')
    }
  }
  assert.equal(told, 10)
  assert.equal((await rows(at, 'factor.locked')).length, 1)
})

test('[BF-04] [R-007] a new code and a resend buy no guesses either', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  let told = 0
  let pending: string | null = null
  for (let round = 0; round < 30; round += 1) {
    if (pending === null || (await requestCode(at, pending)).kind !== 'sent') {
      const first = await at.password('kim')
      pending = first.kind === 'pending' ? first.pending.token : null
      if (pending === null) continue
    }
    for (let count = 0; count < 2; count += 1) {
      const outcome = await type(at, pending, otherThan(at.codeFor('kim')))
      if (outcome.kind === 'refused') told += 1
    }
    at.clock.pass(seconds(30))
  }
  assert.equal(told, 10)
  assert.equal((await counters(at)).consecutive, 10)
})

test('[BF-06] [R-020] app and email share one count', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  await at.set({ 'methods.allowed': ['app', 'email'] })
  const pending = waiting(await at.password('kim'))
  for (let count = 0; count < 3; count += 1) await type(at, pending, wrongAppCode(at, secret))
  assert.equal((await requestCode(at, pending, 'email')).kind, 'sent')
  const fourth = await type(at, pending, otherThan(at.codeFor('kim')))
  assert.ok(fourth.kind === 'refused')
  assert.deepEqual([fourth.failedCodes, fourth.attemptsLeft], [4, 1])
  await type(at, pending, otherThan(at.codeFor('kim')))
  assert.equal((await type(at, pending, at.codeFor('kim'))).kind, 'exhausted')
  assert.equal((await counters(at)).consecutive, 5)
})

test('[R-026] [BF-02] while locked, right and wrong codes get the same answer, and so does a new sign-in', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const [a, b] = [waiting(await at.password('kim')), waiting(await at.password('kim'))]
  await failApp(at, secret, 10)
  const retryAt = at.clock.now() + seconds(60)
  const right = await type(at, a, appCode(at, secret))
  const wrong = await type(at, b, wrongAppCode(at, secret))
  const text = await type(at, b, 'no code at all')
  for (const outcome of [right, wrong, text]) assert.deepEqual(outcome, { kind: 'code-locked', retryAt })
  assert.deepEqual(await at.password('kim'), { kind: 'code-locked', retryAt })
  assert.deepEqual(await requestCode(at, a, 'email'), { kind: 'code-locked', retryAt })
  // What was typed into the lock was not looked at: the code is still good.
  assert.equal((await counters(at)).consecutive, 10)
  at.clock.pass(seconds(60))
  opened(await type(at, a, appCode(at, secret)))
})

test('[R-026] the lock closes the second step only: sessions and remembered browsers of the owner go on', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'challenge.interval_hours': 24 })
  const secret = await withApp(at, 'kim')
  const own = await type(at, waiting(await at.password('kim')), appCode(at, secret), true)
  assert.ok(own.kind === 'signed-in' && own.deviceToken !== null)
  await failApp(at, secret, 10)
  assert.equal((await at.password('kim')).kind, 'code-locked')
  assert.equal(await standingOf(at, own.token), 'granted')
  opened(await at.password('kim', { deviceToken: own.deviceToken }))
  waiting(await at.password('root'))
})

test('[R-027] a passed challenge clears the count; the right password does not', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  await failApp(at, secret, 4)
  const pending = waiting(await at.password('kim'))
  assert.equal((await counters(at)).consecutive, 4)
  opened(await type(at, pending, appCode(at, secret)))
  assert.deepEqual([(await counters(at)).consecutive, (await counters(at)).inWindow], [0, 0])
  at.clock.pass(seconds(60))
  await failApp(at, secret, 9)
  waiting(await at.password('kim'))
})

test('[R-028] [BF-15] the failure after a lock counts, and the lock comes back after half as many', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  await failApp(at, secret, 10)
  for (let period = 1; period <= 5; period += 1) {
    assert.equal((await at.password('kim')).kind, 'code-locked')
    at.clock.pass(seconds(60))
    await failApp(at, secret, 5)
    assert.equal((await counters(at)).consecutive, 10 + 5 * period)
    assert.equal((await rows(at, 'factor.locked')).length, 1 + period)
  }
  assert.equal((await at.password('kim')).kind, 'code-locked')
})

test('[BF-05] [R-020] a hundred failures in a row, over days, disable the second step for the right code too', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  await failForDays(at, secret)
  assert.equal((await counters(at)).consecutive, 100)
  const never = { kind: 'code-locked', retryAt: Number.POSITIVE_INFINITY }
  assert.deepEqual(await at.password('kim'), never)
  at.clock.pass(hours(24 * 365))
  assert.deepEqual(await at.password('kim'), never)
  const disabled = await rows(at, 'factor.disabled')
  assert.deepEqual(
    disabled.map(({ data }) => data),
    [{ reason: 'nist_cap' }],
  )
  assert.deepEqual(await rows(at, 'factor.locked'), [])
})

test('[BF-05] unlocking brings no disabled factor back; after a reset another one is bound', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  await failForDays(at, secret)
  const kim = { ...ADMIN, site: DEMO_SITE, username: 'kim' }
  const never = { kind: 'code-locked', retryAt: Number.POSITIVE_INFINITY }
  assert.equal((await unlockUser(at.ports, kim)).kind, 'factor-disabled')
  await join(at, 'hanna', { roles: ['Helpdesk'] })
  const help = { ...(await by(at, 'hanna')), site: DEMO_SITE, username: 'kim', reason: 'called' }
  assert.equal((await helpUnlock(at.ports, help)).kind, 'factor-disabled')
  assert.deepEqual(await rows(at, 'factor.unlocked'), [])
  assert.equal((await breakGlass(at.ports, kim)).kind, 'issued')
  assert.deepEqual(await at.password('kim'), never, 'not even for a code made on the server')

  assert.equal((await helpReset(at.ports, help)).kind, 'done')
  const [reset] = await rows(at, 'factor.reset')
  assert.deepEqual([reset?.actor.name, reset?.subject?.name], ['hanna', 'kim'])
  assert.deepEqual([(await counters(at)).disabled, (await counters(at)).consecutive], [false, 0])
  const pending = waiting(await at.password('kim'))
  assert.notEqual((await type(at, pending, appCode(at, secret))).kind, 'signed-in', 'the old app is worth nothing')
  const another = await withApp(at, 'kim')
  at.clock.pass(seconds(60))
  opened(await type(at, waiting(await at.password('kim')), appCode(at, another)))
})

test('[BF-05] of a disabled factor its owner is told, and every administrator', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  await join(at, 'ada', { roles: ['Administrator'], email: 'ada@acme.test' })
  await at.pump()
  const before = at.messages('email').length
  await failForDays(at, secret)
  await at.pump()
  const told = at.messages('email').slice(0, at.messages('email').length - before)
  assert.deepEqual(told.map(({ to, subject }) => `${to} ${subject?.includes('kim')}`).toSorted(), [
    'ada@acme.test true',
    'kim@acme.test false',
    'root@acme.test true',
  ])
  for (const { text } of told) assert.match(text, /a hundred wrong security codes/i)
})

test('[BF-05] by API and command line a disabled factor is refused an unlock, with the way out', async (t) => {
  const at = await apiWorld({ preset: 'erp' })
  t.after(at.close)
  await failForDays(at, await withApp(at, 'kim'))
  const token = at.keys.admin
  const refused = await at.api('POST /users/kim/unlock', { token })
  assert.deepEqual([refused.status, refused.body.code], [409, 'factor_disabled'])
  assert.equal((await at.api('GET /users/kim/authenticators', { token })).body.disabled, true)
  assert.equal((await at.api('DELETE /users/kim/authenticators', { token })).status, 204)
  assert.equal((await at.api('GET /users/kim/authenticators', { token })).body.disabled, false)

  const line = await commandLine({ preset: 'erp' })
  t.after(line.close)
  await failForDays(line, await withApp(line, 'kim'))
  const unlock = await line.run('--site acme users unlock kim')
  assert.equal(unlock.code, 4)
  assert.match(unlock.err, /users reset kim/)
  assert.match((await line.run('break-glass --site acme --user kim')).err, /users reset kim/)
  assert.equal((await line.run('--site acme users reset kim')).code, 0)
  waiting(await line.password('kim'))
})
