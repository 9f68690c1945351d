import assert from 'node:assert/strict'
import { argon2Sync } from 'node:crypto'
import test from 'node:test'
import { argon2Hasher } from './argon2.ts'
import { seededRandom } from './random.ts'

const PEPPER = seededRandom('pepper').bytes(32)
const real = argon2Hasher({ random: seededRandom('salts'), pepper: PEPPER })

test('[R-102] a site hashes with argon2id, 19 MiB, two passes, one lane', async () => {
  const hash = await real.hash('correct horse')
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await real.verify(hash, 'correct horse'), true)
  assert.equal(await real.verify(hash, 'correct house'), false)
  assert.equal(real.standing(hash), 'current')
})

test('the hash is the one the platform computes from password, salt and pepper', async () => {
  const [, , , , salt = '', tag] = (await real.hash('correct horse')).split('$')
  const computed = argon2Sync('argon2id', {
    message: 'correct horse',
    nonce: Buffer.from(salt, 'base64'),
    secret: PEPPER,
    memory: 19_456,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  })
  assert.equal(computed.toString('base64').replaceAll('=', ''), tag)
})

test('[R-102] without the pepper a hash cannot be checked', async () => {
  const parameters = { memoryKib: 8, passes: 1, lanes: 1 }
  const ours = argon2Hasher({ random: seededRandom('salts'), pepper: PEPPER, parameters })
  const thief = argon2Hasher({ random: seededRandom('salts'), pepper: seededRandom('guess').bytes(32), parameters })
  assert.equal(await thief.verify(await ours.hash('correct horse'), 'correct horse'), false)
})

test('a hash is outdated when any one of its parameters is not that of today', async () => {
  const parameters = { memoryKib: 32, passes: 2, lanes: 1 }
  const ours = argon2Hasher({ random: seededRandom('salts'), pepper: PEPPER, parameters })
  const hash = await ours.hash('correct horse')
  assert.equal(ours.standing(hash), 'current')
  for (const [now, then] of [
    ['m=32', 'm=16'],
    ['t=2', 't=1'],
    ['p=1', 'p=2'],
    ['argon2id', 'argon2i'],
  ] as const) {
    assert.equal(ours.standing(hash.replace(now, then)), 'outdated', then)
  }
  for (const text of ['', '!', 'x', hash.slice(0, -30), hash.replace('m=32', 'm=x')]) {
    assert.equal(ours.standing(text), 'unreadable', text)
  }
})
