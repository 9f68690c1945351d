import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { HOME, world } from '../world.ts'

test('Kim signs in from home with her password and the code from her mail', async () => {
  const { ports, site, password, codeFor, messages, trail, close, clock } = await world()

  const first = await password('kim')
  assert.ok(first.kind === 'pending', first.kind)
  assert.equal(messages().length, 1)

  clock.pass(20_000)
  const second = await answerChallenge(ports, {
    site: site.id,
    pendingToken: first.pending.token,
    code: codeFor('kim'),
    remember: false,
    origin: HOME,
  })
  assert.ok(second.kind === 'signed-in', JSON.stringify(second))
  const access = await checkAccess(ports, {
    site: site.id,
    sessionToken: second.token,
    application: null,
    address: HOME.address,
  })
  assert.ok(access.kind === 'granted')
  assert.deepEqual(access.amr, ['pwd', 'email'])

  const events = (await trail()).map(({ ev }) => ev)
  assert.deepEqual(events.slice(events.indexOf('auth.password.ok')), [
    'auth.password.ok',
    'auth.challenge.issued',
    'delivery.accepted',
    'auth.factor.ok',
    'session.created',
  ])
  await close()
})
