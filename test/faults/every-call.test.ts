import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../../src/store/open.ts'
import { breakEveryCall } from './every-call.ts'
import { FLOWS } from './flows.ts'

for (const flow of FLOWS)
  for (const kind of ['before', 'after'] as const)
    test(`[ST-07] ${flow.name}: whichever call of the store fails ${kind} it was done, nothing is told that was not counted, and no door stays shut (SQLite)`, async (t) => {
      const calls = await breakEveryCall(flow, () => openDatabase('sqlite::memory:', { migrate: true }), kind)
      t.diagnostic(`${calls} calls`)
      assert.ok(calls > 1)
    })
