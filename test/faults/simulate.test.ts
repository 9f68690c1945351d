import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openDatabase } from '../../src/store/open.ts'
import { startPostgres, withoutPostgres } from '../postgres.ts'
import { LOOPS, rounds } from './how-long.ts'
import { simulate } from './simulate.ts'

describe('five clients, two nodes, faults and a clock that wanders: the invariants hold after every turn', () => {
  test('on SQLite', async (t) => {
    let [opened, seeds] = [0, 0]
    for (const seed of rounds(LOOPS.seeds)) {
      const database = await openDatabase('sqlite::memory:', { migrate: true })
      opened += await simulate(seed, database)
      await database.close()
      seeds = seed
    }
    assert.ok(opened > seeds, 'people do get in')
    t.diagnostic(`${seeds} seeds, ${opened} sessions opened`)
  })

  test('on PostgreSQL', { skip: withoutPostgres(18) }, async (t) => {
    const cluster = await startPostgres()
    const url = await cluster.database()
    const database = await openDatabase(url, { migrate: false })
    let [opened, seeds] = [0, 0]
    for (const seed of rounds(LOOPS.postgresSeeds)) {
      opened += await simulate(seed, database)
      await cluster.wipe(url)
      seeds = seed
    }
    await database.close()
    await cluster.stop()
    assert.ok(opened > seeds, 'people do get in')
    t.diagnostic(`${seeds} seeds, ${opened} sessions opened`)
  })

  test('the same seed is the same run, on whatever database', { skip: withoutPostgres(18) }, async () => {
    const memory = await openDatabase('sqlite::memory:', { migrate: true })
    const cluster = await startPostgres()
    const server = await openDatabase(await cluster.database(), { migrate: false })
    assert.equal(await simulate(7, memory), await simulate(7, server))
    await Promise.all([memory.close(), server.close()])
    await cluster.stop()
  })
})
