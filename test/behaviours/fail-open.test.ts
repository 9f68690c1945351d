import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { deliveryHealth } from '#usecases/delivery-health.ts'
import { changeUser } from '#usecases/users.ts'
import { enrol } from '../enrolment-steps.ts'
import { opened, page, rows, siteFor, visit, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

// A site that lets people in where no channel was ever set up, and everything that is not that.

async function health(at: World) {
  const found = await deliveryHealth(at.ports, DEMO_SITE)
  assert.ok(found !== 'unknown-site')
  return found
}

test('[FO-01] allow and unconfigured: let in, marked everywhere, nothing remembered, shown as armed and not enforced', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.mailbox.setBehaviour({ email: 'unconfigured' })
  const access = await visit(at, opened(await at.password('kim')))
  assert.ok(access.kind === 'granted')
  assert.deepEqual([access.session.rule, access.session.device], ['channel_unconfigured', null])
  assert.deepEqual(
    access.session.evidence.map(({ kind }) => kind),
    ['password'],
  )
  assert.deepEqual(await rows(at, 'device.trusted'), [])
  const [degraded] = await rows(at, 'degraded.login')
  assert.equal(degraded?.actor.name, 'kim')
  const { channels, letIn } = await health(at)
  assert.deepEqual([channels[0]?.state, letIn > 0], ['unconfigured', true])
})

test('[FO-02] a server that is set up and down is failing; nobody is let in, and another way is offered', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'methods.allowed': ['email', 'sms'] })
  await at.mailbox.setBehaviour({ email: 'timeout' })
  const kim = waiting(await at.password('kim'))
  assert.deepEqual((await page(at, kim))?.methods, ['email', 'sms'])
  const { channels, letIn } = await health(at)
  assert.deepEqual([channels[0]?.state, letIn], ['failing', 0])
})

test('[FO-03] a configuration that this key does not open is failing, and never unconfigured', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const foreign = at.ports.vault.seal(Buffer.from('{"kind":"captured"}'), 'channel:another:email')
  await at.ports.store.setServerChannel('email', { kind: 'config', sealed: foreign })
  const kim = waiting(await at.password('kim'))
  assert.equal((await page(at, kim))?.sending?.state, 'failed')
  assert.deepEqual(await rows(at, 'session.created'), [])
  const { channels, letIn } = await health(at)
  assert.deepEqual([channels[0]?.state, letIn], ['failing', 0])
  assert.match(channels[0]?.lastError?.says ?? '', /cannot be read with the key/)
})

test('[FO-04] who has an app is asked for it, although no channel was ever set up', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'methods.allowed': ['app'] })
  await enrol(at, 'kim')
  await at.set({ 'methods.allowed': ['email'] })
  await at.mailbox.setBehaviour({ email: 'unconfigured' })
  const kim = waiting(await at.password('kim'))
  assert.deepEqual((await page(at, kim))?.methods, ['app'])
  opened(await at.password('op'))
})

test('[FO-05] a user without an address is that user’s matter where the channel works: not let in, and named', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'kim', fields: { email: null } })
  const kim = await at.password('kim')
  assert.notEqual(kim.kind, 'signed-in')
  assert.deepEqual(await rows(at, 'session.created'), [])
  const { users, letIn } = await health(at)
  assert.deepEqual(users, [{ username: 'kim', displayName: 'Kim', warnings: ['no_email'] }])
  assert.equal(letIn, 0)
})

test('[FO-06] there is no mode that opens in an outage, however the settings stand and the channel fails', async (t) => {
  for (const unconfigured of ['allow', 'enrol_app', 'block'])
    for (const fails of ['other_method', 'block']) {
      const at = await siteFor(t, 'manufacturing')
      await at.set({ 'delivery.when_unconfigured': unconfigured, 'delivery.when_send_fails': fails })
      for (const email of ['reject', 'timeout'] as const) {
        await at.mailbox.setBehaviour({ email })
        for (const username of ['kim', 'sam', 'op', 'root']) waiting(await at.password(username))
      }
      assert.deepEqual(await rows(at, 'session.created'), [])
      assert.equal((await health(at)).letIn, 0)
    }
})

test('[FO-10] an administrator is never let in this way: an app is set up first', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.mailbox.setBehaviour({ email: 'unconfigured' })
  const root = await at.password('root')
  assert.ok(root.kind === 'pending')
  assert.equal(root.pending.challenge.state.kind, 'enrolling')
  assert.deepEqual(await rows(at, 'session.created'), [])
})
