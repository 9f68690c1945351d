import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import type { Store } from '#ports/store.ts'
import { openDatabase } from '../../src/store/open.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { world } from '../world.ts'

test('[DF-16] a node that dies between the commit of a code and its sending loses no message: another one sends it, once', async () => {
  const database = await openDatabase('sqlite::memory:', { migrate: true })
  const real = sqlStore(database, seededRandom('outbox'))
  let dying = false
  const store: Store = {
    ...real,
    async commit(writes) {
      const outcome = await real.commit(writes)
      if (dying && writes.changes.some(({ kind }) => kind === 'add-delivery')) throw new Error('killed here')
      return outcome
    },
  }
  const at = await world({ preset: 'manufacturing', store })
  dying = true
  await assert.rejects(at.password('kim'), /killed here/)
  dying = false
  assert.equal(at.messages('email').length, 0)
  at.clock.pass(seconds(61))
  await at.pump()
  await at.pump()
  assert.equal(at.messages('email').length, 1)
  assert.match(at.codeFor('kim'), /^\d{6}$/)
  await at.close()
})
