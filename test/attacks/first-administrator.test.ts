import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { Secret } from '#domain/secret.ts'
import type { Ports } from '#ports/ports.ts'
import { firstLink } from '#usecases/first-link.ts'
import { signIn } from '#usecases/sign-in.ts'
import { createSite } from '#usecases/sites.ts'
import { useReset } from '#usecases/use-reset.ts'
import { createUser } from '#usecases/users.ts'
import type { Database } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/open.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { startPostgres, withoutPostgres } from '../postgres.ts'
import { ADMIN, HOME, world } from '../world.ts'

// Whoever is first at a fresh installation owns it. Somebody sends the first steps many times at once, at both nodes, or has seen the link of
// the first administrator and races them to it.

const MANY = Array.from({ length: 20 }, (_, nth) => nth)

test('[RC-12] [R-227] twenty first starts at two nodes make one administrator, whose link is spent by one of twenty (SQLite)', async (t) => {
  await race(t, await openDatabase('sqlite::memory:', { migrate: true }))
})

test('[RC-12] [R-227] twenty first starts at two nodes make one administrator, whose link is spent by one of twenty (PostgreSQL)', {
  skip: withoutPostgres(18),
}, async (t) => {
  const cluster = await startPostgres()
  t.after(() => cluster.stop())
  await race(t, await openDatabase(await cluster.database(), { migrate: false }))
})

async function race(t: TestContext, database: Database): Promise<void> {
  const { ports } = await world({ store: sqlStore(database, seededRandom('world')) })
  t.after(() => database.close())
  const nodes = ['one', 'two'].map((name): Ports => {
    const random = seededRandom(name)
    return { ...ports, random, store: sqlStore(database, random) }
  })
  const at = (nth: number): Ports => nodes[nth % 2] ?? ports

  const site = 'fresh'
  const sites = await Promise.all(
    MANY.map((nth) => createSite(at(nth), { ...ADMIN, name: site, title: site, preset: 'erp' })),
  )
  assert.deepEqual(tally(sites), { created: 1, 'name-taken': 19 })
  const order = { ...ADMIN, site, username: 'root' }
  const users = await Promise.all(
    MANY.map((nth) => createUser(at(nth), { ...order, fields: { roles: ['Administrator'] } })),
  )
  assert.deepEqual(tally(users), { saved: 1, 'name-taken': 19 })

  const links = await Promise.all(MANY.map((nth) => firstLink(at(nth), order)))
  const made = links.flatMap((each) => (each.kind === 'made' ? [each.link.reveal().split('/').at(-1) ?? ''] : []))
  assert.deepEqual(new Set(Object.keys(tally(links))).difference(new Set(['made', 'busy'])), new Set())
  const id = (await ports.store.site(site))?.id
  assert.ok(id)
  const choose = (token: string, nth: number) =>
    useReset(at(nth), { site: id, token, password: new Secret(`a long password ${nth}`), origin: HOME })
  // The last of the links is the only one that is left; which one that is nobody is told.
  const open = new Map<string, Awaited<ReturnType<typeof choose>>[]>()
  for (const token of made) open.set(token, await Promise.all(MANY.map((nth) => choose(token, nth))))
  const outcomes = [...open.values()].flat()
  assert.equal(outcomes.filter(({ kind }) => kind === 'password-set').length, 1)
  assert.equal(outcomes.filter(({ kind }) => kind === 'over').length, outcomes.length - 1)

  const opened = await Promise.all(
    MANY.map((nth) =>
      signIn(at(nth), {
        site: id,
        username: 'root',
        password: new Secret(`a long password ${nth}`),
        surface: 'form',
        origin: { ...HOME, address: `198.51.100.${nth + 1}` },
      }),
    ),
  )
  assert.equal(opened.filter(({ kind }) => kind === 'signed-in').length, 1)
  assert.equal((await firstLink(ports, order)).kind, 'has-password')
}

/** How many of each kind there are. */
function tally(outcomes: readonly { readonly kind: string }[]): Readonly<Record<string, number>> {
  const times: Record<string, number> = {}
  for (const { kind } of outcomes) times[kind] = (times[kind] ?? 0) + 1
  return times
}
