import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Change } from '#ports/changes.ts'
import { GOOD, PARTS, REPEATABLE, STALE } from './store-catalogue.ts'
import type { Held } from './store-contract.ts'
import { belongingsOf, commit } from './store-furniture.ts'
import { ACME, GLOBEX, idOf, MONDAY, userOf } from './store-things.ts'
import { personOf, readBack } from './store-read-back.ts'
import { everything } from './store-rows.ts'

const SEED = 20261102

type Rows = Awaited<ReturnType<typeof everything>>

function siteOf(change: Change) {
  return change.kind === 'add-site' ? change.site.id : ACME.id
}

export function changesContract(held: Held): void {
  for (const change of Object.values(GOOD)) {
    held(
      `${change.kind} happens, is read back, and does not happen again on what it was decided on`,
      async ({ store }) => {
        const order = { site: siteOf(change) }
        assert.equal(await commit(store, [change], order), 'committed')
        await readBack(store, change)
        const again = REPEATABLE.includes(change.kind) ? 'committed' : 'conflict'
        assert.equal(await commit(store, [change], order), again)
      },
    )
  }

  held('a change touches its own row and no other', async ({ store, database }) => {
    for (const change of PARTS) {
      const before = await everything(database)
      assert.equal(await commit(store, [change]), 'committed')
      const touched = Object.entries(difference(before, await everything(database)))
      const own = touched.filter(([table]) => !ACCOUNT.has(table))
      assert.deepEqual(
        Object.fromEntries(own),
        MORE_THAN_ONE_ROW[change.kind] ?? { [own[0]?.[0] ?? '']: 1 },
        change.kind,
      )
    }
  })

  held(
    'a change decided on what is not so is refused, and the account of it is not written',
    async ({ store, database }) => {
      const before = await everything(database)
      for (const change of STALE) {
        assert.equal(await commit(store, [change]), 'conflict', JSON.stringify(change))
        assert.deepEqual(await everything(database), before, JSON.stringify(change))
      }
    },
  )

  const orders = fc.sample(fc.shuffledSubarray([...PARTS], { minLength: PARTS.length }), { seed: SEED, numRuns: 5 })
  for (const [index, changes] of orders.entries()) {
    held(`good changes hold together in any order (${index + 1})`, async ({ store }) => {
      assert.equal(await commit(store, changes), 'committed')
    })
  }

  held('any good changes with a stale one among them change nothing at all', async ({ store, database }) => {
    const before = await everything(database)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...PARTS]),
        fc.constantFrom(...STALE),
        fc.nat({ max: PARTS.length }),
        async (changes, stale, at) => {
          const others = changes.filter(({ kind }) => !makesGood(kind, stale))
          const place = Math.min(at, others.length)
          const outcome = await commit(store, others.toSpliced(place, 0, stale))
          assert.equal(outcome, 'conflict')
          assert.deepEqual(await everything(database), before)
        },
      ),
      { seed: SEED, numRuns: 150 },
    )
  })

  held('a commit for a site that is not there is a conflict, with changes and without', async ({ store, database }) => {
    const before = await everything(database)
    const nowhere = { site: 'site_nowhere' } as const
    assert.equal(await commit(store, [], nowhere), 'conflict')
    assert.equal(
      await commit(store, [{ kind: 'set-password', user: 'usr_ada', passwordHash: '' }], nowhere),
      'conflict',
    )
    assert.equal(
      await commit(store, [{ kind: 'add-site', site: { ...ACME, id: 'site_second' }, at: MONDAY }], {
        site: 'site_second',
      }),
      'conflict',
    )
    assert.deepEqual(await everything(database), before)
  })

  held('a change that names another site than its commit is a mistake and not tried', async ({ store, database }) => {
    const before = await everything(database)
    for (const change of PARTS.filter((each) => JSON.stringify(each).includes(ACME.id))) {
      await assert.rejects(commit(store, [change], { site: GLOBEX.id }), /holds a change of another site/, change.kind)
    }
    assert.deepEqual(await everything(database), before)
  })

  held('an id of one site does nothing in a commit of another', async ({ store, database }) => {
    const before = await everything(database)
    const byId = PARTS.filter((each) => !JSON.stringify(each).includes(ACME.id) && each.kind !== 'add-site')
    assert.ok(byId.length > 10)
    for (const change of byId) assert.equal(await commit(store, [change], { site: GLOBEX.id }), 'conflict', change.kind)
    assert.deepEqual(await everything(database), before)
  })

  held('a form read before does not undo what has happened since', async ({ store }) => {
    const { user } = await personOf(store)
    const meanwhile: Change[] = [
      { kind: 'sign-in-user', user: user.id, sessionEpoch: 1, at: MONDAY + 5, requiredSince: MONDAY + 5 },
      { kind: 'end-user-sessions', user: user.id, fromEpoch: 1 },
      { kind: 'forget-user-devices', user: user.id, fromEpoch: 1 },
    ]
    assert.equal(await commit(store, meanwhile), 'committed')
    assert.equal(
      await commit(store, [{ kind: 'change-user', user: { ...user, displayName: 'Ada L.' }, from: 1 }]),
      'committed',
    )
    const after = (await personOf(store)).user
    assert.deepEqual(after, {
      ...user,
      displayName: 'Ada L.',
      version: 2,
      lastSignInAt: MONDAY + 5,
      requiredSince: MONDAY + 5,
      sessionEpoch: 2,
      deviceEpoch: 2,
    })
    const flagged = { ...after, hadAuthenticator: true }
    assert.equal(await commit(store, [{ kind: 'change-user', user: flagged, from: 2 }]), 'committed')
    assert.equal(
      await commit(store, [{ kind: 'change-user', user: { ...flagged, hadAuthenticator: false }, from: 3 }]),
      'committed',
    )
    assert.equal((await personOf(store)).user.hadAuthenticator, true)
  })

  held('who was disabled, or whose sessions were ended, since the file was read gets no session', async ({ store }) => {
    const signIn: Change = {
      kind: 'sign-in-user',
      user: idOf(ACME.id, 'bob'),
      sessionEpoch: 1,
      at: MONDAY,
      requiredSince: null,
    }
    const disabled = userOf(ACME.id, 'bob', { status: 'disabled' })
    assert.equal(await commit(store, [{ kind: 'change-user', user: disabled, from: 1 }]), 'committed')
    assert.equal(await commit(store, [signIn]), 'conflict')
    assert.equal(
      await commit(store, [{ kind: 'change-user', user: { ...disabled, status: 'active' }, from: 2 }]),
      'committed',
    )
    assert.equal(await commit(store, [signIn]), 'committed')
    assert.equal(await commit(store, [{ kind: 'end-user-sessions', user: disabled.id, fromEpoch: 1 }]), 'committed')
    assert.equal(await commit(store, [signIn]), 'conflict')
  })

  held('what a person has can be given to them once only', async ({ store }) => {
    for (const change of belongingsOf(ACME.id, 'ada')) {
      const again = REPEATABLE.includes(change.kind) ? 'committed' : 'conflict'
      assert.equal(await commit(store, [change]), again, change.kind)
    }
  })
}

/** What the changes of the catalogue touch that are about more than one row. */
const MORE_THAN_ONE_ROW: { readonly [K in Change['kind']]?: Readonly<Record<string, number>> } = {
  'set-settings': { sites: 1, site_settings: 2 },
  'add-user': { users: 1, user_roles: 1, code_counters: 1 },
  // Clerk and Administrator make room for Keeper and Clerk, in this order.
  'change-user': { users: 1, user_roles: 2 },
  'remove-user': { users: 1, code_counters: 1 },
  'set-recovery-codes': { recovery_sets: 1, recovery_codes: 2 },
  'drop-recovery-codes': { recovery_sets: 1, recovery_codes: 2 },
  'remove-application': { applications: 1, user_applications: 1 },
}

/** Where a commit writes its account, whatever it changes. */
const ACCOUNT: ReadonlySet<string> = new Set(['audit_heads', 'audit_entries', 'audit_personal'])

/** How many rows of each table are new, gone or changed; a row that was changed counts once. */
function difference(before: Rows, after: Rows): Readonly<Record<string, number>> {
  const counts = Object.entries(after).map(([table, rows]): [string, number] => {
    const [now, then] = [rows, before[table] ?? []].map((list) => new Set(list.map((row) => JSON.stringify(row))))
    const added = now?.difference(then ?? new Set()).size ?? 0
    const gone = then?.difference(now ?? new Set()).size ?? 0
    return [table, Math.max(added, gone)]
  })
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

/** Whether a good change makes this stale one right, or takes away what it is in the way of. */
function makesGood(kind: Change['kind'], stale: Change): boolean {
  const room = {
    'change-user': 'remove-user',
    'add-audit-stream': 'remove-audit-stream',
    'unset-channel': 'set-channel',
  } as const
  return kind === stale.kind || (stale.kind in room && room[stale.kind as keyof typeof room] === kind)
}
