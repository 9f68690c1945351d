import assert from 'node:assert/strict'
import { minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Row } from '../../src/store/database.ts'
import type { Held } from './store-contract.ts'
import { commit, event } from './store-furniture.ts'
import { everything } from './store-rows.ts'
import { ACME, GLOBEX, hardwareOf, idOf, MONDAY } from './store-things.ts'

const site = ACME.id
const AT = MONDAY + minutes(1)
const STEP = Math.floor(AT / 30_000)
const ADA = idOf(site, 'ada')
const CLOCK_TOKEN: Change = {
  kind: 'add-hardware',
  token: { ...hardwareOf({ site, user: ADA }, ADA, 'clock'), moves: 'clock' },
}
const OUTLIVE: Change = { kind: 'outlive-backup', site, fromEpoch: 1, at: AT }

export function restoredContract(held: Held): void {
  held('what may have been spent since a backup is spent, and what was open is over, at one site', async (opened) => {
    const { store, database } = opened
    assert.equal(await commit(store, [CLOCK_TOKEN]), 'committed')
    const before = await everything(database)
    assert.equal(await commit(store, [OUTLIVE], { at: AT }), 'committed')
    const after = await everything(database)
    const of = (rows: typeof after, table: string, which = site): readonly Row[] =>
      (rows[table] ?? []).filter((row) => row['site_id'] === which)

    assert.ok(of(after, 'authenticators').every((row) => row['last_step'] === STEP + 1))
    const token = (moves: string): unknown =>
      of(after, 'hardware_tokens').find((row) => row['moves'] === moves)?.['last']
    assert.equal(token('clock'), Math.floor(AT / 60_000) + 1)
    assert.equal(token('counter'), 41, 'nobody can know how often its button was pressed')
    const counters = (rows: typeof after): readonly number[] =>
      of(rows, 'code_counters').map((row) => Number(row['next_counter']))
    assert.deepEqual(
      counters(after),
      counters(before).map((each) => each + 1_000_000),
    )
    assert.ok(of(before, 'challenges').some((row) => Number(row['expires_at']) > AT))
    assert.ok(of(after, 'challenges').every((row) => Number(row['expires_at']) <= AT))
    assert.ok(of(after, 'deliveries').every((row) => row['queued'] === 0 || Number(row['expires_at']) <= AT))
    for (const table of ['enrolments', 'issued_codes', 'channel_tests']) {
      assert.notDeepEqual(of(before, table), [], table)
      assert.deepEqual(of(after, table), [], table)
    }
    assert.equal(await store.countSessions(site, null, AT), 0)
    assert.equal(await store.countDevices(site, null), 0)

    for (const table of Object.keys(before))
      assert.deepEqual(of(after, table, GLOBEX.id), of(before, table, GLOBEX.id), `${table} of another site`)
    assert.equal(await commit(store, [OUTLIVE], { at: AT }), 'conflict', 'somebody was faster')
  })

  held('a step that is spent already stays the last one', async ({ store, database }) => {
    assert.equal(
      await commit(store, [{ kind: 'spend-step', authenticator: 'aut_ada', step: STEP + 9, at: AT }]),
      'committed',
    )
    assert.equal(await commit(store, [OUTLIVE], { at: AT, events: [event({ ev: 'system.restored' })] }), 'committed')
    const rows = (await everything(database))['authenticators'] ?? []
    assert.equal(rows.find(({ id }) => id === 'aut_ada')?.['last_step'], STEP + 9)
  })
}
