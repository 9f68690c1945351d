import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { cookiesOf, FORM, type WholeServer, wholeServerOver } from '../whole-server.ts'
import { createApplication } from '#usecases/create-application.ts'
import { ADMIN, world } from '../world.ts'
import { addProvider } from './saml-world.ts'

// The server where it is not alone at its host, and a site with a host of its own: nothing that a page, a redirect, a mail or a document
// says may leave the address that people use.

const PLACES = [
  ['below a path', { origin: 'https://intranet.test/login' }, 'https://intranet.test/login/acme'],
  ['at a host of its own', { own: 'https://login.acme.test' }, 'https://login.acme.test'],
  ['below a path of its own', { own: 'https://www.acme.test/sso' }, 'https://www.acme.test/sso'],
] as const

async function serverAt(
  t: TestContext,
  place: { readonly origin?: string; readonly own?: string },
): Promise<WholeServer> {
  const small = await world({ origin: place.origin ?? 'https://login.example.com', races: false })
  t.after(small.close)
  if (place.own !== undefined) Object.assign(small.ports, { siteAddresses: new Map([['acme', place.own]]) })
  return wholeServerOver(small)
}

/** A browser that follows redirects, sends its forms, and holds every address on a page to be below `address`. */
function browserAt(server: WholeServer, address: string) {
  let cookies = ''
  const go = async (url: string, form?: Readonly<Record<string, string>>): Promise<{ url: string; markup: string }> => {
    assert.ok(
      `${url}/`.startsWith(`${address}/`) || `${url}?`.startsWith(`${address}?`),
      `${url} is not below ${address}`,
    )
    const { origin, pathname, search } = new URL(url)
    const headers = { accept: 'text/html', cookie: cookies, origin, ...(form ? { 'content-type': FORM } : {}) }
    const body = form ? { body: new URLSearchParams(form).toString() } : {}
    const answer = await server.knock(`${form ? 'POST' : 'GET'} ${pathname}${search}`, {
      base: origin,
      headers,
      ...body,
    })
    cookies = [cookies, cookiesOf(answer)].filter((each) => each !== '').join('; ')
    const location = answer.headers.get('location')
    if (location !== null) return go(new URL(location, url).href)
    assert.ok(answer.status < 400, `${url} ${answer.status}`)
    const markup = await answer.text()
    for (const [, place = ''] of markup.matchAll(/ (?:href|action|src)="([^"#]+)"/g)) {
      if (/^(?:data|mailto|tel|otpauth):/.test(place)) continue
      const there = new URL(place.replaceAll('&amp;', '&'), url)
      const shared = there.pathname.includes('/assets/')
      const below = shared ? address.replace(/\/acme$/, '') : address
      assert.ok(there.href === address || there.href.startsWith(`${below}/`), `${place} on ${url}`)
      if (shared) {
        const file = await server.knock(`GET ${there.pathname}`, { base: there.origin })
        assert.equal(file.status, 200, there.href)
      }
    }
    return { url, markup }
  }
  return { go, cookies: () => cookies }
}

for (const [where, place, address] of PLACES) {
  test(`${where}: a person signs in with a code, and follows the link of a mail, and never leaves ${address}`, async (t) => {
    const server = await serverAt(t, place)
    const browser = browserAt(server, address)
    const { url } = await browser.go(address)
    assert.equal(url, `${address}/login`)
    const asked = await browser.go(url, { username: 'kim', password: 'kim-demo-password' })
    const [, login = ''] = /name="login" value="([^"]+)"/.exec(asked.markup) ?? []
    const home = await browser.go(`${url}/code`, { login, code: server.codeFor('kim') })
    assert.equal(home.url, `${address}/account`)
    await browser.go(`${address}/forgotten`, { username: 'kim' })
    await server.pump()
    const mailed = /https:\S+/.exec(server.messages('email')[0]?.text ?? '')?.[0] ?? ''
    assert.ok(mailed.startsWith(`${address}/reset/`), mailed)
    assert.match((await browser.go(mailed)).markup, /name="password"/)
  })

  test(`${where}: whoever is signed in has all own pages there, and signs out by API`, async (t) => {
    const server = await serverAt(t, place)
    await server.set({ 'two_factor.enabled': false })
    const browser = browserAt(server, address)
    const home = await browser.go(`${address}/login`, { username: 'kim', password: 'kim-demo-password' })
    assert.equal(home.url, `${address}/account`)
    for (const page of ['/account', '/account/password', '/account/recovery', '/account/passkey'])
      assert.match((await browser.go(`${address}${page}`)).markup, /<h1>/)
    const { origin, pathname } = new URL(address)
    const changed = await server.knock(`DELETE ${pathname.replace(/\/$/, '')}/api/v1/session`, {
      base: origin,
      headers: { cookie: browser.cookies(), 'x-countersign': '1', origin },
    })
    assert.equal(changed.status, 204)
    assert.equal((await browser.go(`${address}/account`)).url.split('?')[0], `${address}/login`)
  })

  test(`${where}: what programs are told is there too`, async (t) => {
    const server = await serverAt(t, place)
    const { origin, pathname } = new URL(address)
    const path = pathname.replace(/\/$/, '')
    const ask = async (door: string): Promise<Record<string, unknown>> => {
      const answer = await server.knock(`GET ${path}${door}`, { base: origin })
      return (await answer.json()) as Record<string, unknown>
    }
    const discovery = await ask('/oidc/.well-known/openid-configuration')
    assert.equal(discovery['issuer'], `${address}/oidc`)
    for (const [name, value] of Object.entries(discovery))
      if (name.endsWith('_endpoint') || name === 'jwks_uri')
        assert.ok(String(value).startsWith(`${address}/oidc/`), name)
    assert.equal(((await ask('/oidc/jwks'))['keys'] as unknown[]).length, 1)
    const { servers } = (await ask('/api/v1/openapi.json')) as { servers?: { url: string }[] }
    assert.deepEqual(servers, [{ url: `${address}/api/v1` }])
    const made = await server.knock(`POST ${path}/api/v1/users`, {
      base: origin,
      headers: { authorization: `Bearer ${server.keys.admin}`, 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'lee', email: 'lee@acme.test' }),
    })
    assert.equal(made.headers.get('location'), `${address}/api/v1/users/lee`)

    await addProvider(server, 'corp')
    const metadata = await (await server.knock(`GET ${path}/saml/corp/metadata`, { base: origin })).text()
    assert.match(metadata, new RegExp(`Location="${address}/saml/corp/acs"`))
    const toProvider = await server.knock(`GET ${path}/saml/corp/login`, { base: origin })
    assert.match(toProvider.headers.getSetCookie()[0] ?? '', new RegExp(`; Path=${path}/saml/corp/acs;`))

    const fields = { hosts: ['wiki.acme.test'] }
    const saved = await createApplication(server.ports, { ...ADMIN, site: 'acme', name: 'wiki', fields })
    assert.equal(saved.kind, 'saved')
    const asked = await server.knock('GET /acme/forward-auth', {
      base: 'http://127.0.0.1:4180',
      headers: {
        accept: 'text/html',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'wiki.acme.test',
        'x-forwarded-uri': '/page',
      },
    })
    const leave = asked.headers.get('location') ?? ''
    assert.ok(leave.startsWith(`${address}/hand-over?`), leave)
    const signIn = await server.knock(`GET ${leave.slice(origin.length)}`, { base: origin })
    assert.ok((signIn.headers.get('location') ?? '').startsWith(`${path}/login?`), 'and from there to the sign-in')
  })
}

test('a path that begins like another host leads nowhere', async (t) => {
  const server = await serverAt(t, { origin: 'https://intranet.test/login' })
  for (const path of ['/login//evil.test/', '/login//evil.test/acme/login', '//evil.test/', '/login/%2f/evil.test/']) {
    const answer = await server.knock(`GET ${path}`, { base: 'https://intranet.test' })
    const location = answer.headers.get('location')
    assert.ok(location === null || new URL(location, 'https://intranet.test').host === 'intranet.test', path)
    assert.ok(answer.status < 500, path)
  }
})

test('a site with an address of its own is led there from the common one, and no form is taken at the wrong place', async (t) => {
  const server = await serverAt(t, { own: 'https://login.acme.test' })
  const base = 'https://login.example.com'
  const led = await server.knock('GET /acme/login?next=x', { base })
  assert.deepEqual([led.status, led.headers.get('location')], [302, 'https://login.acme.test/login?next=x'])
  const form = { body: 'username=kim&password=kim-demo-password', headers: { 'content-type': FORM, origin: base } }
  assert.equal((await server.knock('POST /acme/login', { base, ...form })).status, 421)
  const own = 'https://login.acme.test'
  assert.equal((await server.knock('POST /login', { base: own, ...form })).status, 403, 'a page of the common address')
  const right = { ...form, headers: { ...form.headers, origin: own } }
  assert.equal((await server.knock('POST /login', { base: own, ...right })).status, 303)
  // It is the only site there, and so what the common address leads to.
  const home = await server.knock('GET /', { base })
  assert.equal(home.headers.get('location'), 'https://login.acme.test/login')
  // Proxies ask by whatever inner address they know.
  assert.equal((await server.knock('GET /acme/auth-request', { base: 'http://127.0.0.1:4180' })).status, 401)
})
