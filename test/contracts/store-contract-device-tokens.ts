import assert from 'node:assert/strict'
import { minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { ACME, deviceOf, GLOBEX, MONDAY } from './store-things.ts'

const site = ACME.id
const LATER = MONDAY + minutes(1)
const ROTATES = deviceOf({ site, user: 'usr_ada' }, 'rotates', { rotates: true, tokenDigest: 'first' })
const rotate = (from: string, to: string, address: string | null = '192.0.2.9'): Change => ({
  kind: 'rotate-device',
  device: ROTATES.id,
  from,
  to,
  address,
  at: LATER,
})
const retire = (tokenDigest: string): Change => ({
  kind: 'retire-device-token',
  site,
  device: ROTATES.id,
  tokenDigest,
  at: LATER,
})
const found = { ...ROTATES, tokenDigest: 'second', lastUsedAt: LATER, address: '192.0.2.9' }

export function deviceTokensContract(held: Held): void {
  held('a remembered browser is found by its own token, and known by those that it had', async ({ store }) => {
    const add: Change = { kind: 'add-device', device: ROTATES }
    assert.equal(await commit(store, [add, rotate('first', 'second'), retire('first')]), 'committed')
    assert.deepEqual(await store.userDevice(site, 'usr_ada', ROTATES.id), found)
    assert.deepEqual(await store.retiredToken(site, 'usr_ada', 'first'), { device: found, retiredAt: LATER })
    for (const [at, user, digest] of [
      [site, 'usr_ada', 'second'],
      [site, 'usr_bob', 'first'],
      [GLOBEX.id, 'usr_ada', 'first'],
    ] as const)
      assert.equal(await store.retiredToken(at, user, digest), null)
  })

  held('a token is replaced once, and kept once', async ({ store }) => {
    assert.equal(await commit(store, [{ kind: 'add-device', device: ROTATES }, rotate('first', 'second')]), 'committed')
    assert.equal(await commit(store, [rotate('first', 'third')]), 'conflict')
    assert.equal(await commit(store, [retire('first')]), 'committed')
    assert.equal(await commit(store, [retire('first')]), 'conflict')
  })

  held('of a browser that is forgotten no old token says anything, and no token is replaced', async ({ store }) => {
    const forgotten: Change = { kind: 'forget-device', device: ROTATES.id, at: LATER }
    const all = [
      { kind: 'add-device', device: ROTATES },
      rotate('first', 'second'),
      retire('first'),
      forgotten,
    ] as const
    assert.equal(await commit(store, all), 'committed')
    assert.equal(await store.retiredToken(site, 'usr_ada', 'first'), null)
    assert.equal(await commit(store, [rotate('second', 'third')]), 'conflict')
  })

  held('nor of any browser of a user, or of a site, when all of them are forgotten', async ({ store }) => {
    const add: Change = { kind: 'add-device', device: ROTATES }
    assert.equal(await commit(store, [add, rotate('first', 'second'), retire('first')]), 'committed')
    const forget: Change = { kind: 'forget-user-devices', user: 'usr_ada', fromEpoch: 1 }
    assert.equal(await commit(store, [forget]), 'committed')
    assert.equal(await store.retiredToken(site, 'usr_ada', 'first'), null)
  })
}
