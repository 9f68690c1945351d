import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applicationAt, isHostPattern } from './host-pattern.ts'

test('a pattern is one host, or all names one level below another', () => {
  for (const good of [
    'wiki.example.com',
    'wiki.example.com:8443',
    '*.example.com',
    'localhost',
    '127.0.0.1:80',
    'a-b.test',
  ])
    assert.ok(isHostPattern(good), good)
  for (const bad of [
    '',
    '*',
    '*.com',
    'wiki.*.com',
    '**.example.com',
    '*wiki.example.com',
    'Wiki.example.com',
    'wiki.example.com/',
    'https://wiki.example.com',
    'wiki.example.com:0',
    'wiki..example.com',
    '.example.com',
    'wiki.example.com.',
    '-wiki.example.com',
    'a b',
    `${'a'.repeat(64)}.example.com`,
    'münchen.example',
  ])
    assert.equal(isHostPattern(bad), false, bad)
})

test('[OI-12] a host belongs to the application that lists it, and to none when nobody does', () => {
  const applications = [
    { name: 'any', hosts: ['*.example.com'] },
    { name: 'wiki', hosts: ['wiki.example.com', 'wiki.example.com:8443'] },
    { name: 'web', hosts: [] },
  ]
  const at = (host: string): string | undefined => applicationAt(applications, host)?.name
  assert.equal(at('wiki.example.com'), 'wiki')
  assert.equal(at('wiki.example.com:8443'), 'wiki')
  assert.equal(at('shop.example.com'), 'any')
  for (const other of [
    'example.com',
    'deep.shop.example.com',
    'shop.example.com:8443',
    'shop.example.com.evil.test',
    'evilexample.com',
    'shop.example.com.',
    '*.example.com.',
    '',
  ])
    assert.equal(at(other), undefined, other)
})
