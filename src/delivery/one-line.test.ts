import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameLine, oneLine } from './one-line.ts'

test('line breaks of every kind, control characters and turns of direction become spaces', () => {
  assert.equal(oneLine(' a\r\nb\u2028c\u2029d\u0085e\u0000f\u202eg ', 80), 'a b c d e f g')
})

test('what is too long is cut between characters and says so', () => {
  assert.equal(oneLine('🙂'.repeat(6), 5), '🙂🙂🙂🙂…')
  assert.equal(oneLine('12345', 5), '12345')
})

test('half a character is made whole', () => assert.equal(oneLine('a\ud83d', 80), 'a\ufffd'))

test('a name is left without the beginning of an address', () => {
  assert.equal(nameLine('See HTTPS://evil.test and x+y://z'), 'See evil.test and z')
})
