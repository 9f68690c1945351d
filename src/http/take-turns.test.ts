import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeTurns } from './take-turns.ts'

const turn = (): Promise<void> => new Promise((done) => setImmediate(done))

test('strangers who wait go on a few together and in their order, with more turns after more of them, and one alone at once', async () => {
  const enter = takeTurns(3, 2)
  const entered: number[] = []
  const all = [1, 2, 3, 4].map((each) => enter().then(() => entered.push(each)))
  await Promise.resolve()
  await Promise.resolve()
  assert.deepEqual(entered, [1])
  const seen: number[] = []
  for (let count = 0; count < 12; count += 1) {
    await turn()
    seen.push(entered.length)
  }
  await Promise.all(all)
  assert.deepEqual(entered, [1, 2, 3, 4])
  assert.ok(seen.includes(3) && !seen.includes(2), 'two went on in the same turn')
  assert.ok(seen.filter((count) => count === 3).length >= 6, 'and three turns for each of them pass before the next')
  await enter()
})
