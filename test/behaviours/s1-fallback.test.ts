import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { minutes, seconds } from '#domain/time.ts'
import { dispatchDelivery } from '#usecases/dispatch-delivery.ts'
import { recordDelivery } from '#usecases/record-delivery.ts'
import { changeUser } from '#usecases/users.ts'
import { opened, otherThan, page, requestCode, rows, siteFor, type, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

const KIM = { ...ADMIN, site: DEMO_SITE, username: 'kim' }

/** The email that went out in place of Kim's SMS: on the page, in the record, and with a code that passes. */
async function fellBack(at: World, pendingToken: string, error: RegExp): Promise<void> {
  assert.deepEqual(
    at.messages('email').map(({ to }) => to),
    ['kim@acme.test'],
  )
  const shown = await page(at, pendingToken)
  assert.deepEqual(shown?.sending, { state: 'accepted', channel: 'email', to: 'k•••@acme.test', insteadOf: 'sms' })
  const [row, ...more] = await rows(at, 'delivery.fallback')
  assert.deepEqual(more, [])
  assert.deepEqual([row?.data['from'], row?.data['to'], row?.data['recipient']], ['sms', 'email', 'k•••@acme.test'])
  assert.match(JSON.stringify(row?.data['error']), error)
}

test('[S1.8] a refused SMS becomes an email, although email is not switched on for the user', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await at.mailbox.setBehaviour({ sms: 'reject' })
  const kim = waiting(await at.password('kim'))
  await fellBack(at, kim, /503/)
  assert.deepEqual(at.messages('sms'), [])
  opened(await type(at, kim, at.codeFor('kim', 'email')))
  // The mailbox is what the session rests on.
  assert.equal((await rows(at, 'auth.factor.ok'))[0]?.data['method'], 'email')
})

test('[S1.8] an SMS that goes out brings no email, and a site without the fallback sends none', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const kim = waiting(await at.password('kim'))
  assert.deepEqual(at.messages('email'), [])
  assert.equal((await requestCode(at, kim, 'email')).kind, 'channel-not-offered')

  await at.mailbox.setBehaviour({ sms: 'reject' })
  for (const fallback of ['none', 'email_if_enabled']) {
    await at.set({ 'delivery.sms_failure_fallback': fallback })
    const stuck = waiting(await at.password('kim'))
    assert.equal((await page(at, stuck))?.sending?.state, 'failed')
  }
  assert.deepEqual(at.messages('email'), [])

  await changeUser(at.ports, { ...KIM, fields: { twoFactorEmail: true } })
  waiting(await at.password('kim'))
  assert.equal(at.messages('email').length, 1)
})

test('[S1.8b] so does an SMS gateway that hangs', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await at.mailbox.setBehaviour({ sms: 'timeout' })
  const kim = waiting(await at.password('kim'))
  await fellBack(at, kim, /no answer/)
  opened(await type(at, kim, at.codeFor('kim', 'email')))
})

/** The receipt of a gateway that had accepted the message to Kim: it was not delivered after all. */
async function failsLater(at: World): Promise<void> {
  const [accepted] = await rows(at, 'delivery.accepted')
  const id = accepted?.data['delivery'] as `dlv_${string}`
  const instead = await recordDelivery(at.ports, id, {
    kind: 'failed',
    why: 'handset switched off',
    trouble: 'recipient',
  })
  assert.equal(at.messages('email').length, 0)
  if (instead !== null) await dispatchDelivery(at.ports, instead)
}

test('[S1.8b] so does an SMS that was accepted and failed later; its code, should it still arrive, passes once', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const kim = waiting(await at.password('kim'))
  const inSms = at.codeFor('kim', 'sms')
  at.clock.pass(seconds(20))
  await failsLater(at)
  await fellBack(at, kim, /handset/)
  assert.equal(at.codeFor('kim', 'email'), inSms)

  opened(await type(at, kim, inSms))
  assert.equal((await type(at, kim, inSms)).kind, 'gone')
  const next = waiting(await at.password('kim'))
  assert.equal((await type(at, next, inSms)).kind, 'refused')
})

test('[S1.8b] a receipt that comes when the code has run out, or has passed, sends nothing', async (t) => {
  for (const late of [true, false]) {
    const at = await siteFor(t, 'scheduling')
    const kim = waiting(await at.password('kim'))
    if (late) at.clock.pass(minutes(10))
    else opened(await type(at, kim, at.codeFor('kim')))
    await failsLater(at)
    assert.deepEqual(at.messages('email'), [])
    assert.deepEqual(await rows(at, 'delivery.fallback'), [])
  }
})

test('[S1.8b] a receipt about an older code brings no email with the new one', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const kim = waiting(await at.password('kim'))
  at.clock.pass(minutes(10))
  assert.equal((await requestCode(at, kim)).kind, 'sent')
  await failsLater(at)
  assert.deepEqual(at.messages('email'), [])
  opened(await type(at, kim, at.codeFor('kim', 'sms')))
})

test('[S1.8c] without a mailbox to fall back to: no session, and whom to call instead of an error text', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await changeUser(at.ports, { ...KIM, fields: { email: null } })
  const reached = waiting(await at.password('kim'))
  assert.deepEqual((await page(at, reached))?.contacts, [])

  await at.mailbox.setBehaviour({ sms: 'reject' })
  const kim = waiting(await at.password('kim'))
  const shown = await page(at, kim)
  assert.deepEqual(shown?.sending, { state: 'failed', channel: 'sms', to: '•••• 003' })
  assert.equal(shown?.contacts[0]?.name, 'Robin Root')
  assert.doesNotMatch(JSON.stringify(shown), /503|gateway|Error/)
  assert.deepEqual(await rows(at, 'session.created'), [])
  // What the gateway said is for the administrators.
  assert.match(JSON.stringify((await rows(at, 'delivery.failed'))[0]?.data['error']), /503/)
})

test('[S1.9b] both switches on: SMS first, email on request, exactly one message each time', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await changeUser(at.ports, { ...KIM, fields: { twoFactorEmail: true } })
  const kim = waiting(await at.password('kim'))
  const sent = () => at.messages().map(({ channel }) => channel)
  assert.deepEqual(sent(), ['sms'])

  // Neither before it is asked for, nor by guessing.
  assert.equal((await requestCode(at, kim, 'email')).kind, 'channel-not-offered')
  await type(at, kim, otherThan(at.codeFor('kim')))
  assert.equal((await requestCode(at, kim, 'email')).kind, 'channel-not-offered')

  at.clock.pass(seconds(30))
  assert.equal((await requestCode(at, kim)).kind, 'sent')
  assert.deepEqual(sent(), ['sms', 'sms'])
  assert.equal((await requestCode(at, kim, 'email')).kind, 'sent')
  assert.deepEqual(sent(), ['email', 'sms', 'sms'])
  opened(await type(at, kim, at.codeFor('kim', 'email')))
})

test('[S1.9b] both switches on: email on failure, exactly one message', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await changeUser(at.ports, { ...KIM, fields: { twoFactorEmail: true } })
  await at.mailbox.setBehaviour({ sms: 'reject' })
  const kim = waiting(await at.password('kim'))
  assert.deepEqual(
    at.messages().map(({ channel }) => channel),
    ['email'],
  )
  opened(await type(at, kim, at.codeFor('kim')))
})

test('[S1.9b] a user with the SMS switch alone is never offered email, however often they ask', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const kim = waiting(await at.password('kim'))
  for (let asked = 0; asked < 3; asked++) {
    at.clock.pass(seconds(30))
    assert.equal((await requestCode(at, kim)).kind, 'sent')
    assert.equal((await requestCode(at, kim, 'email')).kind, 'channel-not-offered')
  }
})
