import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openVault } from '#system/vault.ts'
import { seededRandom } from '#system/random.ts'
import { siteFor } from '../../test/steps.ts'
import { ADMIN, type World } from '../../test/world.ts'
import { setChannel } from './channels.ts'
import { viewChannel } from './view-channel.ts'

async function seen(at: World, vault = at.ports.vault) {
  const file = await at.ports.store.siteFile(at.site.name)
  assert.ok(file)
  return viewChannel({ ...at.ports, vault }, file, 'email')
}

test("a channel says whose it is, and shows nothing of one that is the server's or sealed by another key", async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const otherKey = openVault([Uint8Array.from({ length: 32 }, () => 7)], seededRandom('other'))
  const server = await seen(at)
  assert.deepEqual([server.state, server.owner, server.shown], ['configured', 'server', null])
  const lost = await seen(at, otherKey)
  assert.deepEqual([lost.state, lost.owner, lost.shown], ['unreadable', 'server', null])
  const config = { kind: 'captured' }
  const set = await setChannel(at.ports, { ...ADMIN, site: at.site.name, channel: 'email', config })
  assert.equal(set.kind, 'saved', JSON.stringify(set))
  const own = await seen(at)
  assert.deepEqual([own.state, own.owner], ['configured', 'site'])
  assert.notEqual(own.shown, null)
  const unreadable = await seen(at, otherKey)
  assert.deepEqual([unreadable.state, unreadable.owner, unreadable.shown], ['unreadable', 'site', null])
})
