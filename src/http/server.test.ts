import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { Handler } from './call.ts'
import { DOORS, type DoorName } from './doors.ts'
import { type Answered, createServer, type HttpServer, type ServerParts } from './server.ts'

const ACME = {
  id: 'site_acme',
  name: 'acme',
  title: 'Acme',
  settingsVersion: 1,
  sessionEpoch: 1,
  deviceEpoch: 1,
} as const
const OURS = { 'sec-fetch-site': 'same-origin' }

class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

function serve(change: Partial<ServerParts> = {}): { server: HttpServer; reports: unknown[] } {
  const reports: unknown[] = []
  const answer: Handler = async ({ request, url, params, origin }) => {
    if (url.searchParams.has('boom')) throw new Error('the password is 1234')
    if (url.searchParams.has('down')) throw new StoreUnavailable('cannot open /var/secret.db')
    return Response.json({ params, address: origin.address, method: request.method })
  }
  const server = createServer({
    origin: 'https://login.example.com',
    findSite: async (name) => (name === 'acme' ? ACME : null),
    handlers: Object.fromEntries(DOORS.map(({ name }) => [name, answer])) as Record<DoorName, Handler>,
    errorPage: ({ status, title, detail }) =>
      new Response(`<h1>${title}</h1><p>${detail}</p>`, {
        status,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      }),
    ready: async () => ({ ok: true, detail: 'ready' }),
    trustedProxies: () => false,
    random: { bytes: (length) => new Uint8Array(length) },
    report: (error) => reports.push(error),
    ...change,
  })
  return { server, reports }
}

async function ask(
  server: HttpServer,
  door: string,
  headers: Record<string, string> = {},
  base = 'https://login.example.com',
) {
  const [method = '', path = ''] = door.split(' ')
  const response = await server.fetch(new Request(`${base}${path}`, { method, headers }), '198.51.100.7')
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test('every door is behind its site and its path', async () => {
  const { server } = serve()
  for (const { method, path, face } of DOORS) {
    const there = `/acme${path.replace(':token', 'a%2Fb')}`
    const answer = await ask(server, `${method} ${there}`, OURS)
    assert.equal(answer.status, 200, `${method} ${path}`)
    if (path.includes(':token')) assert.equal(JSON.parse(answer.text).params.token, 'a/b')
    assert.equal((await ask(server, `${method} /nobody${path}`, OURS)).status, 404)
    if (face === 'page' && method !== 'GET') assert.equal((await ask(server, `${method} ${there}`)).status, 403, path)
  }
})

test('what is not there is 404, a page for browsers and a problem for programs', async () => {
  const { server } = serve()
  for (const path of [
    '/acme/nothing',
    '/acme/login/nothing',
    '/Acme/login',
    '/acme%2flogin',
    '/healthz/login',
    '//login',
    '/mailbox',
  ]) {
    const answer = await ask(server, `GET ${path}`)
    assert.equal(answer.status, 404, path)
    assert.equal(JSON.parse(answer.text).code, 'not_found')
  }
  assert.match((await ask(server, 'GET /acme/nothing', { accept: 'text/html' })).text, /^<h1>/)
  assert.match((await ask(server, 'GET /acme/api/v1/nothing', { accept: 'text/html' })).text, /^\{/)
})

test('another method is told which ones there are', async () => {
  const { server } = serve()
  const settings = await ask(server, 'PUT /acme/api/v1/settings')
  assert.equal(settings.status, 405)
  assert.equal(settings.headers.get('allow'), 'GET, HEAD, PATCH')
  assert.equal(JSON.parse(settings.text).code, 'method_not_allowed')
  const login = await ask(server, 'DELETE /acme/login', OURS)
  assert.equal(login.status, 405)
  assert.equal(login.headers.get('allow'), 'GET, HEAD, POST')
  assert.match(login.text, /^<h1>/)
  assert.equal((await ask(server, 'OPTIONS /acme/api/v1/login')).status, 405)
})

test('the address of a form, loaded by hand, leads to the sign-in page', async () => {
  const { server } = serve()
  const code = await ask(server, 'GET /acme/login/code')
  assert.equal(code.status, 303)
  assert.equal(code.headers.get('location'), '/acme/login')
})

test('HEAD is GET without the body', async () => {
  const { server } = serve()
  const answer = await ask(server, 'HEAD /acme/login')
  assert.equal(answer.status, 200)
  assert.equal(answer.text, '')
  assert.equal(answer.headers.get('content-type'), 'application/json')
})

test('a slash too many at the end leads to the page, never to another host', async () => {
  const { server } = serve()
  assert.equal((await ask(server, 'GET /acme/login/?next=%2Facme')).headers.get('location'), '/acme/login?next=%2Facme')
  assert.equal((await ask(server, 'GET /acme/')).headers.get('location'), '/acme')
  assert.equal((await ask(server, 'GET //evil.test/')).headers.get('location'), null)
  assert.equal((await ask(server, 'POST /acme/login/', OURS)).status, 404)
})

test('only the configured host is answered', async () => {
  const { server } = serve()
  for (const base of [
    'https://evil.test',
    'https://login.example.com.evil.test',
    'https://localhost',
    'https://login.example.com:8443',
  ]) {
    const answer = await ask(server, 'GET /acme/login', {}, base)
    assert.equal(answer.status, 421, base)
    assert.equal(JSON.parse(answer.text).code, 'misdirected')
  }
  // A proxy that takes the encryption off passes the host on.
  assert.equal((await ask(server, 'GET /acme/login', {}, 'http://login.example.com')).status, 200)
  assert.equal((await ask(server, 'GET /acme/login', {}, 'http://login.example.com:443')).status, 200)
  assert.equal((await ask(server, 'GET /healthz', {}, 'http://10.0.0.5')).status, 200)
  const { server: local } = serve({ origin: 'http://localhost:4180' })
  for (const base of ['http://localhost:4180', 'http://127.0.0.1:4180', 'http://[::1]:4180']) {
    assert.equal((await ask(local, 'GET /acme/login', {}, base)).status, 200, base)
  }
  assert.equal((await ask(local, 'GET /acme/login', {}, 'http://127.0.0.1:9999')).status, 421)
  assert.equal((await ask(local, 'GET /acme/login', {}, 'http://login.lan:4180')).status, 421)
})

test('[R-224] what goes wrong inside is reported once and told to nobody', async () => {
  const { server, reports } = serve()
  for (const path of ['/acme/login?boom', '/acme/api/v1/session?boom']) {
    const answer = await ask(server, `GET ${path}`)
    assert.equal(answer.status, 500)
    assert.doesNotMatch(answer.text, /1234/)
    assert.ok(answer.text.includes(answer.headers.get('x-request-id') ?? 'none'))
  }
  assert.equal(reports.length, 2)
  const down = await ask(server, 'GET /acme/api/v1/session?down')
  assert.equal(down.status, 503)
  assert.equal(down.headers.get('retry-after'), '5')
  assert.doesNotMatch(down.text, /secret/)
  assert.match((await ask(server, 'GET /acme/login?down', { accept: 'text/html' })).text, /^<h1>/)
  const { server: blind, reports: found } = serve({ findSite: () => Promise.reject(new StoreUnavailable('gone')) })
  assert.equal((await ask(blind, 'GET /acme/login')).status, 503)
  assert.equal(found.length, 1)
})

test('every answer has the security headers', async () => {
  const { server } = serve()
  for (const path of [
    '/',
    '/healthz',
    '/acme/login',
    '/acme/login/',
    '/nothing',
    '/acme/login?boom',
    '/acme/api/v1/session',
  ]) {
    const { headers } = await ask(server, `GET ${path}`)
    assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'.*frame-ancestors 'none'/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.match(headers.get('strict-transport-security') ?? '', /^max-age=\d{8}/)
  }
  const { server: plain } = serve({ origin: 'http://login.lan:8080' })
  const { headers } = await ask(plain, 'GET /acme/login', {}, 'http://login.lan:8080')
  assert.equal(headers.get('strict-transport-security'), null)
  assert.equal(headers.get('referrer-policy'), 'same-origin')
})

test('the addresses of the deployment come before the sites', async () => {
  const extra = async (request: Request) =>
    request.url.endsWith('/assets/a.css')
      ? new Response('a {}', { headers: { 'cache-control': 'max-age=9' } })
      : undefined
  const { server } = serve({
    extra,
    home: async () => 'acme',
    ready: async () => ({ ok: false, detail: 'no database' }),
  })
  const asset = await ask(server, 'GET /assets/a.css')
  assert.equal(asset.text, 'a {}')
  assert.equal(asset.headers.get('cache-control'), 'max-age=9')
  assert.equal((await ask(server, 'GET /assets/login')).status, 404)
  assert.equal((await ask(server, 'GET /')).headers.get('location'), '/acme/login')
  const ready = await ask(server, 'GET /readyz')
  assert.equal(ready.status, 503)
  assert.equal(ready.text, 'no database\n')
})

test('a body that is announced as too large is refused unread', async () => {
  const { server } = serve()
  const answer = await ask(server, 'POST /acme/api/v1/login', { 'content-length': '10000000' })
  assert.equal(answer.status, 413)
})

test('over a socket: the peer is the client, odd requests get a 4xx, and closing lets a request finish', async (t) => {
  let release = (): void => {}
  const waiting = new Promise<void>((done) => (release = done))
  const handlers = Object.fromEntries(
    DOORS.map(({ name }) => [name, async () => new Response(name)]),
  ) as unknown as Record<DoorName, Handler>
  const slow: Handler = async ({ origin }) => {
    await waiting
    return new Response(origin.address)
  }
  const { server } = serve({ origin: 'http://localhost:4180', handlers: { ...handlers, 'api.session': slow } })
  const listening = await server.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => listening.close())
  const exchange = (text: string): Promise<string> =>
    new Promise((done, failed) => {
      let answer = ''
      const socket = connect(listening.port, '127.0.0.1', () => socket.write(text))
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
      socket.on('close', () => done(answer)).on('error', failed)
    })
  const head = 'Connection: close\r\n\r\n'
  assert.match(await exchange(`GET /acme/login HTTP/1.1\r\nHost: localhost:4180\r\n${head}`), /^HTTP\/1.1 200 /)
  assert.match(await exchange(`GET /acme/login HTTP/1.1\r\nHost: evil.test\r\n${head}`), /^HTTP\/1.1 421 /)
  for (const odd of [
    'Host: a b\r\n',
    'Host: localhost:4180\r\nHost: evil.test\r\n',
    '',
    'Host: localhost:4180/@evil.test\r\n',
  ]) {
    assert.match(await exchange(`GET /acme/login HTTP/1.1\r\n${odd}${head}`), /^HTTP\/1.1 4\d\d /, odd)
  }
  assert.match(
    await exchange(`GET http://evil.test/acme/login HTTP/1.1\r\nHost: localhost:4180\r\n${head}`),
    /^HTTP\/1.1 4\d\d /,
  )
  const large = `GET /acme/login HTTP/1.1\r\nHost: localhost:4180\r\nX: ${'x'.repeat(20_000)}\r\n${head}`
  assert.match(await exchange(large), /^HTTP\/1.1 431 /)

  const last = exchange(`GET /acme/api/v1/session HTTP/1.1\r\nHost: localhost:4180\r\n${head}`)
  await new Promise((done) => setTimeout(done, 50))
  const closed = listening.close()
  release()
  await closed
  const answer = await last
  assert.match(answer, /127\.0\.0\.1$/)
  await assert.rejects(exchange(`GET / HTTP/1.1\r\nHost: localhost:4180\r\n${head}`))
})

test('[SK-05] every answer is told with its door, and with nothing that was sent', async () => {
  const told: Answered[] = []
  const { server } = serve({ observe: (answered) => told.push(answered) })
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  await ask(server, 'GET /acme/login?boom=canary', { traceparent, cookie: 'c=canary', 'user-agent': 'canary' })
  await ask(server, 'GET /acme/canary')
  await ask(server, 'GET /canary/login')
  assert.deepEqual(
    told.map(({ door, site, status, method }) => [door, site, status, method]),
    [
      ['page.login', 'acme', 500, 'GET'],
      [null, null, 404, 'GET'],
      [null, null, 404, 'GET'],
    ],
  )
  assert.equal(told[0]?.traceId, '4bf92f3577b34da6a3ce929d0e0e4736')
  assert.doesNotMatch(JSON.stringify(told), /canary/)
})

test('/metrics exists for those who may read it, and for nobody whom a proxy brings along', async () => {
  const metrics = { readableFrom: (address: string) => address === '127.0.0.1', text: () => 'up 1\n' }
  const { server } = serve({ metrics, trustedProxies: (address) => address === '10.0.0.1' })
  const from = async (peer: string, headers: Record<string, string> = {}) =>
    (await server.fetch(new Request('http://10.1.1.1:9999/metrics', { headers }), peer)).status
  assert.equal(await from('127.0.0.1'), 200)
  assert.equal(await from('198.51.100.7'), 404)
  for (const headers of [{ 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }, { via: '1.1 proxy' }])
    assert.equal(await from('127.0.0.1', headers as Record<string, string>), 404)
  assert.equal(await from('10.0.0.1', { 'x-forwarded-for': '127.0.0.1' }), 200)
  assert.equal(await from('10.0.0.1', { 'x-forwarded-for': '198.51.100.7' }), 404)
})

test('password managers are led to the page for another password, where there is one site', async () => {
  const led = async (home: string | undefined) => {
    const { server } = serve({ home: async () => home })
    const { status, headers } = await ask(server, 'GET /.well-known/change-password')
    return [status, headers.get('location')]
  }
  assert.deepEqual(await led('acme'), [302, '/acme/account/password'])
  assert.deepEqual(await led(undefined), [302, '/'])
})
