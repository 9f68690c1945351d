import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import { seconds } from '#domain/time.ts'
import { SETTINGS } from '#policy/settings.ts'
import { signIn } from '#usecases/sign-in.ts'
import { changeUser } from '#usecases/users.ts'
import { demoUser } from '../enrolment-steps.ts'
import { secondSite } from '../second-site.ts'
import { opened, otherThan, page, requestCode, rows, siteFor, standingOf, type, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

/** How many messages went over each channel so far. */
function sent(at: World): readonly [sms: number, email: number] {
  return [at.messages('sms').length, at.messages('email').length]
}

test('[S3.3] each company chooses its primary channel, and only its own users follow', async (t) => {
  const at = await siteFor(t, 'fleet')
  const north = await secondSite(at, 'north', 'fleet')
  await north.set({ 'two_factor.enabled': true, 'delivery.primary': 'email' })
  await north.join('kim')

  waiting(await at.password('kim'))
  assert.deepEqual(
    at.messages().map(({ channel, to }) => [channel, to]),
    [['sms', '+4915550100003']],
  )
  waiting(await north.password('kim'))
  assert.deepEqual([at.messages()[0]?.channel, at.messages()[0]?.to], ['email', 'kim@north.test'])
  assert.deepEqual(sent(at), [1, 1])
})

test('[S3.4] two choices, each in one plain sentence: SMS with email behind it, or email only', async (t) => {
  const at = await siteFor(t, 'fleet')
  for (const key of ['delivery.primary', 'delivery.email_sole'] as const)
    assert.match(SETTINGS[key].says, /^[A-Z][^.]+\.$/, `${key} is not told in one sentence`)

  const first = waiting(await at.password('kim'))
  await requestCodeLater(at, first)
  assert.deepEqual(
    (await page(at, first))?.channels.map(({ channel }) => channel),
    ['email', 'sms'],
  )

  await at.set({ 'delivery.email_sole': true })
  const second = waiting(await at.password('sam'))
  await requestCodeLater(at, second)
  assert.deepEqual(
    (await page(at, second))?.channels.map(({ channel }) => channel),
    ['email'],
  )
})

test('[S3.5] SMS first means one SMS and no mail', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  assert.deepEqual(sent(at), [1, 0])
  opened(await type(at, pending, at.codeFor('kim', 'sms')))
})

test('[S3.6] after one failed code a new one can be had by email, and it passes', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  const refused = await type(at, pending, otherThan(at.codeFor('kim')))
  assert.ok(refused.kind === 'refused', refused.kind)
  assert.deepEqual(refused.channelsOffered, ['email', 'sms'])
  assert.deepEqual(
    (await page(at, pending))?.channels.map(({ channel }) => channel),
    ['email', 'sms'],
  )

  assert.equal((await requestCode(at, pending, 'email')).kind, 'sent')
  assert.deepEqual(sent(at), [1, 1])
  assert.equal(at.codeFor('kim', 'email'), at.codeFor('kim', 'sms'))
  assert.equal(await standingOf(at, opened(await type(at, pending, at.codeFor('kim', 'email')))), 'granted')
})

test('[S3.6] who received no SMS gets to the email without a failed code: by asking for a new one', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  await requestCodeLater(at, pending)
  assert.equal((await requestCode(at, pending, 'email')).kind, 'sent')
})

test('[S3.7] a new code can be requested once the wait is over, and the audit log has it', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  at.clock.pass(seconds(29))
  const early = await requestCode(at, pending)
  assert.deepEqual(early, { kind: 'cooldown', retryAt: at.clock.now() + seconds(1) })
  assert.deepEqual([sent(at), (await rows(at, 'auth.challenge.sent')).length], [[1, 0], 0])

  at.clock.pass(seconds(1))
  assert.equal((await requestCode(at, pending)).kind, 'sent')
  assert.deepEqual(sent(at), [2, 0])
  const [row] = await rows(at, 'auth.challenge.sent')
  assert.deepEqual([row?.actor.name, row?.data['channel'], row?.data['to']], ['kim', 'sms', '•••• 003'])
})

test('[S3.8] before a failure only SMS is on offer, and asking for email by hand is refused', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  const before = await page(at, pending)
  assert.deepEqual([before?.methods, before?.channels.map(({ channel }) => channel)], [['sms'], ['sms']])
  assert.deepEqual(await requestCode(at, pending, 'email'), { kind: 'channel-not-offered', offered: ['sms'] })

  // What is no code, and what comes too early, is no attempt.
  assert.equal((await type(at, pending, '12')).kind, 'malformed')
  assert.equal((await requestCode(at, pending)).kind, 'cooldown')
  assert.deepEqual(await requestCode(at, pending, 'email'), { kind: 'channel-not-offered', offered: ['sms'] })
  assert.deepEqual(sent(at), [1, 0])
})

test('[S3.9] email only is stored and read back', async (t) => {
  const at = await siteFor(t, 'fleet')
  assert.equal((await at.ports.store.siteFile(DEMO_SITE))?.settings['delivery.email_sole'], false)
  await at.set({ 'delivery.email_sole': true })
  assert.equal((await at.ports.store.siteFile(DEMO_SITE))?.settings['delivery.email_sole'], true)
})

test('[S3.10] then no path sends an SMS: not the first code, nor a new one, a failing mail, or a request by hand', async (t) => {
  const at = await siteFor(t, 'fleet')
  await at.set({ 'delivery.email_sole': true, 'delivery.sms_failure_fallback': 'email_always' })
  const pending = waiting(await at.password('kim'))
  await type(at, pending, otherThan(at.codeFor('kim')))
  await requestCodeLater(at, pending)
  assert.deepEqual(await requestCode(at, pending, 'sms'), { kind: 'channel-not-offered', offered: ['email'] })
  assert.deepEqual(sent(at), [0, 2])

  await at.mailbox.setBehaviour({ email: 'reject' })
  const stuck = waiting(await at.password('sam'))
  assert.equal((await page(at, stuck))?.sending?.state, 'failed')
  assert.equal((await requestCode(at, stuck, 'sms')).kind, 'channel-not-offered')
  await at.pump()

  // A user without an address gets nothing rather than an SMS.
  const noMail = { ...ADMIN, site: DEMO_SITE, username: 'op', fields: { email: null } }
  assert.equal((await changeUser(at.ports, noMail)).kind, 'saved')
  assert.equal((await at.password('op')).kind, 'denied')
  assert.deepEqual(sent(at), [0, 2])
})

test('[S3.10] a sign-in that waits for its SMS when the company goes over to email sends no further one', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  await type(at, pending, otherThan(at.codeFor('kim')))
  await at.set({ 'delivery.email_sole': true })
  at.clock.pass(seconds(31))

  assert.deepEqual(await requestCode(at, pending, 'sms'), { kind: 'channel-not-offered', offered: ['email'] })
  assert.deepEqual(
    (await page(at, pending))?.channels.map(({ channel }) => channel),
    ['email'],
  )
  assert.equal((await requestCode(at, pending)).kind, 'sent')
  assert.deepEqual(sent(at), [1, 1])
  // The code that went before is still good: a pending sign-in lives on.
  opened(await type(at, pending, at.codeFor('kim', 'sms')))
})

test('[S3.10] nor does an SMS leave that was still to be sent at that moment', async (t) => {
  const at = await siteFor(t, 'fleet')
  const { ports } = at
  // The process ends between the commit and the sending: what is queued waits for the pump.
  const gone = { ...ports.store, deliveryFile: async () => null }
  const password = new Secret(demoUser('kim').password)
  const kim = { site: at.site.id, username: 'kim', password, surface: 'form', origin: HOME } as const
  waiting(await signIn({ ...ports, store: gone }, kim))
  assert.deepEqual(sent(at), [0, 0])

  await at.set({ 'delivery.email_sole': true })
  at.clock.pass(seconds(90))
  await at.pump()
  assert.deepEqual(sent(at), [0, 0])
  const [failed] = await rows(at, 'delivery.failed')
  assert.deepEqual([failed?.data['channel'], failed?.data['error']], ['sms', 'this site sends no SMS'])
})

/** "Request a new code", half a minute after the message before. */
async function requestCodeLater(at: World, pendingToken: string): Promise<void> {
  at.clock.pass(seconds(30))
  assert.equal((await requestCode(at, pendingToken)).kind, 'sent')
}
