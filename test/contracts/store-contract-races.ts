import assert from 'node:assert/strict'
import fc from 'fast-check'
import { hours, minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import { GOOD } from './store-catalogue.ts'
import type { Held } from './store-contract.ts'
import { adding, commit, event } from './store-furniture.ts'
import { ACME, GLOBEX, idOf, MONDAY, sessionOf, userOf } from './store-things.ts'
import { personOf } from './store-read-back.ts'
import { everything } from './store-rows.ts'

const SEED = 20261103
const FIFTY = Array.from({ length: 50 }, (_, index) => index)

function count(outcomes: readonly string[]): number {
  return outcomes.filter((outcome) => outcome === 'committed').length
}

export function racesContract(held: Held): void {
  held('of fifty commits that were decided on the same version one is committed', async ({ store }) => {
    const versioned = [
      'move-challenge',
      'set-counters',
      'move-enrolment',
      'move-delivery',
      'set-settings',
      'change-user',
    ] as const
    for (const kind of versioned) {
      const outcomes = await Promise.all(FIFTY.map(() => commit(store, [GOOD[kind]])))
      assert.equal(count(outcomes), 1, kind)
    }
    assert.equal((await store.audit(ACME.id, { limit: 1000 })).length, 1 + versioned.length)
  })

  held('[R-001] [RC-01] a time step that is spent fifty times in parallel is spent once', async ({ store }) => {
    const outcomes = await Promise.all(
      FIFTY.map((index) =>
        commit(store, [
          { kind: 'spend-step', authenticator: 'aut_ada', step: 101, at: MONDAY },
          { kind: 'add-session', session: sessionOf({ site: ACME.id, user: 'usr_ada' }, `parallel-${index}`) },
        ]),
      ),
    )
    assert.equal(count(outcomes), 1)
    assert.equal(await store.countSessions(ACME.id, 'usr_ada', MONDAY), 2)
  })

  held(
    '[R-044] whatever steps are tried in whatever order, only one above all accepted before is accepted',
    async ({ store }) => {
      const accepted = [100]
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 90, max: 400 }), async (step) => {
          const outcome = await commit(store, [
            { kind: 'spend-step', authenticator: 'aut_ada', step, at: MONDAY + step },
          ])
          const last = accepted.at(-1) ?? assert.fail()
          assert.equal(outcome, step > last ? 'committed' : 'conflict')
          if (step > last) accepted.push(step)
          const app = (await personOf(store)).apps.find(({ id }) => id === 'aut_ada')
          assert.equal(app?.lastStep, accepted.at(-1))
        }),
        { seed: SEED, numRuns: 200, endOnFailure: true },
      )
      assert.ok(accepted.length > 3)
    },
  )

  held(
    '[R-002] the spent code, the session and the audit are there together or not at all',
    async ({ store, database }) => {
      const login: Change[] = [GOOD['spend-step'], GOOD['move-challenge'], GOOD['sign-in-user'], GOOD['add-session']]
      const before = await everything(database)
      for (const [index, change] of login.entries()) {
        const stale = staleOf(change)
        assert.equal(await commit(store, login.with(index, stale)), 'conflict', change.kind)
        assert.deepEqual(await everything(database), before, change.kind)
      }
      const bad = event({ data: { broken: Number.NaN } })
      await assert.rejects(commit(store, login, { events: [event(), bad] }), TypeError)
      assert.deepEqual(await everything(database), before)
      assert.equal(await commit(store, login, { events: [event(), event({ ev: 'session.created' })] }), 'committed')
      assert.equal((await personOf(store)).apps.find(({ id }) => id === 'aut_ada')?.lastStep, 101)
      assert.notEqual(await store.sessionFile(ACME.id, 'session new', MONDAY), null)
      const trail = await store.audit(ACME.id, { limit: 2 })
      assert.deepEqual(
        trail.map(({ ev }) => ev),
        ['session.created', 'auth.password.ok'],
      )
    },
  )

  held('[S1.16] 250 sessions of 200 users end at once, and those of another site live on', async ({ store }) => {
    const users = Array.from({ length: 200 }, (_, index) => userOf(ACME.id, `worker-${index}`))
    const sessions = Array.from({ length: 250 }, (_, index) => {
      const user = idOf(ACME.id, `worker-${index % 200}`)
      return sessionOf({ site: ACME.id, user }, `worker-${index}`)
    })
    assert.equal(await commit(store, [...users.map((user) => adding(user)), ...sessions.map(signedIn)]), 'committed')
    assert.equal(await store.countSessions(ACME.id, null, MONDAY), 252)
    assert.equal(await store.countSessions(ACME.id, 'usr_worker-7', MONDAY), 2)

    const ending = event({ ev: 'sessions.cleared', data: { sessions: 252 } })
    assert.equal(
      await commit(store, [{ kind: 'end-site-sessions', site: ACME.id, fromEpoch: 1 }], { events: [ending] }),
      'committed',
    )
    assert.equal(await store.countSessions(ACME.id, null, MONDAY), 0)
    for (const { tokenDigest } of sessions) {
      const file = await store.sessionFile(ACME.id, tokenDigest, MONDAY)
      assert.ok(file && file.session.siteEpoch < file.site.sessionEpoch)
    }
    assert.equal(await store.countSessions(GLOBEX.id, null, MONDAY), 1)
    const cleared = await store.audit(ACME.id, { ev: 'sessions.cleared', limit: 10 })
    assert.deepEqual(
      cleared.map(({ data }) => data['sessions']),
      [252],
    )
  })

  held('a session counts while its epochs are those of today and its end is to come', async ({ store }) => {
    const of = { site: ACME.id, user: 'usr_bob' } as const
    const sessions = [
      sessionOf(of, 'lives', { endsAt: MONDAY + hours(2) }),
      sessionOf(of, 'ends-sooner', { endsAt: MONDAY + hours(1) }),
      sessionOf(of, 'ended', { endedAt: MONDAY }),
      sessionOf(of, 'of-an-older-site-epoch', { siteEpoch: 0 }),
      sessionOf(of, 'of-an-older-user-epoch', { userEpoch: 0 }),
    ]
    assert.equal(await commit(store, sessions.map(signedIn)), 'committed')
    assert.equal(await store.countSessions(ACME.id, 'usr_bob', MONDAY), 2)
    assert.equal(await store.countSessions(ACME.id, 'usr_bob', MONDAY + hours(1)), 1)
    assert.equal(await store.countSessions(ACME.id, 'usr_bob', MONDAY + hours(2)), 0)
    const ofSite = [0, 1, 2, 8].map((later) => store.countSessions(ACME.id, null, MONDAY + hours(later)))
    assert.deepEqual(await Promise.all(ofSite), [4, 3, 2, 0], 'with those of Ada and Sam, which end after eight hours')
  })

  held('a due message is handed to one of those who ask at once, the next to expire first', async ({ store }) => {
    const [now, until] = [MONDAY + minutes(1), MONDAY + minutes(2)]
    const of = { site: ACME.id, user: 'usr_bob' } as const
    const later = { ...GOOD['add-delivery'].delivery, ...of, id: 'dlv_later', expiresAt: MONDAY + hours(2) } as const
    const sooner = { ...later, id: 'dlv_sooner', expiresAt: MONDAY + minutes(3) } as const
    const working = { ...later, id: 'dlv_working', claimedUntil: now + 1 } as const
    const done = { ...later, id: 'dlv_done', state: { kind: 'failed', at: MONDAY, why: 'no' } } as const
    const deliveries = [later, sooner, working, done]
    assert.equal(
      await commit(
        store,
        deliveries.map((delivery) => ({ kind: 'add-delivery', delivery })),
      ),
      'committed',
    )
    const claim = async (query: { now: number; until: number; limit: number }) => {
      const due = await store.dueDeliveries({ ...query, perSite: 9 })
      const taken = await Promise.all(due.map(({ id }) => store.claimDelivery(id, query)))
      return due.map(({ id }) => id).filter((_, index) => taken[index])
    }
    assert.equal((await store.dueDeliveries({ now, perSite: 9, limit: 2 }))[0]?.id, 'dlv_sooner')
    const asked = await Promise.all(FIFTY.map(() => claim({ now, until, limit: 9 })))
    const claimed = asked.flat()
    assert.deepEqual(claimed.toSorted(), ['dlv_ada', 'dlv_globex-ada', 'dlv_later', 'dlv_sam', 'dlv_sooner'])
    assert.equal((await store.deliveryFile('dlv_sooner', now))?.delivery.claimedUntil, until)
    // Who sent it before the claim ran out, and only now says so, has to look again.
    const move: Change = { kind: 'move-delivery', delivery: { ...sooner, version: 2 }, from: 1 }
    assert.equal(await commit(store, [move]), 'conflict')
    assert.deepEqual(await claim({ now: until - 1, until: until + 1, limit: 9 }), ['dlv_working'])
    assert.equal((await claim({ now: until, until: until + 1, limit: 9 })).length, 5)
  })

  held('a value of the installation is kept as it was first said', async ({ store }) => {
    const answers = await Promise.all(FIFTY.map((index) => store.keep('key_check', `value ${index}`)))
    assert.equal(new Set(answers).size, 1)
    assert.match(answers[0] ?? '', /^value \d+$/)
    assert.equal(await store.keep('other', 'second'), 'second')
  })
}

function signedIn(session: ReturnType<typeof sessionOf>): Change {
  return { kind: 'add-session', session }
}

function staleOf(change: Change): Change {
  switch (change.kind) {
    case 'spend-step':
      return { ...change, step: 100 }
    case 'move-challenge':
      return { ...change, from: 5 }
    case 'sign-in-user':
      return { ...change, sessionEpoch: 5 }
    default:
      return { kind: 'add-session', session: sessionOf({ site: ACME.id, user: 'usr_ada' }, 'ada') }
  }
}
