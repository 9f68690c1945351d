import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { appCode, enrol, withApp } from '../enrolment-steps.ts'
import { opened, rows, siteFor, type, waiting } from '../steps.ts'
import type { World } from '../world.ts'

// Somebody looks over a shoulder, or reads a mail a second time, and has a code that was right a moment ago, and the password.
// Whatever they do with it, and whenever, a code that has opened a session opens no other.

async function refuses(at: World, pendingToken: string, code: string): Promise<void> {
  const outcome = await type(at, pendingToken, code)
  assert.ok(outcome.kind === 'refused', outcome.kind)
  assert.equal(outcome.reason, 'invalid')
}

async function sessions(at: World, username: string): Promise<number> {
  const file = await at.ports.store.personFile(at.site.id, username, at.clock.now())
  assert.ok(file)
  return at.ports.store.countSessions(at.site.id, file.user.id, at.clock.now())
}

test('[R-001] [RP-01] a code of the app that was accepted is refused at a second sign-in in its own half minute', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const [first, second] = [waiting(await at.password('kim')), waiting(await at.password('kim'))]
  const code = appCode(at, secret)
  opened(await type(at, first, code))
  await refuses(at, second, code)
  at.clock.pass(seconds(1))
  await refuses(at, waiting(await at.password('kim')), code)
  assert.equal(await sessions(at, 'kim'), 2)
})

test('[R-001] [R-044] [RP-02] nor does it pass in the next step, or a minute later', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const code = appCode(at, secret)
  opened(await type(at, waiting(await at.password('kim')), code))
  for (const pause of [seconds(30), seconds(30), seconds(30)]) {
    at.clock.pass(pause)
    await refuses(at, waiting(await at.password('kim')), code)
  }
  opened(await type(at, waiting(await at.password('kim')), appCode(at, secret)))
})

test('[R-044] [RP-03] after the code of the coming step neither that one nor the present one passes', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  opened(await type(at, waiting(await at.password('kim')), appCode(at, secret, 1)))
  const pending = waiting(await at.password('kim'))
  for (const steps of [0, 1, -1]) await refuses(at, pending, appCode(at, secret, steps))
  at.clock.pass(seconds(60))
  opened(await type(at, pending, appCode(at, secret)))
})

test('[R-044] [RC-01] one code in two waiting sign-ins at the same moment opens one of them', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const before = await sessions(at, 'kim')
  const tabs = await Promise.all([at.password('kim'), at.password('kim')])
  const code = appCode(at, secret)
  const outcomes = await Promise.all(tabs.map((tab) => type(at, waiting(tab), code)))
  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['refused', 'signed-in'])
  assert.equal(await sessions(at, 'kim'), before + 1)
})

test('[R-048] the code that bound the app is spent by it', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await enrol(at, 'kim')
  const pending = waiting(await at.password('kim'))
  await refuses(at, pending, appCode(at, secret))
  at.clock.pass(seconds(30))
  await refuses(at, pending, appCode(at, secret, -1))
  opened(await type(at, pending, appCode(at, secret)))
})

test('[R-001] [RP-05] a spent email code opens neither its own sign-in again nor another one', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const first = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  opened(await type(at, first, code))
  assert.equal((await type(at, first, code)).kind, 'gone')
  await refuses(at, waiting(await at.password('kim')), code)
  assert.equal(await sessions(at, 'kim'), 1)
})

test('[R-011] a second use is on the record, whether in its own sign-in or in another', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const first = waiting(await at.password('kim'))
  const code = appCode(at, secret)
  opened(await type(at, first, code))
  assert.deepEqual(await rows(at, 'auth.challenge.replayed'), [])
  await type(at, first, code)
  await refuses(at, waiting(await at.password('kim')), code)
  const replays = await rows(at, 'auth.challenge.replayed')
  assert.deepEqual(
    replays.map(({ actor, origin }) => [actor.name, origin.address]),
    [
      ['kim', '198.51.100.7'],
      ['kim', '198.51.100.7'],
    ],
  )
})
