import assert from 'node:assert/strict'
import { test } from 'node:test'
import { descriptorLimit, heapOfProcess, watchStrain } from './strain.ts'

const EMPTY = { used: 1, limit: 100 }

test('[ST-15] connections leave descriptors free for everything else, and the one too many is refused until another leaves', () => {
  const strain = watchStrain(256, () => EMPTY)
  let served = 0
  while (strain.enter()) served += 1
  assert.ok(served >= 128 && served <= 256 - 64, String(served))
  assert.ok(strain.mostConnections > served && strain.mostConnections <= 256 - 64)
  assert.match(strain.trouble() ?? '', new RegExp(`All ${served} connections`))
  // Two leave: the one that was refused and one that was served.
  strain.leave()
  strain.leave()
  assert.equal(strain.trouble(), null)
  assert.equal(strain.enter(), true)
  assert.equal(strain.enter(), false)
})

test('[ST-15] however small or unknown the number of descriptors, some connections are served and not all of them', () => {
  for (const [descriptors, least, most] of [
    [20, 10, 10],
    [1_024, 900, 960],
    [1_048_576, 20_000, 20_000],
    [null, 20_000, 20_000],
  ] as const) {
    const strain = watchStrain(descriptors, () => EMPTY)
    let served = 0
    while (strain.enter()) served += 1
    assert.ok(served >= least && served <= most, `${descriptors}: ${served}`)
  }
})

test('[ST-15] nothing new is begun while the memory is nearly full, one look at it is no proof, and it begins again below', () => {
  let used = 95
  const strain = watchStrain(null, () => ({ used, limit: 100 }))
  const look = (now: number): boolean => {
    used = now
    strain.look()
    return strain.short()
  }
  // A heap that is full of rubbish is swept before the next look.
  assert.deepEqual([95, 60, 95, 96].map(look), [false, false, false, true])
  assert.match(strain.trouble() ?? '', /no memory left/)
  assert.deepEqual([90, 95, 84].map(look), [true, true, false])
  assert.equal(strain.trouble(), null)
})

test('the limits of this very process can be read', () => {
  const { used, limit } = heapOfProcess()
  assert.ok(used > 0 && used < limit)
  const descriptors = descriptorLimit()
  assert.ok(process.platform === 'linux' ? descriptors !== null && descriptors > 0 : descriptors === null)
})
