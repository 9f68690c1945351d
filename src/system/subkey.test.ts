import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import test from 'node:test'
import { type Purpose, subkey } from './subkey.ts'

const KEY = new Uint8Array(32).fill(3)
const PURPOSES: readonly Purpose[] = ['seal', 'digest', 'check', 'password-pepper']

test('a key for a purpose is that of RFC 5869, extract and expand written out here', () => {
  const hmac = (key: Uint8Array, text: Uint8Array) => createHmac('sha256', key).update(text).digest()
  const extracted = hmac(new Uint8Array(32), KEY)
  for (const purpose of PURPOSES) {
    const expanded = hmac(extracted, Buffer.concat([Buffer.from(`countersign ${purpose} v1`), Buffer.of(1)]))
    assert.deepEqual(Buffer.from(subkey(KEY, purpose)), expanded)
  }
})

test('every purpose has a key of its own, and none is the key itself', () => {
  const keys = PURPOSES.map((purpose) => Buffer.from(subkey(KEY, purpose)).toString('hex'))
  assert.equal(new Set([...keys, Buffer.from(KEY).toString('hex')]).size, PURPOSES.length + 1)
})

test('a key of another length is refused', () => {
  for (const length of [0, 16, 31, 33]) assert.throws(() => subkey(new Uint8Array(length), 'seal'), RangeError)
})
