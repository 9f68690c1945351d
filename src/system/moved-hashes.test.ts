import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '#domain/secret.ts'
import { argon2Hasher } from './argon2.ts'
import { withMovedHashes } from './moved-hashes.ts'
import { openPasswords } from './passwords.ts'
import { seededRandom } from './random.ts'

// Made by Python's hashlib.pbkdf2_hmac, in the form in which passlib writes them into a Frappe site.
const MOVED = [
  ['kim-old-password', '$pbkdf2-sha256$29000$AAECAwQFBgcICQoLDA0ODw$KIAqKQOi7qLC6GDQLDgLx0N3qGxXyEJgMwaI8IDp4qc'],
  ['Pässwörd', '$pbkdf2-sha256$29000$AAECAwQFBgcICQoLDA0ODw$uBXehqsQwOFdSy4HcgRZR2JJl97KldCFKxnfIySbdvo'],
] as const

const hasher = withMovedHashes(
  argon2Hasher({
    random: seededRandom('moved'),
    pepper: new Uint8Array(32),
    parameters: { memoryKib: 8, passes: 1, lanes: 1 },
  }),
)

test('a password that came from a Frappe site is known, is to be hashed anew, and is never hashed that way', async () => {
  const passwords = await openPasswords(hasher)
  for (const [password, hash] of MOVED) {
    assert.equal(await passwords.verify(new Secret(password), hash), 'right')
    assert.equal(await passwords.verify(new Secret(`${password} `), hash), 'wrong')
    assert.equal(passwords.needsRehash(hash), true)
    const renewed = await passwords.hash(new Secret(password))
    assert.match(renewed, /^\$argon2id\$/)
    assert.equal(passwords.needsRehash(renewed), false)
    assert.equal(await passwords.verify(new Secret(password), renewed), 'right')
  }
})

test('what is no hash of that kind is as unreadable as before', async () => {
  const passwords = await openPasswords(hasher)
  const [, good] = MOVED[0]
  for (const hash of [
    good.slice(0, -1),
    good.replace('29000', '0'),
    good.replace('29000', '9999999'),
    good.replace('sha256', 'sha512'),
    '$pbkdf2-sha256$29000$$',
    'plain',
  ]) {
    assert.equal(hasher.standing(hash), 'unreadable', hash)
    assert.equal(await passwords.verify(new Secret(MOVED[0][0]), hash), 'wrong')
  }
})
