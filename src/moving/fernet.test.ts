import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fernetKey, isFernet, openFernet } from './fernet.ts'

// The example of the Fernet specification (generate.json).
const KEY = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='
const TOKEN = 'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=='

test('the example of the specification opens', () => {
  const key = fernetKey(KEY)
  assert.ok(key)
  assert.equal(Buffer.from(openFernet(key, TOKEN) ?? []).toString(), 'hello')
  assert.ok(isFernet(TOKEN))
})

test('another key, and any changed byte, open nothing', () => {
  const key = fernetKey(KEY)
  assert.ok(key)
  const other = fernetKey(Buffer.alloc(32, 7).toString('base64url'))
  assert.ok(other)
  assert.equal(openFernet(other, TOKEN), undefined)
  const bytes = Buffer.from(TOKEN, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.equal(openFernet(key, changed.toString('base64url')), undefined, `byte ${at}`)
  }
  for (const short of ['', 'gAAAAA', TOKEN.slice(0, 80)]) assert.equal(openFernet(key, short), undefined)
})

test('what is no key is called none', () => {
  for (const text of ['', 'secret', KEY.slice(1), `${KEY}A`, 'ä'.repeat(43)])
    assert.equal(fernetKey(text), undefined, text)
  assert.ok(fernetKey(` ${KEY}\n`))
  assert.ok(!isFernet('JBSWY3DPEHPK3PXP'))
})
