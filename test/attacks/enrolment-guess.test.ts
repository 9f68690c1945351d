import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { sendEnrolmentLink } from '#usecases/enrol.ts'
import { appCode, enrol, linkFor, look, shown, startOver, wrongAppCode } from '../enrolment-steps.ts'
import { opened, rows, siteFor, standingOf, type, waiting } from '../steps.ts'
import { HOME } from '../world.ts'

// Somebody has the password of a person who has not set up an app yet. The link goes to the person's mailbox, so the secret stays
// unseen; but its first code can be guessed like any other, and a guess that hits would sign in and bind an app at once. Or they wait
// with an open enrolment until the person has an app, and then bind another one beside it.

test('[R-020] first codes of an app that is not bound yet are counted like all others: ten, and the second step is locked', async (t) => {
  const at = await siteFor(t, 'erp')
  let told = 0
  for (let round = 0; round < 20; round += 1) {
    const signIn = await at.password('kim')
    if (signIn.kind === 'code-locked') continue
    const pending = waiting(signIn)
    for (let count = 0; count < 5; count += 1) {
      const { kind } = await type(at, pending, String(100_000 + round * 5 + count))
      if (kind === 'refused' || kind === 'enrolment-over') told += 1
      else assert.equal(kind, 'code-locked')
    }
  }
  assert.equal(told, 10)
  assert.equal((await rows(at, 'factor.locked')).length, 1)
  assert.equal((await rows(at, 'auth.challenge.failures')).length, 1)

  // The owner waits for the end of the lock, and takes the link of the newest mail.
  at.clock.pass(seconds(60))
  const own = waiting(await at.password('kim'))
  const { secret } = shown(await look(at, own, linkFor(at, 'kim')))
  assert.equal(await standingOf(at, opened(await type(at, own, appCode(at, secret)))), 'granted')
})

test('[R-020] a few mistyped first codes harm nobody: the right one binds the app and clears the count', async (t) => {
  const at = await siteFor(t, 'retail')
  const pending = waiting(await at.password('kim'))
  const { secret } = shown(await look(at, pending))
  for (let failed = 1; failed <= 4; failed += 1) {
    const outcome = await type(at, pending, wrongAppCode(at, secret))
    assert.ok(outcome.kind === 'refused')
    assert.deepEqual([outcome.failedCodes, outcome.attemptsLeft], [failed, 5 - failed])
  }
  opened(await type(at, pending, appCode(at, secret)))
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.deepEqual([file?.counters.consecutive, file?.counters.inWindow], [0, 0])
})

test('a sign-in that waits for an enrolment binds nothing once its user has an app', async (t) => {
  for (const preset of ['erp', 'retail'] as const) {
    const at = await siteFor(t, preset)
    const thief = waiting(await at.password('kim'))
    await enrol(at, 'kim')

    assert.equal((await look(at, thief)).kind, 'gone')
    assert.equal((await startOver(at, thief)).kind, 'gone')
    const link = await sendEnrolmentLink(at.ports, { site: at.site.id, pendingToken: thief, origin: HOME })
    assert.equal(link.kind, 'gone')
    assert.equal((await type(at, thief, '123456')).kind, 'gone')
    assert.equal((await at.ports.store.personFile(at.site.id, 'kim', at.clock.now()))?.apps.length, 1)
    assert.equal((await rows(at, 'factor.enrolled')).length, 1)
  }
})
