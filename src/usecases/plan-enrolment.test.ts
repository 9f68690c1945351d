import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours } from '#domain/time.ts'
import { linkFor, look } from '../../test/enrolment-steps.ts'
import { rows, siteFor, waiting } from '../../test/steps.ts'

test('where the hour has had its messages, setting up waits without another mail, and each time is written down', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'email_link', 'delivery.max_sends_per_user_hour': 1 })
  await at.password('kim')
  for (let again = 0; again < 2; again += 1) {
    const pending = waiting(await at.password('kim'))
    assert.equal((await look(at, pending)).kind, 'link-required')
  }
  assert.equal(at.messages('email').filter(({ text }) => text.includes('/enrol/')).length, 1)
  const told = await rows(at, 'delivery.quota')
  assert.deepEqual(
    told.map(({ data }) => data['cap']),
    ['user_hour', 'user_hour'],
  )
  at.clock.pass(hours(1))
  await at.password('kim')
  assert.equal(at.messages('email').filter(({ text }) => text.includes('/enrol/')).length, 2)
})

test('the password typed at a link opens that link; with another token a new one is sent', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'email_link' })
  waiting(await at.password('kim'))
  const link = linkFor(at, 'kim')
  const followed = waiting(await at.password('kim', { link }))
  assert.equal(linkFor(at, 'kim'), link, 'nothing new was sent')
  assert.equal((await look(at, followed, link)).kind, 'shown')
  waiting(await at.password('kim', { link: 'of nobody' }))
  assert.notEqual(linkFor(at, 'kim'), link)
})
