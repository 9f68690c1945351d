import assert from 'node:assert/strict'
import { hours, type Instant, minutes } from '#domain/time.ts'
import type { KeptRequest } from '#ports/kept-requests.ts'
import type { Store } from '#ports/store.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { ACME, GLOBEX, MONDAY } from './store-things.ts'
import { EVERY_SITE } from '../../src/store/database.ts'

const site = ACME.id
const KEY = 'digest of a key'
const TAKEN = { fingerprint: 'a request', claimedUntil: MONDAY + minutes(2) }

function claim(
  store: Store,
  mine: string,
  { at = MONDAY, fingerprint = TAKEN.fingerprint }: { at?: Instant; fingerprint?: string } = {},
): Promise<KeptRequest> {
  const times = { claimedUntil: at + minutes(2), now: at, goneBefore: at - hours(24) }
  return store.claimRequest(site, KEY, { fingerprint, claim: mine, ...times })
}

const mark = (mine: string) => ({ kind: 'do-request', keyDigest: KEY, claim: mine }) as const

export function keptRequestsContract(held: Held): void {
  held('a request is taken up by one of all who take it up at once', async ({ store }) => {
    const all = await Promise.all(['one', 'two', 'three', 'four'].map((mine) => claim(store, mine)))
    assert.equal(new Set(all.map((row) => row.claim)).size, 1)
    assert.deepEqual(all[0], { ...TAKEN, claim: all[0]?.claim, done: false, sealedAnswer: null })
    const elsewhere = { fingerprint: 'x', claim: 'globex', claimedUntil: MONDAY, now: MONDAY, goneBefore: 0 }
    assert.equal((await store.claimRequest(GLOBEX.id, KEY, elsewhere)).claim, 'globex')
  })

  held('what is done is done by whoever has the request, and by nobody else', async ({ store }) => {
    assert.equal(await commit(store, [mark('one')]), 'conflict', 'nobody has taken it up')
    await claim(store, 'one')
    assert.equal(await commit(store, [mark('two')]), 'conflict')
    assert.equal((await claim(store, 'two')).done, false)
    assert.equal(await commit(store, [mark('one')]), 'committed')
    assert.equal(await commit(store, [mark('one')]), 'committed', 'in as many commits as it takes')
    assert.deepEqual(await claim(store, 'two'), { ...TAKEN, claim: 'one', done: true, sealedAnswer: null })
  })

  held('an answer is kept for whoever has the request, and a refused one is let go', async ({ store }) => {
    await claim(store, 'one')
    await store.releaseRequest(site, KEY, 'two')
    await store.keepAnswer(site, KEY, 'two', 'of another')
    assert.deepEqual(await claim(store, 'two'), { ...TAKEN, claim: 'one', done: false, sealedAnswer: null })
    await store.releaseRequest(site, KEY, 'one')
    assert.equal((await claim(store, 'two')).claim, 'two')
    await store.keepAnswer(site, KEY, 'two', 'sealed')
    await store.releaseRequest(site, KEY, 'two')
    assert.deepEqual(await claim(store, 'three'), { ...TAKEN, claim: 'two', done: true, sealedAnswer: 'sealed' })
  })

  held(
    'a request that nobody came back from is taken up again, unless it was done or is another one',
    async (opened) => {
      const { store } = opened
      const at = MONDAY + minutes(2)
      await claim(store, 'one')
      assert.equal((await claim(store, 'two', { at: at - 1 })).claim, 'one')
      assert.equal((await claim(store, 'two', { at, fingerprint: 'another' })).fingerprint, TAKEN.fingerprint)
      assert.equal((await claim(store, 'two', { at })).claim, 'two')
      assert.equal(await commit(store, [mark('one')]), 'conflict', 'who was too slow does nothing')
      assert.equal(await commit(store, [mark('two')]), 'committed')
      assert.equal((await claim(store, 'three', { at: at + minutes(5) })).claim, 'two')
    },
  )

  held('after its time a request does not count any more, whatever it was', async ({ store }) => {
    await claim(store, 'one')
    await store.keepAnswer(site, KEY, 'one', 'sealed')
    assert.equal((await claim(store, 'two', { at: MONDAY + hours(24) })).claim, 'one')
    const later = await claim(store, 'two', { at: MONDAY + hours(24) + 1, fingerprint: 'another' })
    assert.deepEqual([later.claim, later.done, later.sealedAnswer], ['two', false, null])
  })

  held('requests that do not count any more are removed, the oldest first and so many at a time', async ({ store }) => {
    const add = (key: string, now: Instant): Promise<KeptRequest> =>
      store.claimRequest(site, key, { ...TAKEN, claim: key, now, goneBefore: 0 })
    for (const [key, at] of [
      ['second', MONDAY + 1],
      ['first', MONDAY],
      ['counts', MONDAY + 2],
    ] as const)
      await add(key, at)
    const drop = (limit: number): Promise<number> => store.dropKeptRequests({ goneBefore: MONDAY + 2, limit })
    const left = async (): Promise<boolean[]> =>
      Promise.all(
        ['first', 'second', 'counts'].map((key) =>
          commit(store, [{ kind: 'do-request', keyDigest: key, claim: key }]).then(
            (outcome) => outcome === 'committed',
          ),
        ),
      )
    assert.equal(await drop(1), 1)
    assert.deepEqual(await left(), [false, true, true])
    assert.equal(await drop(5), 1)
    assert.equal(await drop(5), 0)
    assert.deepEqual(await left(), [false, false, true])
  })

  held('with the site go the requests that were kept', async ({ store, database }) => {
    await claim(store, 'one')
    assert.equal(await commit(store, [{ kind: 'remove-site', site }]), 'committed')
    const left = await database.together(
      'read',
      function* () {
        return (yield { kind: 'all', sql: 'SELECT 1 AS found FROM kept_requests', params: [] }).rows
      },
      EVERY_SITE,
    )
    assert.deepEqual(left, [])
  })
}
