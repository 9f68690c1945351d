import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, seconds } from '#domain/time.ts'
import { linkFor } from '../../test/enrolment-steps.ts'
import { requestCode, siteFor, waiting } from '../../test/steps.ts'
import { HOME } from '../../test/world.ts'
import { sendEnrolmentLink } from './enrol.ts'

test('another code goes out as soon as the wait is over, and not a moment before', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const first = await requestCode(at, pending)
  assert.deepEqual(first, { kind: 'cooldown', retryAt: at.clock.now() + seconds(30) })
  at.clock.pass(seconds(30) - 1)
  assert.equal((await requestCode(at, pending)).kind, 'cooldown')
  at.clock.pass(1)
  assert.equal((await requestCode(at, pending)).kind, 'sent')
})

test('a sign-in has so many messages and no more; the hour has so many and then more', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'delivery.max_sends_per_login': 3, 'delivery.max_sends_per_user_hour': 5 })
  const pending = waiting(await at.password('kim'))
  for (let sent = 1; sent < 3; sent += 1) {
    at.clock.pass(seconds(30))
    assert.equal((await requestCode(at, pending)).kind, 'sent')
  }
  at.clock.pass(seconds(30))
  assert.deepEqual(await requestCode(at, pending), { kind: 'send-limit', retryAt: null })
  const next = waiting(await at.password('kim'))
  at.clock.pass(seconds(30))
  assert.equal((await requestCode(at, next)).kind, 'sent')
  at.clock.pass(seconds(30))
  assert.deepEqual(await requestCode(at, next), { kind: 'send-limit', retryAt: at.clock.now() + hours(1) })
})

test('a link for setting up comes again as soon as the wait is over', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'email_link' })
  const pendingToken = waiting(await at.password('kim'))
  const before = linkFor(at, 'kim')
  const again = () => sendEnrolmentLink(at.ports, { site: at.site.id, pendingToken, origin: HOME })
  assert.deepEqual(await again(), { kind: 'cooldown', retryAt: at.clock.now() + seconds(30) })
  at.clock.pass(seconds(30))
  assert.equal((await again()).kind, 'sent')
  assert.notEqual(linkFor(at, 'kim'), before)
})
