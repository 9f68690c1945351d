import assert from 'node:assert/strict'
import { GOOD } from './store-catalogue.ts'
import type { Held } from './store-contract.ts'
import { adding, commit } from './store-furniture.ts'
import { personOf } from './store-read-back.ts'
import { everything, tablesWith } from './store-rows.ts'
import { ACME, GLOBEX, MONDAY, roleOf, userOf } from './store-things.ts'

export function removalsContract(held: Held): void {
  held(
    'a deleted user who is made again under the same name, and even the same id, finds nothing',
    async ({ store, database }) => {
      const removed = await commit(store, [{ kind: 'remove-user', user: 'usr_ada', from: 1 }])
      assert.equal(removed, 'committed')
      assert.deepEqual(await tablesWith(database, 'usr_ada'), ['audit_entries'])
      assert.equal(await commit(store, [adding(userOf(ACME.id, 'ada'), null)]), 'committed')
      const file = await personOf(store)
      assert.deepEqual([file.apps, file.enrolment, file.userApplications, file.user.roles], [[], null, {}, []])
      assert.deepEqual([file.sendsThisHour, await store.countSessions(ACME.id, 'usr_ada', MONDAY)], [0, 0])
      assert.equal(await store.sessionFile(ACME.id, 'session ada', MONDAY), null)
      assert.equal(await store.challengeFile(ACME.id, 'challenge ada', MONDAY), null)
      assert.equal(await store.apiKeyFile(ACME.id, 'key ada', MONDAY), null)
    },
  )

  held(
    'a removed site takes everything with it but its audit, and leaves the other site alone',
    async ({ store, database }) => {
      const before = await everything(database)
      assert.equal(await commit(store, [GOOD['set-channel'], GOOD['set-settings']]), 'committed')
      assert.equal(await commit(store, [{ kind: 'remove-site', site: ACME.id }]), 'committed')
      assert.deepEqual(await tablesWith(database, ACME.id), ['audit_heads', 'audit_entries', 'audit_personal'])
      const after = await everything(database)
      const ofGlobex = (rows: typeof before) =>
        Object.values(rows).map((table) => table.filter((row) => Object.values(row).includes(GLOBEX.id)))
      assert.deepEqual(ofGlobex(after), ofGlobex(before))
      const again = { ...ACME, id: 'site_again' } as const
      assert.equal(
        await commit(store, [{ kind: 'add-site', site: again, at: MONDAY }], { site: again.id }),
        'committed',
      )
      assert.equal((await store.siteFile('acme'))?.roles.length, 0)
    },
  )

  held(
    'a removed role is taken from its holders, and a role of that name made later is not theirs',
    async ({ store }) => {
      assert.equal(await commit(store, [{ kind: 'remove-role', site: ACME.id, name: 'Clerk', from: 1 }]), 'committed')
      const { user } = await personOf(store)
      assert.deepEqual([user.roles, user.version], [['Administrator'], 2])
      assert.equal(await commit(store, [{ kind: 'add-role', role: roleOf(ACME.id, 'Clerk') }]), 'committed')
      assert.deepEqual((await personOf(store)).user.roles, ['Administrator'])
      assert.deepEqual((await store.users(GLOBEX.id, { after: null, limit: 1 }))[0]?.roles, ['Clerk'])
    },
  )

  held('the switches of a removed application are gone when one of that name is made later', async ({ store }) => {
    assert.equal(
      await commit(store, [{ kind: 'remove-application', site: ACME.id, name: 'web', from: 1 }]),
      'committed',
    )
    assert.deepEqual((await personOf(store)).userApplications, {})
    assert.deepEqual([...(await store.userApplications(ACME.id))], [['usr_sam', { spare: false }]])
    assert.equal((await store.userApplications(GLOBEX.id)).size, 1)
  })
}
