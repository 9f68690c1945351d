import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { changeUser } from '#usecases/users.ts'
import { createApplication } from '#usecases/create-application.ts'
import { clearSessions } from '#usecases/sessions.ts'
import { browserOfHosts } from '../../test/protocol/browser-of-hosts.ts'
import { protectedWorld } from '../../test/protocol/protected-world.ts'
import { demoUser } from '../../test/enrolment-steps.ts'
import { ADMIN } from '../../test/world.ts'

const LOGIN = 'https://login.example.com'
const WIKI = 'https://wiki.example.com'

/** A proxy that does what ours in `examples/` do: it asks first, and passes on only what was answered 200. */
async function behindProxy(t: TestContext) {
  const at = await protectedWorld(t, { origin: LOGIN })
  await at.protect('wiki', 'wiki.example.com')
  const ask = (url: string, headers: Record<string, string> = {}, door = 'forward-auth') => {
    const { protocol, host, pathname, search } = new URL(url)
    const forwarded = {
      'x-forwarded-proto': protocol.slice(0, -1),
      'x-forwarded-host': host,
      'x-forwarded-uri': `${pathname}${search}`,
      'x-forwarded-method': 'GET',
      'x-forwarded-for': '198.51.100.7',
    }
    const request = new Request(`http://countersign:8080/acme/${door}`, { headers: { ...forwarded, ...headers } })
    return at.server.fetch(request, '127.0.0.1')
  }
  const browser = browserOfHosts(async ({ url, method, headers, body }) => {
    if (url.origin === LOGIN)
      return at.server.fetch(
        new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
        '198.51.100.7',
      )
    const answer = await ask(url.href, Object.fromEntries(headers))
    if (answer.status !== 200) return answer
    return new Response(`served ${url.pathname}${url.search}`, { headers: answer.headers })
  })
  async function signIn(username = 'kim') {
    await browser.submit('/acme/login', { username, password: `${username}-demo-password` })
    return browser.submit('/acme/login/code', { code: at.codeFor(username) })
  }
  return { ...at, ask, browser, signIn }
}

test('a browser is led to the sign-in page and back to the page it wanted, with who it is', async (t) => {
  const { browser, signIn } = await behindProxy(t)
  const page = await browser.open(`${WIKI}/a/page?x=1&y=%C3%BC`)
  assert.equal(page.url.pathname, '/acme/login')
  assert.equal(page.url.searchParams.get('application'), 'wiki')
  const served = await signIn()
  assert.equal(served.url.href, `${WIKI}/a/page?x=1&y=%C3%BC`)
  assert.equal(served.text, 'served /a/page?x=1&y=%C3%BC')
  assert.deepEqual(
    ['remote-user', 'remote-name', 'remote-email', 'remote-groups', 'remote-acr'].map((name) =>
      served.headers.get(name),
    ),
    ['kim', demoUser('kim').displayName, 'kim@acme.test', 'All', 'aal1'],
  )
  assert.equal((await browser.open(`${WIKI}/other`)).text, 'served /other')
})

test('the form with the code is answered by a page of our own server, as form-action asks for', async (t) => {
  const { browser, signIn } = await behindProxy(t)
  await browser.open(`${WIKI}/`)
  await signIn()
  const from = browser.history.lastIndexOf(`${LOGIN}/acme/login/code`)
  const [, next = '', after = ''] = browser.history.slice(from)
  assert.ok(next.startsWith(`${LOGIN}/acme/hand-over?`), next)
  assert.ok(after.startsWith(`${WIKI}/.countersign/hand-over?code=`), after)
})

test('whoever is signed in already goes through without being asked, and out of every host at once', async (t) => {
  const at = await behindProxy(t)
  await at.protect('shop', 'shop.example.com')
  await at.browser.open(`${WIKI}/`)
  await at.signIn()
  assert.equal((await at.browser.open('https://shop.example.com/cart')).text, 'served /cart')
  await clearSessions(at.ports, { ...ADMIN, site: 'acme', devices: false })
  for (const place of [WIKI, 'https://shop.example.com'])
    assert.equal((await at.browser.knock(`${place}/`)).status, 302)
})

test('a program is told 401, and so is a form that would be lost on the way', async (t) => {
  const { ask } = await behindProxy(t)
  for (const headers of [
    {},
    { accept: 'application/json' },
    { accept: 'text/html', 'x-forwarded-method': 'POST' },
    { accept: 'text/html', 'sec-fetch-mode': 'cors' },
  ])
    assert.equal((await ask(`${WIKI}/`, headers)).status, 401)
  assert.equal((await ask(`${WIKI}/`, { accept: 'text/html' })).status, 302)
})

test('nginx is answered 200 or 401 and nothing else', async (t) => {
  const at = await behindProxy(t)
  for (const url of [`${WIKI}/`, 'https://nobody.example.com/', 'http://wiki.example.com/'])
    assert.equal((await at.ask(url, { accept: 'text/html' }, 'auth-request')).status, 401)
  assert.equal((await at.ask(`${WIKI}/`, { 'x-forwarded-host': '' }, 'auth-request')).status, 401)
  await at.browser.open(`${WIKI}/`)
  await at.signIn()
  const cookie = [...at.browser.cookies('wiki.example.com')].map((pair) => pair.join('=')).join('; ')
  const answer = await at.ask(`${WIKI}/`, { cookie }, 'auth-request')
  assert.deepEqual([answer.status, answer.headers.get('remote-user')], [200, 'kim'])
})

test('[OI-12] a host that nobody listed is denied, signed in or not, and nobody is led there', async (t) => {
  const at = await behindProxy(t)
  await at.browser.open(`${WIKI}/`)
  await at.signIn()
  const cookie = [...at.browser.cookies('wiki.example.com')].map((pair) => pair.join('=')).join('; ')
  for (const host of [
    'other.example.com',
    'wiki.example.com.evil.test',
    'wiki.example.com:8443',
    'wiki.example.com.',
  ]) {
    const answer = await at.ask(`https://${host}/`, { accept: 'text/html', cookie })
    assert.deepEqual([answer.status, answer.headers.get('location')], [403, null], host)
  }
  for (const to of [
    'https://other.example.com/',
    'https://wiki.example.com@evil.test/',
    'https://evil.test/?https://wiki.example.com/',
    'http://wiki.example.com/',
    'javascript:alert(1)',
    '//wiki.example.com/',
  ]) {
    const query = new URLSearchParams({ to, visit: '0'.repeat(64) })
    const page = await at.browser.open(`${LOGIN}/acme/hand-over?${query.toString()}`)
    assert.ok([400, 403].includes(page.status), to)
    assert.doesNotMatch(page.text, /http-equiv|\?code=/)
  }
})

test('[OI-12] forwarding headers that are missing, doubled or odd are refused', async (t) => {
  const { ask } = await behindProxy(t)
  for (const odd of [
    { 'x-forwarded-host': '' },
    { 'x-forwarded-host': 'wiki.example.com, evil.test' },
    { 'x-forwarded-host': 'evil.test/wiki.example.com' },
    { 'x-forwarded-host': 'kim@wiki.example.com' },
    { 'x-forwarded-proto': '' },
    { 'x-forwarded-proto': 'https, http' },
    { 'x-forwarded-proto': 'javascript' },
    { 'x-forwarded-proto': 'http' },
  ])
    assert.equal((await ask(`${WIKI}/`, { accept: 'text/html', ...odd })).status, 400, JSON.stringify(odd))
})

test('[OI-11] however a path is spelled, the whole host is judged: one answer without a session, one with', async (t) => {
  const at = await behindProxy(t)
  const spellings = [
    '/public/../admin',
    '/public/%2e%2e/admin',
    '/public%2f..%2fadmin',
    '//admin',
    '/..;/admin',
    '/%61dmin',
    '/admin%00.css',
    '/\\admin',
    'admin',
    '',
    '/a b',
    `/${'a'.repeat(5_000)}`,
    '/.countersign/hand-over/../admin',
    '/.countersign/hand-over%2f..%2fadmin',
  ]
  for (const uri of spellings) assert.equal((await at.ask(`${WIKI}/`, { 'x-forwarded-uri': uri })).status, 401, uri)
  for (const uri of spellings) {
    const answer = await at.ask(`${WIKI}/`, { accept: 'text/html', 'x-forwarded-uri': uri })
    const to = new URL(new URL(answer.headers.get('location') ?? '').searchParams.get('to') ?? '')
    assert.equal(to.origin, WIKI, uri)
  }
  await at.browser.open(`${WIKI}/`)
  await at.signIn()
  const cookie = [...at.browser.cookies('wiki.example.com')].map((pair) => pair.join('=')).join('; ')
  for (const uri of spellings)
    assert.equal((await at.ask(`${WIKI}/`, { cookie, 'x-forwarded-uri': uri })).status, 200, uri)
})

test('what one host holds is worth nothing at another, nor at ours', async (t) => {
  const at = await behindProxy(t)
  await at.protect('shop', 'shop.example.com')
  await at.browser.open(`${WIKI}/`)
  await at.signIn()
  const name = '__Host-cs-acme-pass'
  const pass = at.browser.cookies('wiki.example.com').get(name) ?? ''
  assert.equal((await at.ask(`${WIKI}/`, { cookie: `${name}=${pass}` })).status, 200)
  assert.equal((await at.ask('https://shop.example.com/', { cookie: `${name}=${pass}` })).status, 401)
  const token = { authorization: `Bearer ${pass}` }
  const api = await at.server.fetch(new Request(`${LOGIN}/acme/api/v1/session`, { headers: token }))
  assert.equal(api.status, 401)
  const session = at.browser.cookies('login.example.com').get('__Host-cs-acme-session')
  assert.equal((await at.ask(`${WIKI}/`, { cookie: `${name}=${session}` })).status, 401)
  for (const broken of ['', 'v1.00000000.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA', `${pass}A`, pass.slice(0, -2)])
    assert.equal((await at.ask(`${WIKI}/`, { cookie: `${name}=${broken}` })).status, 401)
})

test('a code is good for the browser that went, for a minute, and for its host', async (t) => {
  const at = await behindProxy(t)
  await at.browser.open(`${WIKI}/`)
  await at.signIn()
  const code = at.browser.history.find((each) => each.includes('?code=')) ?? ''
  const visit = [...at.browser.cookies('wiki.example.com')].find(([name]) => name.endsWith('-visit'))?.join('=') ?? ''
  const again = await at.ask(code, { cookie: visit })
  assert.equal(again.status, 302)
  for (const cookie of ['', visit.replace(/.$/, 'x'), visit.replace(/=.*/, '=AAAAAAAAAAAAAAAAAAAAAA')]) {
    const stranger = await at.ask(code, { cookie })
    assert.deepEqual([stranger.status, stranger.headers.getSetCookie()], [403, []])
  }
  assert.equal((await at.ask(code.replace('wiki', 'shop'), { cookie: visit })).status, 403)
  at.clock.pass(seconds(60))
  const late = await at.ask(code, { cookie: visit })
  assert.deepEqual([late.status, late.headers.getSetCookie()], [403, []])
})

test("an application that wants more than the session has leads to a sign-in, and the user's rights of now count", async (t) => {
  const at = await behindProxy(t)
  await at.set({ 'two_factor.require_all': false })
  await at.browser.open(`${WIKI}/`)
  const served = await at.browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  assert.equal(served.headers.get('remote-acr'), 'aal1')
  await changeUser(at.ports, { ...ADMIN, site: 'acme', username: 'kim', fields: { twoFactorEmail: true } })
  await at.protect('safe', 'safe.example.com')
  const asked = await at.browser.open('https://safe.example.com/')
  assert.equal(asked.url.pathname, '/acme/login')
  await at.signIn()
  assert.equal((await at.browser.open('https://safe.example.com/')).text, 'served /')
  await changeUser(at.ports, { ...ADMIN, site: 'acme', username: 'kim', fields: { status: 'disabled' } })
  at.clock.pass(minutes(1))
  assert.equal((await at.browser.knock('https://safe.example.com/')).status, 302)
})

test('[OI-10] what is said of somebody is plain bytes: no name adds a header or a group', async (t) => {
  const at = await behindProxy(t)
  const fields = { displayName: 'Kim Łee, admin', roles: [] }
  await changeUser(at.ports, { ...ADMIN, site: 'acme', username: 'kim', fields })
  await at.browser.open(`${WIKI}/`)
  const served = await at.signIn()
  const name = Buffer.from(served.headers.get('remote-name') ?? '', 'latin1').toString('utf8')
  assert.equal(name, 'Kim Łee, admin')
  assert.equal(served.headers.get('remote-groups'), 'All')
})

test('[TB-10] [PO-04] an application that wants a fresh proof gets one, from a browser that is remembered elsewhere too', async (t) => {
  const at = await behindProxy(t)
  await createApplication(at.ports, {
    ...ADMIN,
    site: 'acme',
    name: 'safe',
    fields: { hosts: ['safe.example.com'], intervalHours: 0 },
  })
  await at.browser.open(`${WIKI}/`)
  await at.browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  await at.browser.submit('/acme/login/code', { code: at.codeFor('kim'), remember: 'yes' })
  at.clock.pass(minutes(20))
  await clearSessions(at.ports, { ...ADMIN, site: 'acme', devices: false })
  // The browser is remembered, so the wiki asks for the password alone …
  await at.browser.open(`${WIKI}/`)
  const spared = await at.browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  assert.deepEqual([spared.text, spared.headers.get('remote-acr')], ['served /', 'aal1'])
  // … and the other application for a code all the same.
  const before = at.messages().length
  const asked = await at.browser.open('https://safe.example.com/')
  assert.equal(asked.url.pathname, '/acme/login')
  await at.browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  assert.equal(at.messages().length, before + 1)
  assert.equal((await at.browser.submit('/acme/login/code', { code: at.codeFor('kim') })).text, 'served /')
})
