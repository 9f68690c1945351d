import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { setChannel, unsetChannel } from '#usecases/channels.ts'
import { createUser } from '#usecases/users.ts'
import { by } from '../people.ts'
import { mail } from '../real-channels.ts'
import { rows, siteFor } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

// Whoever owns the mail server of a site can read its codes. To put a server of one's own in its place is therefore loud.

async function secondAdministrator(at: World): Promise<void> {
  const fields = { email: 'ada@acme.test', roles: ['Administrator'], displayName: 'Ada' }
  const made = await createUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'ada', fields })
  assert.equal(made.kind, 'saved')
}

test('[AD-07] a changed mail server is announced to every administrator over the old one, and not over the new one', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await secondAdministrator(at)
  const evil = await mail(t)
  const config = { kind: 'smtp', host: '127.0.0.1', port: evil.port, tls: 'none', from: 'a@evil.test' }
  const order = { ...(await by(at, 'root')), site: DEMO_SITE, channel: 'email' } as const
  assert.equal((await setChannel(at.ports, { ...order, config })).kind, 'saved')
  await at.pump()
  const told = at.messages('email')
  assert.deepEqual(told.map(({ to }) => to).toSorted(), ['ada@acme.test', 'root@acme.test'])
  for (const { text, subject } of told) {
    assert.match(subject ?? '', /The way Acme sends its codes was changed/)
    assert.match(text, /^root changed or switched off the server/)
  }
  assert.deepEqual(evil.received, [])
  const [row] = await rows(at, 'config.channel.changed')
  assert.deepEqual([row?.actor.name, row?.data['state'], row?.data['told']], ['root', 'configured', 2])
})

test('[AD-07] so is switching it off, and taking it away; the old configuration is not kept when that is done', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const order = { ...(await by(at, 'root')), site: DEMO_SITE, channel: 'email' } as const
  const kept = { kind: 'captured' }
  assert.equal((await setChannel(at.ports, { ...order, config: kept })).kind, 'saved')
  assert.equal((await setChannel(at.ports, { ...order, config: 'off', atOnce: true })).kind, 'saved')
  // There is no way any more to say it over.
  assert.equal((await unsetChannel(at.ports, order)).kind, 'saved')
  await at.pump()
  assert.equal(at.messages('email').length, 2)
  const changed = await rows(at, 'config.channel.changed')
  assert.deepEqual(
    changed.map(({ data }) => [data['state'], data['told']]),
    [
      ['configured', 1],
      ['off', 1],
      ['unset', 0],
    ],
  )
  for (const { data } of await rows(at, 'delivery.accepted')) {
    const file = await at.ports.store.deliveryFile(data['delivery'] as `dlv_${string}`, at.clock.now())
    assert.ok(file?.delivery.content.kind === 'notice')
    assert.equal(file.delivery.content.over, undefined)
  }
})
