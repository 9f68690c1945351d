import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { hours, minutes } from '#domain/time.ts'
import { setChannel, unsetChannel } from '#usecases/channels.ts'
import { keepChannel } from '#usecases/keep-channel.ts'
import { removeDueChannels } from '#usecases/remove-due-channels.ts'
import { apiWorld } from '../api-world.ts'
import { commandLine } from '../command-line.ts'
import { by } from '../people.ts'
import { setUp } from '../real-channels.ts'
import { rows, siteFor } from '../steps.ts'
import type { World } from '../world.ts'

// Without mail a site may let people in by the password alone. Whoever sits at the open session of an administrator would take the mail
// server away; it stays for a day, all administrators read of it at once, and each of them can keep it.

const CAPTURED = { kind: 'captured' }

/** A site with a mail server of its own, and root who looks after it. */
async function withOwnMail(t: TestContext, preset: 'manufacturing' | 'erp' = 'manufacturing') {
  const at = await siteFor(t, preset, { races: false })
  await setUp(at, 'email', CAPTURED)
  const order = { ...(await by(at, 'root')), site: DEMO_SITE, channel: 'email' } as const
  return { at, order }
}

/** Whether a sign-in of kim asks for the code that mail brings. */
const asksForCode = async (at: World) => (await at.password('kim')).kind === 'pending'
const stored = async (at: World) => (await at.ports.store.siteFile(DEMO_SITE))?.channels.email ?? null

test('[FO-08] a mail server that the policy needs stays for a day, then it goes', async (t) => {
  const { at, order } = await withOwnMail(t)
  const before = await stored(at)
  const asked = at.clock.now()
  const outcome = await setChannel(at.ports, { ...order, config: 'off' })
  assert.deepEqual(outcome, { kind: 'waits', until: asked + hours(24) })
  assert.deepEqual(await stored(at), before)
  assert.ok(await asksForCode(at))

  at.clock.pass(hours(24) - 1)
  assert.equal(await removeDueChannels(at.ports), 0)
  assert.ok(await asksForCode(at))
  at.clock.pass(1)
  assert.equal(await removeDueChannels(at.ports), 1)
  assert.deepEqual((await stored(at))?.row, { kind: 'off' })
  assert.equal(await asksForCode(at), false, 'the preset lets people in where there is no mail')
  assert.equal(await removeDueChannels(at.ports), 0)

  const done = (await rows(at, 'config.channel.changed')).at(-1)
  const [waited] = await rows(at, 'config.channel.removal.asked')
  assert.deepEqual([waited?.actor.name, waited?.data['leaves'], waited?.data['told']], ['root', 'off', 1])
  assert.deepEqual([done?.actor.name, done?.data['state'], done?.data['asked_by']], ['system', 'off', 'root'])
})

test('[FO-08] every administrator reads at once who asked and when it goes, and again when it does', async (t) => {
  const { at, order } = await withOwnMail(t)
  await unsetChannel(at.ports, order)
  await at.pump()
  const [told] = at.messages('email')
  assert.equal(told?.to, 'root@acme.test')
  assert.match(told?.subject ?? '', /is to be taken away/)
  assert.match(told?.text ?? '', /^root asked to take away the server that brought you this message/)
  assert.match(told?.text ?? '', /3 November 2026, 09:\d\d UTC/)
  const known = at.messages('email').length
  at.clock.pass(hours(24))
  await removeDueChannels(at.ports)
  await at.pump()
  assert.equal(at.messages('email').length, known + 1)
  assert.match(at.messages('email')[0]?.text ?? '', /^root changed or switched off the server/)
})

test('[FO-08] any administrator keeps it, and so does setting it up anew; both are on record', async (t) => {
  const { at, order } = await withOwnMail(t)
  const other = { ...order, ...(await by(at, 'root')) }
  await setChannel(at.ports, { ...order, config: 'off' })
  assert.equal((await keepChannel(at.ports, other)).kind, 'kept')
  assert.equal((await keepChannel(at.ports, other)).kind, 'nothing-waits')
  await unsetChannel(at.ports, order)
  assert.equal((await setChannel(at.ports, { ...order, config: CAPTURED })).kind, 'saved')
  at.clock.pass(hours(25))
  assert.equal(await removeDueChannels(at.ports), 0)
  assert.ok(await asksForCode(at))
  const cancelled = await rows(at, 'config.channel.removal.cancelled')
  assert.deepEqual(
    cancelled.map(({ data }) => data['asked_by']),
    ['root', 'root'],
  )
})

test('[FO-08] asking again makes the day no shorter and no longer, whatever is to be left', async (t) => {
  const { at, order } = await withOwnMail(t)
  const until = at.clock.now() + hours(24)
  await setChannel(at.ports, { ...order, config: 'off' })
  at.clock.pass(hours(5))
  assert.deepEqual(await setChannel(at.ports, { ...order, config: 'off' }), { kind: 'waits', until })
  assert.deepEqual(await unsetChannel(at.ports, order), { kind: 'waits', until })
  assert.equal((await rows(at, 'config.channel.removal.asked')).length, 2)
  at.clock.pass(hours(19))
  assert.equal(await removeDueChannels(at.ports), 1)
  assert.equal((await stored(at))?.owner, 'server', 'the last wish holds')
})

test('[FO-08] two servers at once take it away once', async (t) => {
  const { at, order } = await withOwnMail(t)
  await setChannel(at.ports, { ...order, config: 'off' })
  at.clock.pass(hours(24))
  const done = await Promise.all([removeDueChannels(at.ports), removeDueChannels(at.ports)])
  assert.deepEqual(done.toSorted(), [0, 1])
  assert.equal((await rows(at, 'config.channel.changed')).filter(({ actor }) => actor.name === 'system').length, 1)
})

test('[FO-08] what no policy needs, or is not in force, goes at once', async (t) => {
  const { at, order } = await withOwnMail(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen', 'methods.allowed': ['app'] })
  assert.equal((await setChannel(at.ports, { ...order, config: 'off' })).kind, 'saved')
  assert.equal((await unsetChannel(at.ports, order)).kind, 'saved')
  await at.set({ 'enrolment.channel': 'email_link' })
  assert.equal((await setChannel(at.ports, { ...order, config: 'off' })).kind, 'waits', 'links for enrolment need mail')
  await at.set({ 'two_factor.enabled': false })
  assert.equal((await setChannel(at.ports, { ...order, config: 'off' })).kind, 'saved')
  assert.deepEqual(await at.ports.store.channelRemovals(at.site.id), [], 'nothing waits that is done')
})

test('[FO-08] over the API it takes a fresh proof, is answered with the moment, and is called off', async (t) => {
  const at = await apiWorld({ preset: 'manufacturing' })
  t.after(at.close)
  const token = await at.session('root')
  at.clock.pass(minutes(16))
  const off = { body: { kind: 'off' } }
  const stale = await at.api('PUT /delivery/channels/email', { token, ...off })
  assert.deepEqual([stale.status, stale.body.code], [403, 'step_up_required'])

  const admin = { token: at.keys.admin }
  const due = new Date(at.clock.now() + hours(24)).toISOString()
  const answer = await at.api('PUT /delivery/channels/email', { ...admin, ...off })
  assert.deepEqual([answer.status, answer.body.state, answer.body.receipts_url], [202, 'configured', null])
  assert.deepEqual([answer.body.removal.leaves, answer.body.removal.due_at], ['off', due])
  for (const door of ['GET /delivery/channels', 'GET /delivery/health']) {
    const { items, channels } = (await at.api(door, admin)).body
    assert.deepEqual((items ?? channels)[0].removal, answer.body.removal, door)
  }
  assert.equal((await at.api('DELETE /delivery/channels/fax/removal', admin)).status, 404)
  assert.equal((await at.api('DELETE /delivery/channels/sms/removal', admin)).status, 404)
  assert.equal((await at.api('DELETE /delivery/channels/email/removal', admin)).status, 204)
  assert.equal((await at.api('GET /delivery/channels/email', admin)).body.removal, null)

  await at.api('PUT /delivery/channels/email', { ...admin, body: CAPTURED })
  const gone = await at.api('DELETE /delivery/channels/email', admin)
  assert.deepEqual([gone.status, gone.body.removal.leaves], [202, 'unset'])
})

test('[FO-08] the command line says how long it stays, and whoever holds the server need not wait', async () => {
  const line = await commandLine()
  const waits = await line.run('--site acme channels off email')
  assert.match(waits.out, /The policy of this site needs email: it stays until .*Z, and every administrator is told\./)
  assert.match((await line.run('--site acme delivery health')).out, /email is to be taken away at .*, asked for by /)
  assert.equal((await line.run('--site acme channels keep email')).out.trim(), 'The email channel stays as it is.')
  const none = await line.run('--site acme channels keep email')
  assert.deepEqual([none.code, none.err.includes('is not about to be taken away')], [3, true])
  assert.match(
    (await line.run('--site acme channels off email --at-once')).out,
    /The email channel is off at this site/,
  )
})
