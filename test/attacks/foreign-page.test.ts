import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookieNames } from '#http/cookies.ts'
import { DOORS } from '#http/doors.ts'
import { safeNext } from '#http/next.ts'
import { signInWithCode } from '../steps.ts'
import { cookiesOf, FORM, wholeServer } from '../whole-server.ts'

// A person who is signed in opens a page of somebody else. That page sends forms here with the person's cookies, signs them in to an
// account of its own, frames our pages under its own buttons, or hands out links that lead through our sign-in to somewhere else.

const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
  { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost:4180' },
  { origin: 'https://evil.test' },
  { origin: 'null' },
  { referer: 'https://evil.test/form' },
  {},
]
const KIM = { username: 'kim', password: 'kim-demo-password' }
/** What programs without a session call takes no cookie for a proof, and protocols take forms of other origins by their standard. */
const CHANGING = DOORS.filter(
  ({ method, face, who }) => method !== 'GET' && (face === 'page' || (face === 'api' && who !== 'anyone')),
)

test('[R-158] [SE-07] a form of another origin changes nothing at any door, though every cookie of an administrator is with it', async (t) => {
  const server = await wholeServer(t)
  const { token, deviceToken } = await signInWithCode(server, 'root')
  const names = cookieNames('acme', server.ports.origin)
  const cookie = `${names.session}=${token}; ${names.device}=${deviceToken ?? ''}`
  const before = (await server.trail()).filter(({ ev }) => ev !== 'authz.denied').length
  for (const { method, path, face, name } of CHANGING) {
    // A program sends no word about where it comes from, and no browser sends a form of another origin without one.
    for (const from of face === 'page' ? FOREIGN : FOREIGN.slice(0, -1)) {
      for (const type of face === 'page' ? [FORM] : [FORM, 'text/plain', 'application/json']) {
        const answer = await server.knock(`${method} /acme${path.replaceAll(/:\w+/g, 'kim')}`, {
          headers: { cookie, 'content-type': type, ...from },
          ...(method === 'DELETE'
            ? {}
            : { body: type === 'application/json' ? '{}' : 'username=kim&password=x&confirm=1' }),
        })
        assert.ok(answer.status >= 400 && answer.status < 500, `${name} ${answer.status} ${JSON.stringify(from)}`)
        if (face === 'page') assert.equal(answer.status, 403, `${name} ${JSON.stringify(from)}`)
      }
    }
  }
  const after = (await server.trail()).filter(({ ev }) => ev !== 'authz.denied').length
  assert.equal(after, before)
  assert.deepEqual(server.reports, [])
})

test('[SE-09] a page of somebody else signs nobody in to its own account', async (t) => {
  const server = await wholeServer(t)
  await server.set({ 'two_factor.enabled': false })
  for (const from of FOREIGN) {
    const answer = await server.knock('POST /acme/login', {
      headers: { 'content-type': FORM, ...from },
      body: new URLSearchParams(KIM).toString(),
    })
    assert.equal(answer.status, 403)
    assert.deepEqual(answer.headers.getSetCookie(), [])
  }
  assert.match(cookiesOf(await server.form('/acme/login', KIM)), /-session=st_/)
  // What a program is told is not a cookie: it signs in nobody's browser.
  const told = await server.json('POST /acme/api/v1/login', KIM)
  assert.deepEqual(told.headers.getSetCookie(), [])
})

const TRICKS = [
  '//evil.test',
  '///evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  'https:evil.test',
  'https:/evil.test',
  'https://evil.test/acme/',
  'http://localhost:4180.evil.test/acme/account',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '/acme/%0d%0aLocation:%20https://evil.test',
  '/acme/account\r\nSet-Cookie: a=b',
  '/acme/\u0000',
  '/acme\\..\\evil',
  '/%2f%2fevil.test',
  '/acme/..//evil.test',
  '/acme/%2e%2e//evil.test',
  '//evil。test',
  '/\u2028/evil.test',
  ' //evil.test',
  '\t//evil.test',
  '/other/account',
  '/acmeevil',
  '@evil.test',
  '.evil.test',
  '',
  '/',
  'acme/account',
]

test('[R-159] [SE-10] no trick with the address leads out of the site after the sign-in', async (t) => {
  const server = await wholeServer(t)
  await server.set({ 'two_factor.enabled': false })
  for (const next of TRICKS) {
    const answer = await server.form('/acme/login', { ...KIM, next })
    assert.equal(answer.status, 303, next)
    const to = new URL(answer.headers.get('location') ?? '', server.ports.origin)
    assert.equal(to.origin, server.ports.origin, next)
    assert.match(to.pathname, /^\/acme(?:\/|$)/, next)
    const form = await (await server.knock(`GET /acme/login?next=${encodeURIComponent(next)}`)).text()
    assert.doesNotMatch(form, /value="[^"]*evil/, next)
  }
  assert.equal(safeNext('/acme/account?a=1#b', '/acme'), '/acme/account?a=1#b')
})

test('[R-160] [SE-12] [SE-14] at every door, whoever knocks, the answer has the security headers and can be framed by nobody', async (t) => {
  const server = await wholeServer(t, { origin: 'https://login.example.com' })
  const { token } = await signInWithCode(server, 'root')
  const cookie = `${cookieNames('acme', server.ports.origin).session}=${token}`
  for (const { name, method, path, face } of DOORS) {
    for (const headers of [
      { accept: 'text/html' },
      { accept: 'text/html', cookie, 'sec-fetch-site': 'same-origin', 'x-countersign': '1' },
    ]) {
      // Those that end what is looked at are knocked at without the cookie only.
      if ('cookie' in headers && method !== 'GET') continue
      const type = face === 'api' ? 'application/json' : FORM
      const answer = await server.knock(`${method} /acme${path.replaceAll(/:\w+/g, 'nobody')}`, {
        headers: { ...headers, 'content-type': type },
        ...(method === 'GET' || method === 'DELETE' ? {} : { body: face === 'api' ? '{}' : 'a=b' }),
      })
      const says = (header: string): string => answer.headers.get(header) ?? ''
      assert.match(says('content-security-policy'), /default-src 'none'/, name)
      assert.match(says('content-security-policy'), /frame-ancestors 'none'/, name)
      assert.match(says('content-security-policy'), /base-uri 'none'/, name)
      assert.doesNotMatch(says('content-security-policy'), /unsafe-eval|script-src[^;]*(?:unsafe-inline|\*)/, name)
      assert.equal(says('x-content-type-options'), 'nosniff', name)
      assert.equal(says('referrer-policy'), 'no-referrer', name)
      assert.equal(says('cross-origin-opener-policy'), 'same-origin', name)
      assert.match(says('cache-control'), /no-store/, name)
      assert.match(says('strict-transport-security'), /^max-age=\d{8}; includeSubDomains/, name)
      // What OpenID Connect publishes may be read from anywhere; nothing may be read with the cookies of a person.
      if (face !== 'protocol') assert.equal(says('access-control-allow-origin'), '', name)
      assert.equal(says('access-control-allow-credentials'), '', name)
      assert.equal(says('x-powered-by') + says('server'), '', name)
    }
  }
})
