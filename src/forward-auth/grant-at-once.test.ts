import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Wire } from '#http/shortcut.ts'
import { clearSessions } from '#usecases/sessions.ts'
import { changeUser } from '#usecases/users.ts'
import { browserOfHosts } from '../../test/protocol/browser-of-hosts.ts'
import { protectedWorld } from '../../test/protocol/protected-world.ts'
import { ADMIN } from '../../test/world.ts'

const LOGIN = 'https://login.example.com'
const WIKI = 'https://wiki.example.com'
const DOORS = ['forward-auth', 'auth-request'] as const

/** Somebody who is signed in at the wiki, and both ways of asking about them. */
async function bothWays(t: TestContext) {
  const at = await protectedWorld(t, { origin: LOGIN })
  await at.protect('wiki', 'wiki.example.com')
  const asked: Record<string, string> = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'wiki.example.com',
    'x-forwarded-uri': '/page?x=1',
    'x-forwarded-method': 'GET',
    'x-forwarded-for': '198.51.100.7',
  }
  const browser = browserOfHosts(async ({ url, method, headers, body }) => {
    if (url.origin === LOGIN)
      return at.server.fetch(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }), '10.0.0.9')
    const forwarded = { ...asked, 'x-forwarded-uri': `${url.pathname}${url.search}`, ...Object.fromEntries(headers) }
    return at.server.fetch(new Request('http://inner:1/acme/forward-auth', { headers: forwarded }), '127.0.0.1')
  })
  await browser.open(`${WIKI}/`)
  await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  await browser.submit('/acme/login/code', { code: at.codeFor('kim') })
  const cookie = [...browser.cookies('wiki.example.com')].map((pair) => pair.join('=')).join('; ')

  const short = (door: string, headers: Record<string, string>, more: Partial<Wire> = {}) => {
    const rawHeaders = Object.entries(headers).flat()
    return at.server.short({ method: 'GET', url: `/acme/${door}`, peer: '127.0.0.1', rawHeaders, ...more })
  }
  const long = (door: string, headers: Record<string, string>) =>
    at.server.fetch(new Request(`http://inner:1/acme/${door}`, { headers }), '127.0.0.1')
  return { ...at, headers: { ...asked, cookie }, short, long }
}

/** As a client would read what is written. */
function read(answer: readonly string[]): Map<string, string> {
  const names = answer.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())
  assert.equal(new Set(names).size, names.length, 'a header is written twice')
  return new Map(names.map((name, index) => [name, answer[index * 2 + 1] ?? '']))
}

test('[R-160] the short way says yes in the very words of the long one', async (t) => {
  const { headers, short, long } = await bothWays(t)
  for (const door of DOORS) {
    const said = read((await short(door, headers)) ?? [])
    const whole = await long(door, headers)
    assert.equal(whole.status, 200)
    const ids = [said.get('x-request-id'), whole.headers.get('x-request-id')]
    for (const id of ids) assert.match(id ?? '', /^req_[\w-]{16}$/)
    assert.notEqual(ids[0], ids[1])
    said.delete('x-request-id')
    assert.equal(said.get('content-length'), '0')
    said.delete('content-length')
    const others = new Map([...whole.headers].filter(([name]) => name !== 'x-request-id'))
    assert.deepEqual(Object.fromEntries(said), Object.fromEntries(others))
    assert.equal(said.get('remote-user'), 'kim')
  }
})

test('[OI-10] [OI-12] the short way says nothing where the long one says no, or where a request is odd', async (t) => {
  const { headers, short, long } = await bothWays(t)
  const odd: readonly Record<string, string>[] = [
    { cookie: '' },
    { cookie: `${headers.cookie}A` },
    { cookie: `${headers.cookie}; ${headers.cookie}` },
    { 'x-forwarded-host': 'other.example.com' },
    { 'x-forwarded-host': 'wiki.example.com, evil.test' },
    { 'x-forwarded-host': 'kim@wiki.example.com' },
    { 'x-forwarded-host': '' },
    { 'x-forwarded-proto': 'http' },
  ]
  for (const door of DOORS)
    for (const each of odd) {
      assert.equal(await short(door, { ...headers, ...each }), null, JSON.stringify(each))
      assert.notEqual((await long(door, { ...headers, ...each })).status, 200, JSON.stringify(each))
    }
  const door = 'auth-request'
  const twice = [...Object.entries(headers).flat(), 'X-Forwarded-Host', 'wiki.example.com']
  for (const more of [
    { method: 'POST' },
    { method: 'HEAD' },
    { url: '/acme/auth-request?x' },
    { url: '/acme/auth-request/' },
    { url: '/acme/login' },
    { url: '/other/auth-request' },
    { url: '//acme/auth-request' },
    { rawHeaders: twice },
  ])
    assert.equal(await short(door, headers, more), null, JSON.stringify(more))
  for (const name of ['content-length', 'transfer-encoding', 'upgrade', 'expect'])
    assert.equal(await short(door, { ...headers, [name]: '1' }), null, name)
  const back = { ...headers, 'x-forwarded-uri': '/.countersign/hand-over?code=x' }
  assert.equal(await short('forward-auth', back), null)
})

test('what was let through a moment ago is refused with the next request, on the short way too', async (t) => {
  const at = await bothWays(t)
  assert.ok(await at.short('auth-request', at.headers))
  await changeUser(at.ports, { ...ADMIN, site: 'acme', username: 'kim', fields: { status: 'disabled' } })
  assert.equal(await at.short('auth-request', at.headers), null)
  await changeUser(at.ports, { ...ADMIN, site: 'acme', username: 'kim', fields: { status: 'active' } })
  const back = await at.short('auth-request', at.headers)
  const still = await at.long('auth-request', at.headers)
  assert.equal(back !== null, still.status === 200)
  await clearSessions(at.ports, { ...ADMIN, site: 'acme', devices: false })
  assert.equal(await at.short('auth-request', at.headers), null)
})
