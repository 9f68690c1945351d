import assert from 'node:assert/strict'
import type { Delivery, DeliveryState } from '#domain/delivery.ts'
import { hours, minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { ACME, deliveryOf, GLOBEX, MONDAY } from './store-things.ts'

const bob = { site: ACME.id, user: 'usr_bob' } as const

function adding(name: string, state: DeliveryState, more: Partial<Delivery> = {}): Change {
  return { kind: 'add-delivery', delivery: deliveryOf(bob, name, { state, recipient: 'bob@acme.test', ...more }) }
}

const failed = (why: string, at: number): DeliveryState => ({ kind: 'failed', at, why, trouble: 'passing' })
const bounced = (at: number): DeliveryState => ({ kind: 'failed', at, why: '550 nobody', trouble: 'recipient' })
const accepted = (at: number): DeliveryState => ({ kind: 'accepted', at, reference: null })

/** What the store says of channels: how their messages fared, and to whom nothing gets through. */
export function channelsContract(held: Held): void {
  held('a channel is counted by state, with its last success and its last trouble', async ({ store }) => {
    const at = (minute: number) => ({ createdAt: MONDAY + minutes(minute) })
    await commit(store, [
      adding('old', failed('long ago', MONDAY), { createdAt: MONDAY - hours(30) }),
      adding('taken', accepted(MONDAY + 1), at(1)),
      adding('there', { kind: 'delivered', at: MONDAY + 2, reference: 'r' }, at(2)),
      adding('first', failed('refused "kind":"accepted"', MONDAY + 3), at(3)),
      adding('again', { kind: 'retrying', at: MONDAY + 4, why: '451 later', attempts: 1 }, at(4)),
      adding('nobody', bounced(MONDAY + 5), at(5)),
      adding('deputy', { ...accepted(MONDAY + 6), after: '1 (http): 503' } as DeliveryState, {
        ...at(6),
        channel: 'sms',
      }),
    ])
    const [email, sms, ...more] = await store.channelRecords(ACME.id, { from: MONDAY - hours(24) })
    assert.deepEqual(more, [])
    // Two that wait are part of the furniture.
    assert.deepEqual(email, {
      channel: 'email',
      counts: { queued: 2, retrying: 1, accepted: 1, delivered: 1, failed: 2 },
      lastAcceptedAt: MONDAY + minutes(2),
      lastTrouble: { at: MONDAY + 4, why: '451 later' },
      lastPassedOver: null,
    })
    assert.deepEqual(sms?.lastPassedOver, { at: MONDAY + 6, why: '1 (http): 503' })
    assert.equal(sms?.lastTrouble, null)
  })

  held('an address has bounced until something gets through to it', async ({ store }) => {
    const none = await store.bouncedAddresses(ACME.id)
    assert.deepEqual(none, [])
    await commit(store, [
      adding('nobody', bounced(MONDAY), { createdAt: MONDAY }),
      adding('elsewhere', bounced(MONDAY), { createdAt: MONDAY, recipient: 'before@acme.test', channel: 'sms' }),
    ])
    assert.deepEqual(await store.bouncedAddresses(ACME.id), [{ user: 'usr_bob', channel: 'email', at: MONDAY }])
    assert.deepEqual(await store.bouncedAddresses(GLOBEX.id), [])
    await commit(store, [adding('refused', failed('503', MONDAY), { createdAt: MONDAY + 1 })])
    assert.equal((await store.bouncedAddresses(ACME.id)).length, 1)
    await commit(store, [adding('taken', accepted(MONDAY), { createdAt: MONDAY + 2 })])
    assert.deepEqual(await store.bouncedAddresses(ACME.id), [])
  })

  held('one that is to be tried again is due when its time has come', async ({ store }) => {
    const again = adding(
      'again',
      { kind: 'retrying', at: MONDAY, why: 'no', attempts: 1 },
      { claimedUntil: MONDAY + 30 },
    )
    await commit(store, [again])
    const due = async (now: number) => (await store.dueDeliveries({ now, perSite: 9, limit: 9 })).map(({ id }) => id)
    assert.ok(!(await due(MONDAY + 29)).includes('dlv_again'))
    assert.ok((await due(MONDAY + 30)).includes('dlv_again'))
    assert.equal(await store.claimDelivery('dlv_again', { now: MONDAY + 29, until: MONDAY + 99 }), false)
    assert.equal(await store.claimDelivery('dlv_again', { now: MONDAY + 30, until: MONDAY + 99 }), true)
    assert.equal(await store.claimDelivery('dlv_again', { now: MONDAY + 31, until: MONDAY + 99 }), false)
  })

  held('[TI-08] a flood of one site leaves room for the others, however urgent it is', async ({ store }) => {
    const flood = Array.from({ length: 50 }, (_, n) => adding(`f${n}`, { kind: 'queued' }, { expiresAt: MONDAY + n }))
    await commit(store, flood)
    const due = await store.dueDeliveries({ now: MONDAY, perSite: 3, limit: 10 })
    const sites = due.map(({ site }) => site)
    assert.equal(sites.filter((site) => site === ACME.id).length, 3)
    assert.ok(due.some(({ id }) => id === 'dlv_globex-ada'))
    assert.deepEqual(
      due.slice(0, 3).map(({ id }) => id),
      ['dlv_f0', 'dlv_f1', 'dlv_f2'],
    )
  })
}
