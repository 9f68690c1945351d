import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkpointText, logOrigin, parseCheckpoint } from './checkpoint.ts'
import { openNote, parseVerifier, signNote, verifierLine, verifierOf } from './signed-note.ts'

const SEED = new Uint8Array(32).fill(7)
const OTHER = new Uint8Array(32).fill(8)
const NAME = 'countersign/site/site_acme'
const TEXT = 'one line\nand another\n'

test('RFC 8032 7.1, test 1: the public key of a seed', () => {
  const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
  const publicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
  assert.equal(Buffer.from(verifierOf('x', seed).publicKey).toString('hex'), publicKey)
})

test('a note that another implementation signed opens: the example of the Go package sumdb/note', () => {
  const verifier = parseVerifier('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW') ?? assert.fail()
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  const signature = 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
  const note = `${text}\n— PeterNeumann ${signature}\n`
  assert.notEqual(openNote(note, [verifier]), 'unsigned')
  assert.equal(openNote(note.replace('answer', 'question'), [verifier]), 'unsigned')
})

test('what was signed opens under its verifier, as it is told in one line', () => {
  const note = signNote(TEXT, NAME, SEED)
  assert.match(note, /^one line\nand another\n\n— countersign\/site\/site_acme [A-Za-z0-9+/]+=*\n$/)
  const verifier = parseVerifier(verifierLine(verifierOf(NAME, SEED))) ?? assert.fail()
  const opened = openNote(note, [verifierOf(NAME, OTHER), verifier])
  assert.ok(opened !== 'unsigned')
  assert.equal(opened.text, TEXT)
})

test('a changed text, another key, another name and no signature are all unsigned', () => {
  const note = signNote(TEXT, NAME, SEED)
  const verifier = verifierOf(NAME, SEED)
  assert.equal(openNote(note.replace('another', 'different'), [verifier]), 'unsigned')
  assert.equal(openNote(note, [verifierOf(NAME, OTHER)]), 'unsigned')
  assert.equal(openNote(note, [verifierOf('countersign/site/site_b', SEED)]), 'unsigned')
  assert.equal(openNote(note, []), 'unsigned')
  assert.equal(openNote(TEXT, [verifier]), 'unsigned')
  assert.equal(openNote(`${TEXT}\n— ${NAME} AAAA\n`, [verifier]), 'unsigned')
})

test('a strange signature beside the right one is passed over, a wrong one under the same key is not', () => {
  const verifier = verifierOf(NAME, SEED)
  const stranger = signNote(TEXT, 'somebody/else', OTHER).split('\n').at(-2) ?? assert.fail()
  assert.notEqual(openNote(`${signNote(TEXT, NAME, SEED)}${stranger}\n`, [verifier]), 'unsigned')
  const wrong = signNote('something else\n', NAME, SEED).split('\n').at(-2) ?? assert.fail()
  assert.equal(openNote(`${signNote(TEXT, NAME, SEED)}${wrong}\n`, [verifier]), 'unsigned')
})

test('a line that is no verifier is none', () => {
  const line = verifierLine(verifierOf(NAME, SEED))
  for (const bad of ['', 'x', line.replace('+', ' '), line.slice(0, -4), line.replace(NAME, 'other')])
    assert.equal(parseVerifier(bad), undefined, bad)
})

test('a checkpoint is read back as it was written, and no other text is one', () => {
  const checkpoint = { origin: logOrigin('site_acme'), size: 182_734, root: 'ab'.repeat(32), head: 'cd'.repeat(32) }
  const text = checkpointText(checkpoint)
  assert.deepEqual(parseCheckpoint(text), checkpoint)
  for (const bad of [`${text}\n`, text.trimEnd(), text.replace('182734', '0182734'), text.replace('head', 'tail'), ''])
    assert.equal(parseCheckpoint(bad), undefined)
})
