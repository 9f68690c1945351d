import assert from 'node:assert/strict'
import { days, minutes } from '#domain/time.ts'
import type { PeopleFilter } from '#ports/views-store.ts'
import type { Store } from '#ports/store.ts'
import type { Held } from './store-contract.ts'
import { commit, event } from './store-furniture.ts'
import { personOf } from './store-read-back.ts'
import { ACME, countersOf, GLOBEX, idOf, MONDAY } from './store-things.ts'

async function names(store: Store, filter: PeopleFilter, now = MONDAY): Promise<readonly string[]> {
  const found = await store.findPeople(ACME.id, { ...filter, after: null, limit: 9, now })
  return found.map(({ user }) => user.username)
}

export function viewsContract(held: Held): void {
  held(
    'people are found by each condition and by several at once, with the file they have alone',
    async ({ store }) => {
      const [ada] = await store.findPeople(ACME.id, { search: 'ADA', after: null, limit: 9, now: MONDAY })
      assert.deepEqual(ada, await personOf(store, 'ada'))
      assert.deepEqual(await names(store, {}), ['ada', 'bob', 'kim', 'sam'])
      assert.deepEqual(await names(store, { search: 'b@acme' }), ['bob'])
      assert.deepEqual(await names(store, { search: '%' }), [])
      assert.deepEqual(await names(store, { search: '_da' }), [])
      assert.deepEqual(await names(store, { role: 'Keeper' }), ['sam'])
      assert.deepEqual(await names(store, { role: 'All' }), ['ada', 'bob', 'kim', 'sam'])
      assert.deepEqual(await names(store, { kind: 'website' }), [])
      assert.deepEqual(await names(store, { status: 'active', search: 'kim' }), ['kim'])
      assert.deepEqual(await names(store, { exempt: true }), ['sam'])
      assert.deepEqual(await names(store, { exempt: true }, MONDAY + days(90)), [])
      assert.deepEqual(await names(store, { exempt: false, role: 'All' }), ['ada', 'bob', 'kim'])
      const page = await store.findPeople(ACME.id, { kind: 'system', after: 'bob', limit: 1, now: MONDAY })
      assert.deepEqual(
        page.map(({ user }) => user.username),
        ['kim'],
      )
      assert.deepEqual(await store.findPeople('site_nowhere', { after: null, limit: 9, now: MONDAY }), [])
    },
  )

  held('people are found by their lock, for as long as it holds', async ({ store }) => {
    const lockedUntil = MONDAY + minutes(15)
    const counters = countersOf(idOf(ACME.id, 'bob'), { lockedUntil, version: 2 })
    assert.equal(await commit(store, [{ kind: 'set-counters', counters, from: 1 }]), 'committed')
    assert.deepEqual(await names(store, { locked: true }), ['bob'])
    assert.deepEqual(await names(store, { locked: false }), ['ada', 'kim', 'sam'])
    assert.deepEqual(await names(store, { locked: true }, lockedUntil), [])
  })

  held('who gave a stored setting its value is known, of one site only', async ({ store }) => {
    assert.deepEqual(
      [...(await store.settingOrigins(GLOBEX.id))],
      ['code.digits', 'lock.after'].map((key) => [key, { changedAt: MONDAY, changedBy: 'kim' }]),
    )
    assert.deepEqual([...(await store.settingOrigins(ACME.id))], [])
  })

  held('events are counted by day of UTC and by method, from a moment on and before another', async ({ store }) => {
    const day = Math.floor(MONDAY / days(1))
    const begin = day * days(1)
    const asked = (method: string, note = '') => event({ ev: 'auth.challenge.issued', data: { method, note } })
    await commit(store, [], { at: begin, events: [asked('email'), asked('sms'), asked('email', '"method":"app"')] })
    await commit(store, [], { at: begin + days(1), events: [asked('email'), event({ ev: 'auth.password.fail' })] })
    const events = ['auth.challenge.issued', 'auth.password.fail'] as const
    const all = await store.eventCounts(ACME.id, { events, from: begin, to: begin + days(2) })
    assert.deepEqual(all, [
      { day, ev: 'auth.challenge.issued', method: 'email', count: 2 },
      { day, ev: 'auth.challenge.issued', method: 'sms', count: 1 },
      { day: day + 1, ev: 'auth.challenge.issued', method: 'email', count: 1 },
      { day: day + 1, ev: 'auth.password.fail', method: null, count: 1 },
    ])
    const first = await store.eventCounts(ACME.id, { events: ['auth.password.fail'], from: begin, to: begin + days(1) })
    assert.deepEqual(first, [])
    assert.deepEqual(await store.eventCounts(GLOBEX.id, { events, from: begin, to: begin + days(2) }), [])
    assert.deepEqual(await store.eventCounts(ACME.id, { events: [], from: begin, to: begin + days(2) }), [])
  })
}
