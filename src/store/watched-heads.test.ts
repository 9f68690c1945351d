import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Row } from './database.ts'
import { watchHeads } from './watched-heads.ts'

function watched() {
  let rows: readonly Row[] = [{ site_id: 'site_a', seq: 1 }]
  let fails = false
  let now = 0
  let looks = 0
  const together = async () => {
    looks += 1
    if (fails) throw new Error('gone')
    return rows as never
  }
  const changed = watchHeads({ together }, () => now)
  /** Asks, and lets a look that was begun come to its end. */
  const ask = async (after: number) => {
    now += after
    const answer = changed()
    await new Promise((done) => setImmediate(done))
    return answer
  }
  return {
    ask,
    looks: () => looks,
    set: (next: readonly Row[]) => void (rows = next),
    break: (broken: boolean) => void (fails = broken),
  }
}

test('before the first look, and after a second without one, nothing is known', async () => {
  const { ask } = watched()
  assert.equal(await ask(0), 'anything')
  assert.deepEqual(await ask(1), new Set(['site_a']))
  assert.equal(await ask(1), 'nothing')
  assert.equal(await ask(5_000), 'anything')
})

test('a head that moved, came or went is a site that changed, told once', async () => {
  const { ask, set } = watched()
  await ask(0)
  await ask(1)
  set([
    { site_id: 'site_a', seq: 2 },
    { site_id: 'site_b', seq: 1 },
  ])
  await ask(500)
  assert.deepEqual(await ask(1), new Set(['site_a', 'site_b']))
  assert.equal(await ask(1), 'nothing')
  set([{ site_id: 'site_b', seq: 1 }])
  await ask(500)
  assert.deepEqual(await ask(1), new Set(['site_a']))
})

test('the database is looked at some times a second and not at each request', async () => {
  const { ask, looks } = watched()
  for (let request = 0; request < 1_000; request += 1) await ask(1)
  assert.ok(looks() >= 2 && looks() <= 4, String(looks()))
})

test('a database that does not answer makes everything unknown within a second, and known again when it does', async () => {
  const { ask, break: fail } = watched()
  await ask(0)
  await ask(1)
  fail(true)
  await ask(500)
  await ask(400)
  assert.equal(await ask(200), 'anything')
  fail(false)
  await ask(1)
  assert.equal(await ask(1), 'nothing')
})
