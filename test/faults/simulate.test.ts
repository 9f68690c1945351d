import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate } from './simulate.ts'

/** `npm run test:long` says how many; a run takes a tenth of a second. */
const SEEDS = Number(process.env['SEEDS'] ?? 60)

test(`five clients, two nodes, faults and a clock that wanders: the invariants hold after every turn, for ${SEEDS} seeds`, async () => {
  let opened = 0
  for (let seed = 1; seed <= SEEDS; seed += 1) opened += await simulate(seed)
  assert.ok(opened > SEEDS, 'people do get in')
})
