import assert from 'node:assert/strict'
import type { Change } from '#ports/changes.ts'
import type { User } from '#domain/user.ts'
import type { Held } from './store-contract.ts'
import { adding, commit } from './store-furniture.ts'
import { ACME, countersOf, GLOBEX, idOf, MONDAY, userOf } from './store-things.ts'

const [ADA, BOB] = [idOf(ACME.id, 'ada'), idOf(ACME.id, 'bob')]

function keep(besides: User['id']): Change {
  return { kind: 'keep-administrator', site: ACME.id, besides }
}

function another(name: string, more: Partial<User> = {}, passwordHash: string | null = 'hash'): Change {
  return adding(userOf(ACME.id, name, { roles: ['Administrator'], ...more }), passwordHash)
}

export function administratorsContract(held: Held): void {
  held('administrators are listed whether they can sign in or not, with what decides over it', async ({ store }) => {
    const cut = countersOf(idOf(ACME.id, 'cut'), { disabled: true })
    const added: readonly Change[] = [
      another('off', { status: 'disabled' }),
      another('new', {}, null),
      another('cut'),
      { kind: 'set-counters', counters: { ...cut, version: 2 }, from: 1 },
      another('bot', { kind: 'service' }),
    ]
    assert.equal(await commit(store, added), 'committed')
    const told = (await store.administrators(ACME.id)).map((each) => [
      each.username,
      each.kind,
      each.status,
      each.hasPassword,
      each.disabled,
    ])
    assert.deepEqual(told, [
      ['ada', 'system', 'active', true, false],
      ['bot', 'service', 'active', true, false],
      ['cut', 'system', 'active', true, true],
      ['new', 'system', 'active', false, false],
      ['off', 'system', 'disabled', true, false],
    ])
    assert.deepEqual(await store.administrators(GLOBEX.id), [])
    // None of these four could let anybody in.
    assert.equal(await commit(store, [keep(ADA)]), 'conflict')
    assert.equal(await commit(store, [keep(BOB)]), 'committed')
    assert.equal(await commit(store, [another('kate'), keep(ADA)]), 'committed')
  })

  held('of two administrators who take the rights from each other at once one keeps them', async ({ store }) => {
    const kate = userOf(ACME.id, 'kate', { roles: ['Administrator'] })
    assert.equal(await commit(store, [adding(kate)]), 'committed')
    const outcomes = await Promise.all([
      commit(store, [{ kind: 'remove-user', user: ADA, from: 1 }, keep(ADA)]),
      commit(store, [{ kind: 'change-user', user: { ...kate, roles: [], version: 2 }, from: 1 }, keep(kate.id)]),
    ])
    assert.deepEqual(outcomes.toSorted(), ['committed', 'conflict'])
    assert.equal((await store.administrators(ACME.id)).length, 1)
    assert.equal((await store.siteFile('acme'))?.site.settingsVersion, 1, 'asking changes nothing')
    assert.ok(await store.personFile(ACME.id, 'bob', MONDAY))
  })
}
