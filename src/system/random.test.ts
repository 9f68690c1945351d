import assert from 'node:assert/strict'
import test from 'node:test'
import { pooledRandom, seededRandom, systemRandom } from './random.ts'

test('the system gives as many bytes as asked for, other ones each time', () => {
  for (const length of [0, 1, 20, 100_000]) assert.equal(systemRandom.bytes(length).length, length)
  assert.notDeepEqual(systemRandom.bytes(32), systemRandom.bytes(32))
})

test('each byte of the pool is given out once, in whatever portions, and is wiped where it lay', () => {
  let count = 0
  const pools: Uint8Array[] = []
  // The bytes of the source in turn: any that came twice or was left out would show.
  const random = pooledRandom((bytes) => {
    pools.push(bytes)
    for (let at = 0; at < bytes.length; at += 2) {
      bytes[at] = count >> 8
      bytes[at + 1] = count & 0xff
      count += 1
    }
  })
  const given: number[] = []
  const portions = [16, 32, 2, 4_000, 46, 32, 4_096, 16, 5_000, 16]
  for (const length of portions) {
    const bytes = random.bytes(length)
    assert.equal(bytes.length, length)
    for (let at = 0; at < length; at += 2) given.push(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))
  }
  assert.equal(new Set(given).size, portions.reduce((sum, each) => sum + each, 0) / 2)
  assert.ok(pools[0]?.subarray(0, 16).every((byte) => byte === 0))
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
