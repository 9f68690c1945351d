import assert from 'node:assert/strict'
import type { SiteId } from '#domain/id.ts'
import type { RecoveryRequest } from '#domain/recovery-request.ts'
import { days, hours, minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { ACME, GLOBEX, MONDAY } from './store-things.ts'

const site = ACME.id
const REQUEST: RecoveryRequest = {
  site,
  user: 'usr_ada',
  userEpoch: 1,
  requestedAt: MONDAY,
  waitsUntil: MONDAY + hours(1),
  expiresAt: MONDAY + days(3),
  note: 'phone fell into the sea',
  cancelDigest: 'link',
  state: 'asked',
  decidedBy: null,
  code: null,
  version: 1,
}
const add = (request = REQUEST): Change => ({ kind: 'add-recovery-request', request })
const change = (more: Partial<RecoveryRequest>, from = 1): Change => ({
  kind: 'change-recovery-request',
  request: { ...REQUEST, ...more, version: from + 1 },
  from,
})

export function recoveryRequestsContract(held: Held): void {
  held('a user has one request to begin anew, found by user and by link at its own site', async ({ store }) => {
    assert.equal(await store.recoveryRequest(site, 'usr_ada'), null)
    assert.equal(await commit(store, [add()]), 'committed')
    assert.deepEqual(await store.recoveryRequest(site, 'usr_ada'), REQUEST)
    assert.deepEqual(await store.recoveryRequestByLink(site, 'link'), { request: REQUEST, username: 'ada' })
    assert.equal(await store.recoveryRequestByLink(GLOBEX.id, 'link'), null)
    assert.equal(await store.recoveryRequestByLink(site, 'another'), null)
    assert.equal(await commit(store, [add()]), 'conflict')
    assert.equal(await commit(store, [add({ ...REQUEST, user: 'usr_nobody', cancelDigest: 'nobody' })]), 'conflict')
  })

  held('a request changes only as it was read, and a new one takes its place', async ({ store }) => {
    const code = { digest: 'told', expiresAt: MONDAY + minutes(10) }
    assert.equal(await commit(store, [change({})]), 'conflict', 'there is none')
    const approved = { state: 'approved', decidedBy: 'root', code } as const
    assert.equal(await commit(store, [add(), change(approved)]), 'committed')
    assert.deepEqual(await store.recoveryRequest(site, 'usr_ada'), { ...REQUEST, ...approved, version: 2 })
    assert.equal(await commit(store, [change(approved)]), 'conflict')
    const anew = { requestedAt: MONDAY + days(4), expiresAt: MONDAY + days(7), cancelDigest: 'other' }
    assert.equal(await commit(store, [change(anew, 2)]), 'committed')
    assert.deepEqual(await store.recoveryRequest(site, 'usr_ada'), { ...REQUEST, ...anew, version: 3 })
    assert.equal(await store.recoveryRequestByLink(site, 'link'), null)
  })

  held('those that wait are listed, the oldest first, without what is over', async ({ store }) => {
    const bob = { ...REQUEST, user: 'usr_bob', cancelDigest: 'of bob', requestedAt: MONDAY - 1 } as const
    assert.equal(await commit(store, [add(), add(bob)]), 'committed')
    const names = async (now = MONDAY, limit = 9, at: SiteId = site) =>
      (await store.recoveryRequests(at, { now, limit })).map(({ username }) => username)
    assert.deepEqual([await names(), await names(MONDAY, 1)], [['bob', 'ada'], ['bob']])
    assert.deepEqual([await names(MONDAY + days(3)), await names(MONDAY, 9, GLOBEX.id)], [[], []])
    for (const state of ['refused', 'cancelled', 'finished'] as const) {
      const now = await store.recoveryRequest(site, 'usr_ada')
      assert.equal(await commit(store, [change({ state }, now?.version)]), 'committed')
      assert.deepEqual(await names(), ['bob'], state)
    }
    const end: Change = { kind: 'end-user-sessions', user: 'usr_bob', fromEpoch: 1 }
    assert.equal(await commit(store, [end]), 'committed')
    assert.deepEqual(await names(), [], 'another password ends it')
  })

  held('a copy of the database revives no request', async ({ store }) => {
    assert.equal(await commit(store, [add()]), 'committed')
    const restored = { kind: 'outlive-backup', site, fromEpoch: ACME.sessionEpoch, at: MONDAY } as const
    assert.equal(await commit(store, [restored]), 'committed')
    assert.equal(await store.recoveryRequest(site, 'usr_ada'), null)
  })
}
