import assert from 'node:assert/strict'
import { hours } from '#domain/time.ts'
import type { Store } from '#ports/store.ts'
import { EVERY_SITE, type Database } from '../../src/store/database.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import type { Held } from './store-contract.ts'
import { adding, commit, event } from './store-furniture.ts'
import { ACME, deliveryOf, GLOBEX, idOf, MONDAY, userOf } from './store-things.ts'
import { personOf } from './store-read-back.ts'

const now = MONDAY
const ada = { site: ACME.id, user: idOf(ACME.id, 'ada') }
const sam = { site: ACME.id, user: idOf(ACME.id, 'sam') }

export function peopleContract(held: Held): void {
  held('people come a page at a time, each with the file they have alone', async ({ store }) => {
    const first = await store.people(ACME.id, { after: null, limit: 3, now })
    const second = await store.people(ACME.id, { after: first.at(-1)?.user.username ?? null, limit: 3, now })
    assert.deepEqual(
      [...first, ...second].map(({ user }) => user.username),
      ['ada', 'bob', 'kim', 'sam'],
    )
    for (const person of [...first, ...second]) assert.deepEqual(person, await personOf(store, person.user.username))
    assert.deepEqual(await store.people('site_nowhere', { after: null, limit: 3, now }), [])
    assert.deepEqual(
      (await store.people(GLOBEX.id, { after: null, limit: 9, now })).map(({ user }) => user.id),
      ['usr_globex-ada'],
    )
  })

  held('a page of people costs as many questions as one person', async ({ store, database }) => {
    const more = Array.from({ length: 40 }, (_, index) => adding(userOf(ACME.id, `more${index}`)))
    assert.equal(await commit(store, more), 'committed')
    const questions = async (limit: number): Promise<number> => {
      let asked = 0
      const counted = sqlStore(
        counting(database, () => (asked += 1)),
        seededRandom('people'),
      )
      assert.equal((await counted.people(ACME.id, { after: null, limit, now })).length, limit)
      return asked
    }
    assert.equal(await questions(44), await questions(1))
  })

  held('the names of a site are known in canonical form', async ({ store }) => {
    assert.equal(await commit(store, [adding(userOf(ACME.id, 'Ａnna', { id: 'usr_anna' }))]), 'committed')
    assert.deepEqual([...(await store.usernames(ACME.id))].toSorted(), ['ada', 'anna', 'bob', 'kim', 'sam'])
    assert.deepEqual([...(await store.usernames(GLOBEX.id))], ['ada'])
  })

  held('messages are counted by user, channel and outcome, those that wait left out', async ({ store }) => {
    const at = (minute: number) => MONDAY + minute
    const accepted = { kind: 'accepted', at: MONDAY, reference: 'said "kind":"failed"' } as const
    const failed = { kind: 'failed', at: MONDAY, why: 'said "kind":"accepted"' } as const
    const recipient = 'ada@acme.test'
    const messages = [
      deliveryOf(ada, 'one', { state: accepted, recipient, createdAt: at(1) }),
      deliveryOf(ada, 'two', { state: accepted, recipient, createdAt: at(2) }),
      deliveryOf(ada, 'old-address', { state: accepted, createdAt: at(3), recipient: 'old@acme.test' }),
      deliveryOf(ada, 'lost', { state: failed, recipient, createdAt: at(4) }),
      deliveryOf(ada, 'too-early', { state: accepted, createdAt: MONDAY - 1 }),
      deliveryOf(ada, 'too-late', { state: accepted, createdAt: MONDAY + hours(1) }),
      deliveryOf(sam, 'text', { state: accepted, createdAt: at(5), channel: 'sms', recipient: '+491555' }),
    ]
    const changes = messages.map((delivery) => ({ kind: 'add-delivery', delivery }) as const)
    assert.equal(await commit(store, changes), 'committed')
    const counts = await store.deliveryCounts(ACME.id, { from: MONDAY, to: MONDAY + hours(1) })
    const none = { lastAcceptedAt: null, lastFailedAt: null }
    assert.deepEqual(counts, [
      { user: ada.user, channel: 'email', accepted: 3, failed: 1, lastAcceptedAt: at(2), lastFailedAt: at(4) },
      { user: sam.user, channel: 'email', accepted: 0, failed: 0, ...none },
      { user: sam.user, channel: 'sms', accepted: 1, failed: 0, ...none },
    ])
    const elsewhere = await store.deliveryCounts(GLOBEX.id, { from: MONDAY, to: MONDAY + hours(1) })
    assert.deepEqual(
      elsewhere.map(({ user, accepted: sent }) => [user, sent]),
      [['usr_globex-ada', 0]],
    )
  })

  held('the last event of a kind is known for each user it was about', async ({ store }) => {
    const tell = (minute: number, id: string, ev: 'auth.challenge.issued' | 'auth.challenge.fail') =>
      commit(store, [], {
        at: MONDAY + minute,
        events: [event({ ev, subject: { type: 'user', id, name: null } })],
      })
    for (const [minute, id] of [[1, ada.user] as const, [2, sam.user] as const, [3, ada.user] as const])
      assert.equal(await tell(minute, id, 'auth.challenge.issued'), 'committed')
    assert.equal(await tell(4, ada.user, 'auth.challenge.fail'), 'committed')
    const last = await store.lastEvents(ACME.id, 'auth.challenge.issued')
    assert.deepEqual([last.size, last.get(ada.user), last.get(sam.user)], [2, MONDAY + 3, MONDAY + 2])
    assert.deepEqual((await store.lastEvents(GLOBEX.id, 'auth.challenge.issued')).size, 0)
  })

  held('the log is read from its beginning too, and its head is where it ends', async ({ store }) => {
    for (const minute of [1, 2, 3]) assert.equal(await commit(store, [], { at: MONDAY + minute }), 'committed')
    const seqs = async (query: Omit<Parameters<Store['audit']>[1], 'limit'>, limit = 10) =>
      (await store.audit(ACME.id, { ...query, limit })).map(({ seq }) => seq)
    assert.deepEqual(await seqs({ oldestFirst: true }, 2), [1, 2])
    assert.deepEqual(await seqs({ oldestFirst: true, after: 2 }), [3, 4])
    assert.deepEqual(await seqs({ oldestFirst: true, after: 1, before: 4, from: MONDAY + 2 }), [3])
    const [newest] = await store.audit(ACME.id, { limit: 1 })
    assert.deepEqual(await store.auditHead(ACME.id), { seq: newest?.seq, hash: newest?.hash })
    assert.equal(await store.auditHead('site_nowhere'), null)
  })
}

/** The same database, with a count of what it is asked. */
function counting(database: Database, count: () => void): Database {
  return {
    ...database,
    together: (kind, work) =>
      database.together(
        kind,
        function* () {
          const inner = work()
          let step = inner.next()
          while (!step.done) {
            count()
            step = inner.next(yield step.value)
          }
          return step.value
        },
        EVERY_SITE,
      ),
  }
}
