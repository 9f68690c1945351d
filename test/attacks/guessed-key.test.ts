import assert from 'node:assert/strict'
import { readFileSync, globSync } from 'node:fs'
import { test } from 'node:test'
import { minutes } from '#domain/time.ts'
import { apiWorld } from '../api-world.ts'

// Somebody tries API keys by the thousand, or makes the server write down as many refusals as it can hold.

const wrong = (nth: number) => `cs_live_${String(nth).padStart(43, 'x')}`

test('[AK-06] of a thousand wrong keys from one address a hundred are looked at, then one a minute; a right key is served', async (t) => {
  const { api, keys, trail, clock, close } = await apiWorld()
  t.after(close)
  const tally: Record<number, number> = {}
  for (let nth = 0; nth < 1_000; nth += 1) {
    const { status } = await api('GET /users', { token: wrong(nth) })
    tally[status] = (tally[status] ?? 0) + 1
  }
  assert.deepEqual(tally, { 401: 100, 429: 900 })
  const refused = async () => (await trail()).filter(({ ev }) => ev === 'apikey.refused').length
  assert.equal(await refused(), 100)

  const told = await api('GET /users', { token: wrong(1) })
  assert.equal(told.body.code, 'key_throttled')
  assert.match(told.headers.get('ratelimit') ?? '', /^"keys";r=0;t=30$/)
  assert.equal(told.headers.get('retry-after'), '30')
  assert.equal((await api('GET /users', { token: keys.admin })).status, 200)
  assert.equal((await api('GET /users', { token: wrong(1), peer: '203.0.113.77' })).status, 401)

  clock.pass(minutes(1))
  assert.equal((await api('GET /users', { token: wrong(2) })).status, 401)
  assert.equal((await api('GET /users', { token: wrong(3) })).status, 429)
})

test('[AK-06] every door that takes a key has it counted, and the password throttle of the address is left alone', async (t) => {
  for (const file of globSync('src/**/*.ts'))
    if (!file.endsWith('.test.ts') && !/usecases\/(api-keys|show-api-key)\.ts$/.test(file))
      assert.doesNotMatch(readFileSync(file, 'utf8'), /checkApiKey/, file)
  const { api, login, close } = await apiWorld()
  t.after(close)
  for (let nth = 0; nth < 101; nth += 1) await api('GET /users', { token: wrong(nth) })
  assert.equal((await login('kim')).status, 202)
})
