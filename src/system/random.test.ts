import assert from 'node:assert/strict'
import test from 'node:test'
import { seededRandom, systemRandom } from './random.ts'

test('the system gives as many bytes as asked for, other ones each time', () => {
  for (const length of [0, 1, 20, 100_000]) assert.equal(systemRandom.bytes(length).length, length)
  assert.notDeepEqual(systemRandom.bytes(32), systemRandom.bytes(32))
})

test('a seed gives the same bytes again, another seed others', () => {
  assert.deepEqual(seededRandom('monday').bytes(100), seededRandom('monday').bytes(100))
  assert.notDeepEqual(seededRandom('monday').bytes(32), seededRandom('tuesday').bytes(32))
  const one = seededRandom('monday')
  assert.notDeepEqual(one.bytes(32), one.bytes(32))
})

test('a seeded stream does not depend on the portions it is read in', () => {
  const whole = seededRandom('monday').bytes(200)
  const random = seededRandom('monday')
  const parts = [1, 31, 32, 33, 0, 96, 7].map((length) => random.bytes(length))
  assert.deepEqual(Buffer.concat(parts), Buffer.from(whole))
})

test('bytes that were given are not changed by later ones', () => {
  const random = seededRandom('monday')
  const first = random.bytes(10)
  const copy = first.slice()
  random.bytes(1_000)
  assert.deepEqual(first, copy)
})
