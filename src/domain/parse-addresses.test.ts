import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAddress, parseSiteAddresses } from './parse-addresses.ts'

test('an address is a scheme, a host and perhaps a port and a path, and ends with no slash', () => {
  for (const text of [
    'https://login.example.com',
    'http://10.0.0.5:4180',
    'https://a.test/login',
    'https://a.test/x/y',
  ])
    assert.equal(parseAddress(text), text)
  for (const text of [
    '',
    'login.example.com',
    'https://login.example.com/',
    'https://a.test/login/',
    'https://a.test/?x',
    'https://a.test/#x',
    'https://kim@a.test',
    'https://a.test/../b',
    'https://a.test/a b',
    'https://a.test/%2e',
    'HTTPS://A.test',
    'ftp://a.test',
  ])
    assert.equal(parseAddress(text), undefined, text)
})

test('addresses of single sites are of the scheme of all, each once, and none is within another', () => {
  const parsed = (text: string) => {
    const found = parseSiteAddresses(text, 'https://login.example.com')
    return found.ok ? [...found.siteAddresses] : found.problem
  }
  assert.deepEqual(parsed(''), [])
  assert.deepEqual(parsed('acme=https://login.acme.test, globex=https://globex.test/sso'), [
    ['acme', 'https://login.acme.test'],
    ['globex', 'https://globex.test/sso'],
  ])
  for (const text of ['acme', 'acme=', '=https://a.test', 'acme=https://a.test/', 'a=https://a.test,a=https://b.test'])
    assert.match(String(parsed(text)), /^is not a list like acme=https/, text)
  assert.match(String(parsed('acme=http://login.acme.test')), /^gives acme an address of another scheme/)
  assert.match(
    String(parsed('acme=https://login.example.com')),
    /^gives acme an address that lies within that of COUNTER/,
  )
  assert.match(String(parsed('acme=https://login.example.com/sso')), /lies within that of COUNTERSIGN_ORIGIN/)
  assert.match(
    String(parsed('a=https://x.test/sso,b=https://x.test')),
    /^gives b an address that lies within that of a,/,
  )
  assert.deepEqual(parsed('a=https://x.test/sso,b=https://x.test/ssonata').length, 2)
})
