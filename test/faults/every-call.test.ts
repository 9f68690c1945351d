import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../../src/store/open.ts'
import { breakEveryCall } from './every-call.ts'

for (const kind of ['before', 'after'] as const)
  test(`[ST-07] whichever call of the store fails ${kind} it was done, nothing is told that was not counted, and no door stays shut (SQLite)`, async () => {
    assert.ok((await breakEveryCall(() => openDatabase('sqlite::memory:', { migrate: true }), kind)) > 6)
  })
