import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMailAddress, parseMailAddress } from './mail-address.ts'

test('one address is one address', () => {
  for (const text of ['kim@acme.test', 'k.i+m@sub.acme.test', 'root@localhost', 'küm@äcme.test'])
    assert.ok(isMailAddress(text), text)
})

const NONE = [
  '',
  'kim',
  '@acme.test',
  'kim@',
  'kim@acme@test',
  'kim@acme.test, eve@evil.test',
  'kim@acme.test;eve@evil.test',
  'kim@acme.test eve@evil.test',
  'kim@acme.test\r\nRCPT TO:<eve@evil.test>',
  'kim@acme.test\u0000',
  '<kim@acme.test>',
  'Kim <kim@acme.test>',
  'list:kim@acme.test',
  '"kim"@acme.test',
  `${'k'.repeat(250)}@acme.test`,
]

for (const text of NONE) test(`no address: ${JSON.stringify(text.slice(0, 60))}`, () => assert.ok(!isMailAddress(text)))

test('a sender may have a name', () => {
  assert.deepEqual(parseMailAddress('no-reply@acme.test'), { name: '', address: 'no-reply@acme.test' })
  assert.deepEqual(parseMailAddress('Acme ERP <no-reply@acme.test>'), {
    name: 'Acme ERP',
    address: 'no-reply@acme.test',
  })
  assert.deepEqual(parseMailAddress(' "Acme, ERP" <no-reply@acme.test> '), {
    name: 'Acme, ERP',
    address: 'no-reply@acme.test',
  })
  for (const text of ['Acme', 'Acme <>', 'Acme <a@b>, <c@d>', 'Acme\r\nX: <a@b>', '<a@b> c'])
    assert.equal(parseMailAddress(text), undefined, text)
})
