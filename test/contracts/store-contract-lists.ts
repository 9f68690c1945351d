import assert from 'node:assert/strict'
import { hours } from '#domain/time.ts'
import type { ListPlace, Store } from '#ports/store.ts'
import type { Held } from './store-contract.ts'
import { adding, commit } from './store-furniture.ts'
import { ACME, deviceOf, GLOBEX, MONDAY, sessionOf, userOf } from './store-things.ts'

const bob = { site: ACME.id, user: 'usr_bob' } as const

/** Every id of a list, read two at a time. */
async function walk(page: (before: ListPlace | null) => Promise<readonly ListPlace[]>): Promise<readonly string[]> {
  const seen: string[] = []
  for (let before: ListPlace | null = null; ; ) {
    const places: readonly ListPlace[] = await page(before)
    assert.ok(places.length <= 2)
    seen.push(...places.map(({ id }) => id))
    const last = places.at(-1)
    if (last === undefined) return seen
    before = last
  }
}

export function listsContract(held: Held): void {
  held('sessions that live are listed, the newest first, a page at a time', async ({ store }) => {
    const sessions = [
      sessionOf(bob, 'b', { createdAt: MONDAY + 2 }),
      sessionOf(bob, 'c', { createdAt: MONDAY + 2 }),
      sessionOf(bob, 'a', { createdAt: MONDAY + 1 }),
      sessionOf(bob, 'short', { endsAt: MONDAY + hours(1) }),
      sessionOf(bob, 'ended', { endedAt: MONDAY }),
      sessionOf(bob, 'old-site', { siteEpoch: 0 }),
      sessionOf(bob, 'old-user', { userEpoch: 0 }),
    ]
    assert.equal(
      await commit(
        store,
        sessions.map((session) => ({ kind: 'add-session', session })),
      ),
      'committed',
    )
    const of = (user: 'usr_bob' | null, now: number) =>
      walk(async (before) =>
        (await store.sessions(ACME.id, { user, now, before, limit: 2 })).map(({ session }) => ({
          at: session.createdAt,
          id: session.id,
        })),
      )
    assert.deepEqual(await of('usr_bob', MONDAY), ['ses_c', 'ses_b', 'ses_a', 'ses_short'])
    assert.deepEqual(await of('usr_bob', MONDAY + hours(1)), ['ses_c', 'ses_b', 'ses_a'])
    assert.deepEqual(await of(null, MONDAY + hours(1)), ['ses_c', 'ses_b', 'ses_a', 'ses_sam', 'ses_ada'])
    const [first] = await store.sessions(ACME.id, { user: null, now: MONDAY, before: null, limit: 1 })
    assert.deepEqual(first, { session: sessions[1], username: 'bob' })
    assert.deepEqual(await store.sessions(GLOBEX.id, { user: 'usr_bob', now: MONDAY, before: null, limit: 9 }), [])
  })

  held('devices that count are listed, the last to pass a challenge first, a page at a time', async ({ store }) => {
    const devices = [
      deviceOf(bob, 'b', { passedAt: MONDAY + 2 }),
      deviceOf(bob, 'c', { passedAt: MONDAY + 2 }),
      deviceOf(bob, 'a'),
      deviceOf(bob, 'forgotten', { forgottenAt: MONDAY }),
      deviceOf(bob, 'old-site', { siteEpoch: 0 }),
      deviceOf(bob, 'old-user', { userEpoch: 0 }),
    ]
    assert.equal(
      await commit(
        store,
        devices.map((device) => ({ kind: 'add-device', device })),
      ),
      'committed',
    )
    const listed = await walk(async (before) =>
      (await store.devices(ACME.id, { user: 'usr_bob', before, limit: 2 })).map(({ passedAt, id }) => ({
        at: passedAt,
        id,
      })),
    )
    assert.deepEqual(listed, ['dev_c', 'dev_b', 'dev_a'])
    assert.deepEqual(await store.devices(GLOBEX.id, { user: 'usr_bob', before: null, limit: 9 }), [])
  })

  held('one session and one device are found with their user, and with nobody else', async ({ store }) => {
    const session = (user: 'usr_ada' | 'usr_bob', site: Parameters<Store['userSession']>[0] = ACME.id) =>
      store.userSession(site, user, 'ses_ada')
    const device = (user: 'usr_ada' | 'usr_bob', site: Parameters<Store['userSession']>[0] = ACME.id) =>
      store.userDevice(site, user, 'dev_ada')
    assert.equal((await session('usr_ada'))?.tokenDigest, 'session ada')
    assert.equal((await device('usr_ada'))?.tokenDigest, 'device ada')
    for (const nothing of [session('usr_bob'), session('usr_ada', GLOBEX.id), device('usr_bob')])
      assert.equal(await nothing, null)
    assert.equal(await device('usr_ada', GLOBEX.id), null)
    assert.equal(await commit(store, [{ kind: 'end-session', session: 'ses_ada', at: MONDAY }]), 'committed')
    assert.equal((await session('usr_ada'))?.endedAt, MONDAY)
  })

  held('keys know whom they act for', async ({ store }) => {
    const names = async (site: Parameters<Store['apiKeyOwners']>[0]) =>
      Object.fromEntries(await store.apiKeyOwners(site))
    assert.deepEqual(await names(ACME.id), { usr_ada: 'ada', usr_sam: 'sam' })
    assert.deepEqual(await names(GLOBEX.id), { 'usr_globex-ada': 'ada' })
  })

  held('the holders of a role are counted', async ({ store }) => {
    assert.equal(await commit(store, [adding(userOf(ACME.id, 'eve', { roles: ['Clerk'] }))]), 'committed')
    const holders = ['Clerk', 'Spare', 'nothing'].map((role) => store.countHolders(ACME.id, role))
    assert.deepEqual([await Promise.all(holders), await store.countHolders(GLOBEX.id, 'Clerk')], [[2, 0, 0], 1])
  })
}
