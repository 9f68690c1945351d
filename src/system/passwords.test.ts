import assert from 'node:assert/strict'
import test from 'node:test'
import { setImmediate as soon } from 'node:timers/promises'
import { Secret } from '#domain/secret.ts'
import { argon2Hasher, type Hasher } from './argon2.ts'
import { openPasswords } from './passwords.ts'
import { seededRandom } from './random.ts'

const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }
const PEPPER = seededRandom('pepper').bytes(32)
const cheap = argon2Hasher({ random: seededRandom('salts'), pepper: PEPPER, parameters: CHEAP })
const say = (text: string) => new Secret(text)

/** The hasher, and how much work it was given: hashes compared in all and at the same time. */
function watched(hasher: Hasher = cheap) {
  const seen = { verifies: 0, hashes: 0, running: 0, most: 0 }
  const during = async <T>(work: Promise<T>): Promise<T> => {
    seen.running += 1
    seen.most = Math.max(seen.most, seen.running)
    return work.finally(() => {
      seen.running -= 1
    })
  }
  const watchedHasher: Hasher = {
    hash(text) {
      seen.hashes += 1
      return during(hasher.hash(text))
    },
    verify(hash, text) {
      seen.verifies += 1
      return during(hasher.verify(hash, text))
    },
    standing: (hash) => hasher.standing(hash),
    stretch: (text, salt) => hasher.stretch(text, salt),
  }
  return { seen, hasher: watchedHasher }
}

test('the right password is right, another one is wrong', async () => {
  const passwords = await openPasswords(cheap)
  const hash = await passwords.hash(say('correct horse'))
  assert.equal(await passwords.verify(say('correct horse'), hash), 'right')
  for (const other of ['Correct horse', 'correct horse ', '', 'correct']) {
    assert.equal(await passwords.verify(say(other), hash), 'wrong', other)
  }
})

test('one password is hashed to another text each time, with nothing of it inside', async () => {
  const passwords = await openPasswords(cheap)
  const hashes = await Promise.all([passwords.hash(say('correct horse')), passwords.hash(say('correct horse'))])
  assert.notEqual(hashes[0], hashes[1])
  for (const hash of hashes) assert.match(hash, /^\$argon2id\$v=19\$m=8,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
})

test('[R-103] [SE-16] a stranger, a user, an unreadable hash and a password too long all cost exactly one hash', async () => {
  const { seen, hasher } = watched()
  const passwords = await openPasswords(hasher)
  const hash = await passwords.hash(say('correct horse'))
  const ask = async (password: string, of: string | undefined) => {
    const before = seen.verifies + seen.hashes
    const answer = await passwords.verify(say(password), of)
    return [answer, seen.verifies + seen.hashes - before]
  }
  assert.deepEqual(await ask('correct horse', hash), ['right', 1])
  assert.deepEqual(await ask('wrong', hash), ['wrong', 1])
  assert.deepEqual(await ask('wrong', undefined), ['wrong', 1])
  assert.deepEqual(await ask('', undefined), ['wrong', 1])
  assert.deepEqual(await ask('correct horse', '!'), ['wrong', 1])
  assert.deepEqual(await ask('correct horse', ''), ['wrong', 1])
  assert.deepEqual(await ask('x'.repeat(257), hash), ['wrong', 1])
  assert.deepEqual(await ask('x'.repeat(5_000_000), undefined), ['wrong', 1])
})

test('[R-103] a stranger is compared with a decoy of the same parameters as a user', async () => {
  const compared: string[] = []
  const passwords = await openPasswords({
    ...cheap,
    verify(hash, text) {
      compared.push(hash)
      return cheap.verify(hash, text)
    },
  })
  const hash = await passwords.hash(say('correct horse'))
  await passwords.verify(say('correct horse'), hash)
  await passwords.verify(say('correct horse'), undefined)
  const [users, strangers] = compared.map((each) => each.split('$').slice(0, 4).join('$'))
  assert.equal(strangers, users)
  assert.notEqual(compared[1], hash)
})

test('nobody is let in as the decoy, even by a hasher that calls everything right', async () => {
  const passwords = await openPasswords({ ...cheap, verify: () => Promise.resolve(true) })
  assert.equal(await passwords.verify(say('anything'), undefined), 'wrong')
  assert.equal(await passwords.verify(say('anything'), 'unreadable'), 'wrong')
  assert.equal(await passwords.verify(say('x'.repeat(257)), await passwords.hash(say('x'))), 'wrong')
})

test('of 20 at the same time never more run at once than allowed, and all are answered', async () => {
  const { seen, hasher } = watched()
  const passwords = await openPasswords(hasher, { atOnce: 3 })
  const hash = await passwords.hash(say('correct horse'))
  seen.most = 0
  const twenty = Array.from({ length: 20 }, (_, n) => passwords.verify(say('correct horse'), n % 2 ? hash : undefined))
  const answers = await Promise.all(twenty)
  assert.equal(seen.most, 3)
  assert.equal(answers.filter((answer) => answer === 'right').length, 10)
  assert.equal(answers.filter((answer) => answer === 'wrong').length, 10)
})

test('of 20 new passwords at the same time never more are hashed at once than allowed', async () => {
  const { seen, hasher } = watched()
  const passwords = await openPasswords(hasher, { atOnce: 2 })
  await Promise.all(Array.from({ length: 20 }, (_, n) => passwords.hash(say(`password ${n}`))))
  assert.equal(seen.most, 2)
  assert.equal(seen.hashes, 21)
})

test('with the queue full the answer is busy, for a user and a stranger alike and without any hash', async () => {
  const { seen, hasher } = watched()
  const passwords = await openPasswords(hasher, { atOnce: 1, waiting: 2 })
  const hash = await passwords.hash(say('correct horse'))
  const three = Array.from({ length: 3 }, () => passwords.verify(say('correct horse'), hash))
  assert.equal(await passwords.verify(say('correct horse'), hash), 'busy')
  assert.equal(await passwords.verify(say('correct horse'), undefined), 'busy')
  assert.deepEqual(await Promise.all(three), ['right', 'right', 'right'])
  assert.equal(seen.verifies, 3)
  assert.equal(await passwords.verify(say('correct horse'), hash), 'right')
})

test('a new password is hashed also while the queue is full', async () => {
  const passwords = await openPasswords(cheap, { atOnce: 1, waiting: 0 })
  const [first, second] = await Promise.all([passwords.hash(say('one')), passwords.hash(say('two')), soon()])
  assert.equal(await passwords.verify(say('one'), first), 'right')
  assert.equal(await passwords.verify(say('two'), second), 'right')
})

test('a password is the same however its letters were composed', async () => {
  const passwords = await openPasswords(cheap)
  const hash = await passwords.hash(say('Zo\u00EB a\u030A'))
  assert.equal(await passwords.verify(say('Zoe\u0308 \u00E5'), hash), 'right')
  // Only the canonical form is made equal: a compatibility character stays what was typed.
  assert.equal(await passwords.verify(say('Zo\u00EB \uFF41\u030A'), hash), 'wrong')
})

test('[R-100] 256 characters are the longest password, counted as characters and never cut', async () => {
  const passwords = await openPasswords(cheap)
  for (const longest of ['x'.repeat(256), '😀'.repeat(256), 'e\u0308'.repeat(256)]) {
    const hash = await passwords.hash(say(longest))
    assert.equal(await passwords.verify(say(longest), hash), 'right')
    assert.equal(await passwords.verify(say(`${longest}x`), hash), 'wrong')
    assert.equal(await passwords.verify(say(longest.slice(2)), hash), 'wrong')
    await assert.rejects(passwords.hash(say(`${longest}x`)), RangeError)
  }
})

test('[R-102] a hash made with other parameters, or none of ours, is to be made anew', async () => {
  const passwords = await openPasswords(cheap)
  const hash = await passwords.hash(say('correct horse'))
  assert.equal(passwords.needsRehash(hash), false)
  const changes = [
    hash.replace('m=8', 'm=16'),
    hash.replace('t=1', 't=2'),
    hash.replace('argon2id', 'argon2i'),
    '',
    '!',
  ]
  for (const other of changes) assert.equal(passwords.needsRehash(other), true, other)
})

test('a password hashed with older parameters is still right', async () => {
  const older = argon2Hasher({ random: seededRandom('s'), pepper: PEPPER, parameters: { ...CHEAP, passes: 2 } })
  const passwords = await openPasswords(cheap)
  const hash = await older.hash('correct horse')
  assert.equal(await passwords.verify(say('correct horse'), hash), 'right')
  assert.equal(passwords.needsRehash(hash), true)
})

test('[R-124] a stretched secret is the same under the same salt and key, and under no other', async () => {
  const passwords = await openPasswords(cheap)
  const others = await openPasswords(
    argon2Hasher({ random: seededRandom('salts'), pepper: seededRandom('thief').bytes(32), parameters: CHEAP }),
  )
  const salt = Buffer.from('sixteen bytes ..').toString('base64url')
  const digest = await passwords.stretch(say('k7m2x-9qt4w'), salt)
  assert.equal(await passwords.stretch(say('k7m2x-9qt4w'), salt), digest)
  const otherSalt = Buffer.from('another salt ...').toString('base64url')
  for (const other of [
    await passwords.stretch(say('k7m2x-9qt4v'), salt),
    await passwords.stretch(say('k7m2x-9qt4w'), otherSalt),
    await others.stretch(say('k7m2x-9qt4w'), salt),
  ])
    assert.notEqual(other, digest)
})
