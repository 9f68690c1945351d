import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import { seededRandom } from './random.ts'
import { CannotUnseal, keyCheck, keyId, lastingSecretsOf, openLasting, openVault } from './vault.ts'

const KEY = seededRandom('a key').bytes(32)
const OTHER_KEY = seededRandom('another key').bytes(32)
const SECRET = Uint8Array.from(Buffer.from('12345678901234567890'))
const vault = openVault([KEY], seededRandom('nonces'))
const sealed = vault.seal(SECRET, 'aut_sam')

const because = (reason: CannotUnseal['reason']) => (error: unknown) =>
  error instanceof CannotUnseal && error.name === 'CannotUnseal' && error.reason === reason

test('[R-047] what was sealed to a row opens for this row, also after a restart', () => {
  assert.deepEqual(vault.open(sealed, 'aut_sam'), SECRET)
  assert.deepEqual(openVault([KEY], seededRandom('others')).open(sealed, 'aut_sam'), SECRET)
})

test('[R-047] moved to another row it does not open', () => {
  for (const row of ['aut_kim', 'aut_sam ', 'aut_sa', 'AUT_SAM']) {
    assert.throws(() => vault.open(sealed, row), because('altered'), row)
  }
})

test('[R-047] with another key it does not open, not even under the name of the right one', () => {
  const other = openVault([OTHER_KEY], seededRandom('nonces'))
  assert.throws(() => other.open(sealed, 'aut_sam'), because('other-key'))
  assert.throws(
    () => other.open(sealed.replace(vault.ring.sealsWith(), other.ring.sealsWith()), 'aut_sam'),
    because('altered'),
  )
})

test('[R-047] a change of any one character is found', () => {
  for (let index = 0; index < sealed.length; index += 1) {
    for (const character of ['A', 'b', '0', '_', '.', '=', ' ']) {
      if (sealed[index] === character) continue
      const changed = sealed.slice(0, index) + character + sealed.slice(index + 1)
      assert.throws(() => vault.open(changed, 'aut_sam'), CannotUnseal, changed)
    }
  }
})

test('[R-047] a text that is cut, longer or none of ours is found', () => {
  const [form, keyId, nonce, body = ''] = sealed.split('.')
  const texts = ['', 'v1', 'v1...', `v2.${keyId}.${nonce}.${body}`, `${sealed}A`, `${sealed}\n`, SECRET.toString()]
  for (let length = 0; length < body.length; length += 1) {
    texts.push(`${form}.${keyId}.${nonce}.${body.slice(0, length)}`)
  }
  for (const text of texts) assert.throws(() => vault.open(text, 'aut_sam'), CannotUnseal, text)
})

test('[R-047] the same secret is sealed to another text each time, and is not in it', () => {
  const again = vault.seal(SECRET, 'aut_sam')
  assert.notEqual(again, sealed)
  assert.notEqual(again.split('.')[2], sealed.split('.')[2])
  const body = Buffer.from(sealed.split('.')[3] ?? '', 'base64url')
  assert.equal(body.length, SECRET.length + 16)
  assert.ok(!body.includes(Buffer.from(SECRET).subarray(0, 4)))
})

test('[R-047] what the first form sealed opens for ever', () => {
  const stored = 'v1.d93be8cc.86WjJOTaza_7lp2F.SI03c9nEo8ffw1U6OGqp5J9Qbrif6sYbDyFo4k1jU4AO4dsB'
  assert.equal(openVault([KEY], seededRandom('nonces')).seal(SECRET, 'aut_sam'), stored)
  assert.deepEqual(vault.open(stored, 'aut_sam'), SECRET)
})

test('[R-047] law: any bytes sealed to any row come back, and for no other row', () => {
  const row = fc.string({ minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), row, row, (plain, here, there) => {
      const text = vault.seal(plain, here)
      assert.match(text, /^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]+$/)
      assert.deepEqual(vault.open(text, here), plain)
      if (here !== there) assert.throws(() => vault.open(text, there), because('altered'))
    }),
    { seed: 20_261_122, numRuns: 300 },
  )
})

test('sealing to nothing, or with a key of another length, is a mistake of ours', () => {
  assert.throws(() => vault.seal(SECRET, ''), RangeError)
  assert.throws(() => openVault([KEY.subarray(1)], seededRandom('nonces')), RangeError)
})

test('an error of the vault tells neither secret nor key', () => {
  for (const row of ['aut_kim', 'aut_sam']) {
    try {
      openVault([OTHER_KEY], seededRandom('x')).open(row === 'aut_sam' ? sealed : vault.seal(SECRET, row), 'aut_x')
      assert.fail()
    } catch (error) {
      assert.ok(error instanceof CannotUnseal)
      for (const secret of [SECRET, KEY, OTHER_KEY]) {
        assert.ok(!String(error.stack).includes(Buffer.from(secret).toString('hex')))
        assert.ok(!String(error.stack).includes(Buffer.from(secret).toString('latin1')))
      }
    }
  }
})

test('a token is looked up by a digest that takes the key to make', () => {
  assert.equal(vault.digest('token'), openVault([KEY], seededRandom('others')).digest('token'))
  assert.match(vault.digest('token'), /^[0-9a-f]{64}$/)
  assert.notEqual(vault.digest('token'), vault.digest('token '))
  assert.notEqual(vault.digest('token'), openVault([OTHER_KEY], seededRandom('nonces')).digest('token'))
  assert.notEqual(vault.digest('token'), createHash('sha256').update('token').digest('hex'))
})

test('a wrong key file shows in the check, which is the same at every start with the right one', () => {
  assert.equal(keyCheck(KEY), keyCheck(Uint8Array.from(KEY)))
  assert.notEqual(keyCheck(KEY), keyCheck(OTHER_KEY))
  assert.equal(vault.ring.checkOf(keyId(KEY)), keyCheck(KEY))
  assert.equal(vault.ring.sealsWith(), createHash('sha256').update(KEY).digest('hex').slice(0, 8))
})

test('[SK-01] a ring opens what any of its keys sealed, seals with the one it is told to, and digests alike all the time', () => {
  const ring = openVault([OTHER_KEY, KEY], seededRandom('ring'), lastingSecretsOf(KEY))
  assert.deepEqual(ring.ring.ids, [keyId(OTHER_KEY), keyId(KEY)])
  assert.deepEqual(ring.open(sealed, 'aut_sam'), SECRET)
  assert.equal(ring.ring.sealsWith(), keyId(OTHER_KEY))
  const byNew = ring.seal(SECRET, 'aut_sam')
  assert.ok(byNew.startsWith(`v1.${keyId(OTHER_KEY)}.`))
  assert.throws(() => vault.open(byNew, 'aut_sam'), because('other-key'))
  ring.ring.sealWith(keyId(KEY))
  assert.deepEqual(vault.open(ring.seal(SECRET, 'aut_sam'), 'aut_sam'), SECRET)
  assert.deepEqual(ring.open(byNew, 'aut_sam'), SECRET)
  assert.equal(ring.digest('token'), vault.digest('token'))
})

test('[SK-01] the secrets of digests and hashes go from key to key, sealed', () => {
  const before = openVault([OTHER_KEY, KEY], seededRandom('ring'), lastingSecretsOf(KEY))
  const carried = before.ring.sealLasting()
  const alone = openVault([OTHER_KEY], seededRandom('alone'))
  assert.deepEqual(openLasting(alone, carried), lastingSecretsOf(KEY))
  assert.equal(openVault([OTHER_KEY], seededRandom('x'), openLasting(alone, carried)).digest('t'), vault.digest('t'))
  assert.throws(() => openLasting(vault, carried), because('other-key'))
})

test('a ring with one key twice, or told to seal with a key it does not have, is a mistake of ours', () => {
  assert.throws(() => openVault([KEY, KEY], seededRandom('x')), RangeError)
  assert.throws(() => vault.ring.sealWith(keyId(OTHER_KEY)), RangeError)
  assert.throws(() => vault.ring.checkOf('00000000'), RangeError)
})
