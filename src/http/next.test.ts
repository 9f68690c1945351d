import assert from 'node:assert/strict'
import { test } from 'node:test'
import { safeNext } from './next.ts'

test('[R-159] after a sign-in one goes to a page of the same site', () => {
  assert.equal(safeNext('/acme', '/acme'), '/acme')
  assert.equal(safeNext('/acme/account?tab=devices#top', '/acme'), '/acme/account?tab=devices#top')
  assert.equal(safeNext('/acme/a/../b', '/acme'), '/acme/b')
})

test('and nowhere else', () => {
  const elsewhere = [
    '//evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    'https:evil.test',
    'https://evil.test/acme/',
    'javascript:alert(1)',
    'data:text/html,x',
    '/acme/%0d%0aSet-Cookie:x',
    '/acme/\r\nX: y',
    '/acme/\u0000',
    '/acme/../other',
    '/acme/..//evil.test',
    '/acme/%2e%2e/%2e%2e//evil.test',
    '/acme/..%5cevil.test',
    '/acmeish',
    '/other/login',
    '／／evil.test',
    '/\u2028/evil.test',
    'acme/account',
    '',
    `/acme/${'x'.repeat(3000)}`,
    null,
    undefined,
  ]
  for (const next of elsewhere) assert.equal(safeNext(next, '/acme'), undefined, String(next))
})
