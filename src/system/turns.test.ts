import assert from 'node:assert/strict'
import test from 'node:test'
import { setImmediate as soon } from 'node:timers/promises'
import { Turns } from './turns.ts'

/** Work that ends when it is told to, and what was seen of it. */
function workshop(turns: Turns) {
  const seen = { running: 0, most: 0, started: [] as number[] }
  const ends: (() => void)[] = []
  const order = (number: number) =>
    turns.take(async () => {
      seen.started.push(number)
      seen.running += 1
      seen.most = Math.max(seen.most, seen.running)
      await new Promise<void>((resolve) => ends.push(resolve))
      seen.running -= 1
      return number
    })
  const endOne = async () => {
    ends.shift()?.()
    await soon()
  }
  return { seen, order, endOne }
}

test('no more than the given number run at once, the others follow in their order', async () => {
  const { seen, order, endOne } = workshop(new Turns(2, 100))
  const all = [1, 2, 3, 4, 5].map(order)
  await soon()
  assert.deepEqual(seen.started, [1, 2])
  await endOne()
  assert.deepEqual(seen.started, [1, 2, 3])
  // The place was handed over, not given up: who comes now waits behind 4 and 5.
  all.push(order(6))
  await soon()
  assert.deepEqual(seen.started, [1, 2, 3])
  for (let left = 0; left < 5; left += 1) await endOne()
  assert.deepEqual(await Promise.all(all), [1, 2, 3, 4, 5, 6])
  assert.equal(seen.most, 2)
})

test('it is full when all places are taken, those to wait in as well', async () => {
  const turns = new Turns(1, 1)
  const { order, endOne } = workshop(turns)
  assert.equal(turns.full, false)
  const first = order(1)
  assert.equal(turns.full, false)
  const second = order(2)
  assert.equal(turns.full, true)
  await soon()
  await endOne()
  assert.equal(turns.full, false)
  await endOne()
  await Promise.all([first, second])
})

test('with no place to wait it is full while one runs, and free again afterwards', async () => {
  const turns = new Turns(1, 0)
  const { order, endOne } = workshop(turns)
  const only = order(1)
  assert.equal(turns.full, true)
  await soon()
  await endOne()
  await only
  assert.equal(turns.full, false)
})

test('work that fails gives its place to the next', async () => {
  const turns = new Turns(1, 10)
  const failing = turns.take(() => Promise.reject(new Error('no')))
  const next = turns.take(() => Promise.resolve('yes'))
  await assert.rejects(failing, /no/)
  assert.equal(await next, 'yes')
  assert.equal(await turns.take(() => Promise.resolve('again')), 'again')
})

test('at least one piece of work must be able to run', () => {
  for (const atOnce of [0, -1, Number.NaN]) assert.throws(() => new Turns(atOnce, 1), RangeError)
})
