import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { codeIn, mail, mailOver, setUp } from '../../test/real-channels.ts'
import { siteFor } from '../../test/steps.ts'
import { ADMIN, type World } from '../../test/world.ts'
import { applyPreset } from './apply-preset.ts'
import { setChannel } from './channels.ts'
import { confirmChannelTest } from './confirm-channel-test.ts'
import { changeSettings } from './settings.ts'
import { testChannel } from './test-channel.ts'
import { createUser } from './users.ts'

const SMTP = { kind: 'smtp', host: '127.0.0.1', port: 1, tls: 'none', from: 'no-reply@acme.test' }
const MAIL = { 'methods.allowed': ['email'] }

const save = (at: World, patch: Record<string, unknown>, acknowledge?: boolean) =>
  changeSettings(at.ports, { ...ADMIN, site: 'acme', patch, acknowledge, reason: 'a test' })

async function withoutChannels(t: TestContext): Promise<World> {
  const at = await siteFor(t, 'erp')
  await at.mailbox.setBehaviour({ email: 'unconfigured', sms: 'unconfigured' })
  return at
}

test('[F2] [S2.10] email without a mail account is refused with the users it would strike, unless the site lets them in', async (t) => {
  const at = await withoutChannels(t)
  const before = await at.ports.store.siteFile('acme')
  const refused = await save(at, MAIL)
  assert.deepEqual(refused, { kind: 'channel-unconfigured', channels: ['email'], users: ['kim', 'op', 'root', 'sam'] })
  assert.deepEqual(await save(at, MAIL, true), refused, 'what cannot be sent is not taken on')
  assert.deepEqual(await at.ports.store.siteFile('acme'), before)
  assert.equal((await save(at, { ...MAIL, 'delivery.when_unconfigured': 'allow' })).kind, 'changed')
})

test('[S2.12] SMS without a gateway is refused, whatever happens without mail', async (t) => {
  const at = await withoutChannels(t)
  for (const patch of [{ 'methods.allowed': ['sms'] }, { 'methods.allowed': ['app', 'sms'] }]) {
    const outcome = await save(at, { ...patch, 'delivery.when_unconfigured': 'allow' })
    assert.ok(outcome.kind === 'channel-unconfigured', outcome.kind)
    assert.deepEqual(outcome.channels, ['sms'])
  }
  await setChannel(at.ports, { ...ADMIN, site: 'acme', channel: 'sms', config: 'off' })
  assert.equal(
    (await save(at, { 'methods.allowed': ['sms'] })).kind,
    'channel-unconfigured',
    'switched off is no gateway',
  )
})

test('[F2] [S2.12] a preset that rests on a missing channel is refused as its settings are', async (t) => {
  const at = await withoutChannels(t)
  const outcome = await applyPreset(at.ports, { ...ADMIN, site: 'acme', preset: 'fleet' })
  assert.ok(outcome.kind === 'channel-unconfigured', outcome.kind)
  assert.deepEqual(outcome.channels, ['email', 'sms'])
})

test('[F2] a channel that was never proved is acknowledged by name, or proved first; the log says who took it on', async (t) => {
  const at = await siteFor(t, 'erp')
  const kim = { ...ADMIN, site: 'acme', username: 'nomail', fields: {} }
  assert.equal((await createUser(at.ports, kim)).kind, 'saved')
  await setUp(at, 'email', SMTP)
  const users = ['kim', 'op', 'root', 'sam']
  assert.deepEqual(await save(at, MAIL), { kind: 'channel-unproved', channels: ['email'], users })
  assert.equal((await save(at, MAIL, true)).kind, 'changed')
  const { data } = (await at.trail()).findLast(({ ev }) => ev === 'policy.changed') ?? assert.fail('no entry')
  assert.deepEqual([data['unproved'], data['could_be_locked_out']], [['email'], users])
})

test('[F2] once a code came back over it nothing is asked, until it is another configuration', async (t) => {
  const at = await siteFor(t, 'erp')
  const { port, received } = await mail(t)
  await mailOver(at, port)
  await testChannel(at.ports, { ...ADMIN, site: 'acme', channel: 'email', to: 'ada@acme.test' })
  const code = codeIn(received.find(({ to }) => to.includes('ada@acme.test'))?.mail.text)
  assert.equal((await save(at, MAIL)).kind, 'channel-unproved', 'a code that was sent has not come back yet')
  assert.equal((await confirmChannelTest(at.ports, { ...ADMIN, site: 'acme', code })).kind, 'proved')
  assert.equal((await save(at, MAIL)).kind, 'changed')
  assert.equal((await save(at, { 'methods.allowed': ['app'] })).kind, 'changed')
  await setUp(at, 'email', { ...SMTP, port: 2 })
  assert.equal((await save(at, MAIL)).kind, 'channel-unproved')
})
