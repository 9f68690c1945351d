import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Delivery } from '#domain/delivery.ts'
import { siteFor } from '../../test/steps.ts'
import { addWithinCaps } from './within-caps.ts'

test('codes alone count for what nobody answered, and each cap is the one of the site', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'delivery.max_unanswered_per_user_day': 7, 'delivery.max_sends_per_user_hour': 9 })
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(file)
  const capsOf = (content: object): unknown => {
    const delivery = { channel: 'email', recipient: 'kim@acme.test', user: file.user.id, content, createdAt: 0 }
    return addWithinCaps(file, delivery as unknown as Delivery)
  }
  const code = JSON.stringify(capsOf({ kind: 'code', challenge: 'chl', counter: 0, digits: 6 }))
  const notice = JSON.stringify(capsOf({ kind: 'notice', notice: 'password_changed' }))
  assert.match(code, /"userUnansweredDay":7/)
  assert.match(notice, /"userUnansweredDay":0/)
  for (const each of [code, notice]) assert.match(each, /"userHour":9/)
})
