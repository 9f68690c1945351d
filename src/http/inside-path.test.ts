import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insidePath } from './inside-path.ts'

const ALONE = { origin: 'https://login.example.com' }
const SHARED = {
  origin: 'https://intranet.example.com/login',
  siteAddresses: new Map([
    ['acme', 'https://login.acme.test'],
    ['globex', 'https://www.globex.test/sso'],
  ]),
}
const at = (url: string, addresses: Parameters<typeof insidePath>[1]) => {
  const inside = insidePath(new URL(url), addresses)
  return inside && [inside.pathname, inside.site]
}

test('[R-065] a host that is none of ours is none, whatever its path', () => {
  assert.deepEqual(at('https://login.example.com/acme/login', ALONE), ['/acme/login', null])
  // The proxy has taken the encryption off.
  assert.deepEqual(at('http://login.example.com/acme/login', ALONE), ['/acme/login', null])
  for (const url of [
    'https://evil.test/acme/login',
    'https://login.example.com:8443/',
    'https://login.example.com.evil.test/',
  ])
    assert.equal(at(url, ALONE), null, url)
  for (const url of ['https://login.acme.test.evil.test/login', 'https://globex.test/sso/login', 'https://acme.test/'])
    assert.equal(at(url, SHARED), null, url)
})

test('a path before all sites is taken off, whether the proxy left it on or not', () => {
  assert.deepEqual(at('https://intranet.example.com/login/umbrella/login', SHARED), ['/umbrella/login', null])
  assert.deepEqual(at('https://intranet.example.com/umbrella/login', SHARED), ['/umbrella/login', null])
  assert.deepEqual(at('https://intranet.example.com/login/assets/a.css', SHARED), ['/assets/a.css', null])
  assert.deepEqual(at('https://intranet.example.com/login', SHARED), ['/', null])
  assert.deepEqual(at('https://intranet.example.com/login//evil.test/', SHARED), ['//evil.test/', null])
  assert.deepEqual(at('https://intranet.example.com/loginx/umbrella', SHARED), ['/loginx/umbrella', null])
})

test('a site with an address of its own has no name in its paths, and shares the files of the pages', () => {
  for (const [url, pathname] of [
    ['https://login.acme.test/login?next=%2Faccount', '/acme/login'],
    ['https://login.acme.test/', '/acme'],
    ['https://login.acme.test/api/v1/session', '/acme/api/v1/session'],
    ['https://login.acme.test/assets/a.css', '/assets/a.css'],
    ['https://login.acme.test/.well-known/change-password', '/acme/account/password'],
    // Another site cannot be asked for by this host: this is the site acme, which has no such door.
    ['https://login.acme.test/globex/login', '/acme/globex/login'],
  ] as const)
    assert.deepEqual(at(url, SHARED), [pathname, 'acme'], url)
  assert.deepEqual(at('https://www.globex.test/sso/login', SHARED), ['/globex/login', 'globex'])
  assert.deepEqual(at('https://www.globex.test/sso', SHARED), ['/globex', 'globex'])
  assert.equal(at('https://www.globex.test/shop', SHARED), null)
})
