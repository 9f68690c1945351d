import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeTurns } from './take-turns.ts'

const turn = (): Promise<void> => new Promise((done) => setImmediate(done))

test('of many strangers at once one goes on in so many turns of the event loop, in their order, and one alone at once', async () => {
  const enter = takeTurns(3)
  const entered: number[] = []
  const all = [1, 2, 3].map((each) => enter().then(() => entered.push(each)))
  await Promise.resolve()
  await Promise.resolve()
  assert.deepEqual(entered, [1])
  const seen: number[] = []
  for (let count = 0; count < 8; count += 1) {
    await turn()
    seen.push(entered.length)
  }
  await Promise.all(all)
  assert.deepEqual(entered, [1, 2, 3])
  assert.equal(Math.max(...seen.map((count, at) => count - (seen[at - 1] ?? 1))), 1, 'never two in one turn')
  assert.ok(seen.filter((count) => count === 2).length >= 2, 'and turns in between')
  await enter()
})
