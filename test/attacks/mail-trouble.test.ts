import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { minutes, seconds } from '#domain/time.ts'
import { deliveryHealth } from '#usecases/delivery-health.ts'
import { createPatience } from '../../src/system/patience.ts'
import { closedPort, scriptedServer } from '../contracts/courier-mail-server.ts'
import { codeIn, mail, mailOver, silence } from '../real-channels.ts'
import { secondSite } from '../second-site.ts'
import { opened, page, requestCode, rows, siteFor, type, waiting } from '../steps.ts'
import type { World } from '../world.ts'

// Mail servers that refuse, hang, greylist and lie, over real connections. None of them opens a session, and none is tried for nothing.

async function emailHealth(at: World) {
  const health = await deliveryHealth(at.ports, DEMO_SITE)
  assert.ok(health !== 'unknown-site')
  const [email] = health.channels
  return { email, users: health.users, letIn: health.letIn }
}

/** Nothing in the outbox is waiting any more. */
async function nothingWaits(at: World): Promise<void> {
  at.clock.pass(minutes(60))
  assert.deepEqual(await at.ports.store.dueDeliveries({ now: at.clock.now(), perSite: 9, limit: 9 }), [])
}

test('[DF-01] a refused connection: told, another way offered, tried again; nothing opens', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'methods.allowed': ['email', 'sms'] })
  await mailOver(at, await closedPort())
  const kim = waiting(await at.password('kim'))
  const shown = await page(at, kim)
  assert.deepEqual(shown?.sending, { state: 'failed', channel: 'email', to: 'k•••@acme.test', again: true })
  assert.deepEqual(shown?.methods, ['email', 'sms'])
  assert.deepEqual(await rows(at, 'session.created'), [])
  const [row, ...more] = await rows(at, 'delivery.retried')
  assert.deepEqual([more, row?.data['trouble']], [[], 'passing'])
  assert.match(JSON.stringify(row?.data['error']), /ECONNREFUSED/)

  const { port, received } = await mail(t)
  await mailOver(at, port)
  at.clock.pass(seconds(29))
  await at.pump()
  const codes = () => received.filter(({ to }) => to.includes('kim@acme.test'))
  assert.deepEqual(codes(), [])
  at.clock.pass(seconds(1))
  await at.pump()
  assert.equal(codes().length, 1)
  opened(await type(at, kim, codeIn(codes()[0]?.mail.subject)))
})

test('[DF-02] a silent mail server holds up no page: the person is let go, and told that it is on its way', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const silent = await silence(t)
  await mailOver(at, silent.port)
  const patience = createPatience(1, () => {})
  Object.assign(at.ports, { patience: patience.wait })
  const kim = waiting(await at.password('kim'))
  // The server is still silent: nothing has ended yet, and the page is there.
  assert.equal((await page(at, kim))?.sending?.state, 'on_its_way')
  await silent.close()
  await patience.end()
  assert.deepEqual((await page(at, kim))?.sending, {
    state: 'failed',
    channel: 'email',
    to: 'k•••@acme.test',
    again: true,
  })
})

test('[DF-02] [TI-08] fifty sign-ins that wait for a silent server of one site hold up no other site', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const silent = await silence(t)
  await mailOver(at, silent.port)
  await at.set({ 'delivery.max_sends_per_user_hour': 100, 'delivery.max_unanswered_per_user_day': 0 })
  const globex = await secondSite(at, 'globex', 'manufacturing')
  await globex.join('ann')
  await globex.set({ 'two_factor.enabled': true, 'two_factor.require_all': true })
  let ended = 0
  const stuck = []
  for (let n = 1; n <= 50; n += 1) {
    stuck.push(at.password(['kim', 'sam', 'op'][n % 3] ?? '').finally(() => void (ended += 1)))
    while (silent.taken() < n) await new Promise((next) => setImmediate(next))
  }
  waiting(await globex.password('ann'))
  assert.equal(at.messages('email')[0]?.to, 'ann@globex.test')
  assert.equal(ended, 0)
  await silent.close()
  for (const outcome of await Promise.all(stuck)) waiting(outcome)
})

test('[DF-03] greylisting is waited for while the code lives: 30 seconds, 2 minutes, 5 minutes', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  let grey = true
  const { port, received } = await mail(t, { refuse: () => (grey ? '451 4.7.1 Greylisted, come back' : undefined) })
  await mailOver(at, port)
  const kim = waiting(await at.password('kim'))
  for (const wait of [seconds(30), minutes(2)]) {
    at.clock.pass(wait)
    await at.pump()
    assert.deepEqual(received, [])
  }
  assert.equal((await rows(at, 'delivery.retried')).length, 3)
  grey = false
  at.clock.pass(minutes(5))
  await at.pump()
  assert.equal(received.length, 1)
  opened(await type(at, kim, codeIn(received[0]?.mail.subject)))
})

test('[DF-03] a code that is no longer wanted is not sent either, and the channel is not blamed for it', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'methods.allowed': ['email', 'sms'] })
  let grey = true
  const { port, received } = await mail(t, { refuse: () => (grey ? '451 4.7.1 Greylisted' : undefined) })
  await mailOver(at, port)
  const kim = waiting(await at.password('kim'))
  assert.equal((await requestCode(at, kim, 'sms')).kind, 'sent')
  opened(await type(at, kim, at.codeFor('kim', 'sms')))
  grey = false
  at.clock.pass(seconds(30))
  await at.pump()
  assert.deepEqual(received, [])
  const [row] = await rows(at, 'delivery.failed')
  assert.deepEqual([row?.data['error'], row?.data['trouble']], ['what it was about is gone', 'moot'])
  assert.equal((await emailHealth(at)).email?.lastError, null)
})

test('[DF-03] a code that would arrive dead is not sent', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  let asked = 0
  const { port, received } = await mail(t, {
    refuse: () => {
      asked += 1
      return '451 4.7.1 Greylisted'
    },
  })
  await mailOver(at, port)
  await at.set({ 'code.ttl_seconds': 120 })
  const kim = waiting(await at.password('kim'))
  at.clock.pass(seconds(30))
  await at.pump()
  // The next attempt would come two minutes later.
  assert.deepEqual([asked, (await rows(at, 'delivery.failed')).length], [2, 1])
  await nothingWaits(at)
  assert.deepEqual(received, [])
  assert.equal(await page(at, kim), null)
})

test('[DF-04] an unknown mailbox is not tried again; the address is remembered as bad, the channel is not to blame', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { port } = await mail(t, { refuse: '550 5.1.1 No such person here' })
  await mailOver(at, port)
  const kim = waiting(await at.password('kim'))
  assert.deepEqual((await page(at, kim))?.sending, { state: 'failed', channel: 'email', to: 'k•••@acme.test' })
  const { email, users, letIn } = await emailHealth(at)
  assert.deepEqual([email?.state, letIn], ['unproved', 0])
  assert.deepEqual(users, [{ username: 'kim', displayName: 'Kim', warnings: ['email_bounced'] }])
  assert.deepEqual(await rows(at, 'session.created'), [])
  await nothingWaits(at)
})

test('[DF-05] a rejected password of ours is a failing channel, not an unconfigured one; nobody is let in by it', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'delivery.when_unconfigured': 'allow' })
  const login = { user: 'acme', password: 'the-new-one' }
  const { port } = await mail(t, { login })
  await mailOver(at, port, { user: 'acme', password: 'the-old-one' })
  waiting(await at.password('kim'))
  const { email, letIn } = await emailHealth(at)
  assert.deepEqual([email?.state, letIn], ['failing', 0])
  assert.match(email?.lastError?.says ?? '', /^535 /)
  assert.doesNotMatch(JSON.stringify(await at.trail()), /the-old-one/)
  assert.equal((await rows(at, 'delivery.failed'))[0]?.data['trouble'], 'lasting')
  await nothingWaits(at)
})

test('[DF-06] TLS that is wanted and stripped: nothing goes out in clear, and it is not tried again', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const stripped = await scriptedServer('220 mail ready', (line) =>
    line.startsWith('EHLO') ? '250 mail' : line === 'STARTTLS' ? '502 5.5.1 No' : '250 fine',
  )
  t.after(() => stripped.close())
  await mailOver(at, stripped.port, { tls: 'required' })
  waiting(await at.password('kim'))
  assert.doesNotMatch(stripped.heard(), /MAIL|RCPT|DATA|kim/)
  assert.match(JSON.stringify((await rows(at, 'delivery.failed'))[0]?.data['error']), /does not offer TLS/)
  await nothingWaits(at)
})

test('[DF-08] what a slow server left behind is sent in the order of its end; what would arrive dead is dropped, on record', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { courier } = at.ports
  // A process that hangs in the middle: what it works on stays with it for a minute.
  const hanging = { ...courier, send: () => new Promise<never>(() => {}) }
  Object.assign(at.ports, { courier: hanging, patience: () => Promise.resolve() })
  for (const username of ['kim', 'sam']) waiting(await at.password(username))
  at.clock.pass(minutes(9))
  for (const username of ['op', 'root']) {
    waiting(await at.password(username))
    at.clock.pass(1)
  }
  Object.assign(at.ports, { courier, patience: (work: Promise<void>) => work })
  at.clock.pass(minutes(2))
  await at.pump()
  assert.deepEqual(
    at
      .messages('email')
      .map(({ to }) => to)
      .toReversed(),
    ['op@acme.test', 'root@acme.test'],
  )
  const dropped = await rows(at, 'delivery.failed')
  assert.deepEqual(dropped.map(({ subject }) => subject?.name ?? '').toSorted(), ['kim', 'sam'])
  for (const { data } of dropped) assert.match(JSON.stringify(data['error']), /too late/)
  await nothingWaits(at)
})

test('[DF-17] a name that does not exist, and a server that is not there, end in a retry', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await mailOver(at, 25, { host: 'mail.no-such-host.invalid', connectSeconds: 1 })
  waiting(await at.password('kim'))
  const [row] = await rows(at, 'delivery.retried')
  assert.match(JSON.stringify(row?.data['error']), /no-such-host\.invalid/)
  assert.equal((await emailHealth(at)).email?.state, 'failing')
})

test('[DF-17] of two addresses of a name the one that answers is used', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  // It listens on IPv4 alone; `localhost` is both.
  const { port, received } = await mail(t)
  await mailOver(at, port, { host: 'localhost' })
  const kim = waiting(await at.password('kim'))
  opened(await type(at, kim, codeIn(received[0]?.mail.subject)))
})
