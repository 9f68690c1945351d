import assert from 'node:assert/strict'
import { days } from '#domain/time.ts'
import type { WaitingAddress } from '#domain/waiting-address.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { ACME, GLOBEX, MONDAY } from './store-things.ts'

const site = ACME.id
const WAITING: WaitingAddress = {
  site,
  user: 'usr_ada',
  channel: 'email',
  address: 'ada@new.test',
  codeDigest: 'of a code',
  askedAt: MONDAY,
  expiresAt: MONDAY + days(7),
  wrong: 0,
}
const keep = (more: Partial<WaitingAddress> = {}) =>
  ({ kind: 'keep-address-waiting', waiting: { ...WAITING, ...more } }) as const

export function waitingAddressesContract(held: Held): void {
  held('one address of each channel waits, and a newer one takes its place', async ({ store }) => {
    assert.deepEqual(await store.waitingAddresses(site, 'usr_ada'), [])
    const sms = { channel: 'sms', address: '+4915112345678' } as const
    assert.equal(await commit(store, [keep(), keep(sms)]), 'committed')
    assert.deepEqual(await store.waitingAddresses(site, 'usr_ada'), [WAITING, { ...WAITING, ...sms }])
    assert.deepEqual(await store.waitingAddresses(GLOBEX.id, 'usr_ada'), [])
    const gone = { address: null, codeDigest: '', wrong: 0 }
    assert.equal(await commit(store, [keep(gone)]), 'committed')
    assert.deepEqual(await store.waitingAddresses(site, 'usr_ada'), [
      { ...WAITING, ...gone },
      { ...WAITING, ...sms },
    ])
    assert.equal(await commit(store, [keep({ user: 'usr_nobody' })]), 'conflict')
  })

  held('its code is counted and used up only as it was read', async ({ store }) => {
    const count = { kind: 'count-address-code', waiting: WAITING } as const
    const drop = { kind: 'drop-waiting-address', waiting: WAITING } as const
    assert.equal(await commit(store, [count]), 'conflict', 'nothing waits')
    assert.equal(await commit(store, [keep(), count]), 'committed')
    assert.equal((await store.waitingAddresses(site, 'usr_ada'))[0]?.wrong, 1)
    assert.equal(await commit(store, [count]), 'conflict', 'counted meanwhile')
    assert.equal(await commit(store, [drop]), 'conflict', 'counted meanwhile')
    assert.equal(await commit(store, [{ ...drop, waiting: { ...WAITING, wrong: 1 } }]), 'committed')
    assert.deepEqual(await store.waitingAddresses(site, 'usr_ada'), [])
  })

  held('a copy of the database revives no code, and forgets no address that was taken away', async ({ store }) => {
    const gone = { channel: 'sms', address: null, codeDigest: '' } as const
    assert.equal(await commit(store, [keep(), keep(gone)]), 'committed')
    const restored = { kind: 'outlive-backup', site, fromEpoch: ACME.sessionEpoch, at: MONDAY } as const
    assert.equal(await commit(store, [restored]), 'committed')
    assert.deepEqual(await store.waitingAddresses(site, 'usr_ada'), [{ ...WAITING, ...gone }])
  })
}
