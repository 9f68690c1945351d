import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { test, type TestContext } from 'node:test'
import { DOORS } from '#http/doors.ts'
import { IDENTITY_HEADERS } from '#forward-auth/identity.ts'
import { setApplication } from '#usecases/applications.ts'
import { CERTIFICATE } from '../contracts/courier-certificate.ts'
import { demoUser } from '../enrolment-steps.ts'
import { without } from '../real-parts.ts'
import { ADMIN } from '../world.ts'
import { browserOfHosts, type Outbound } from './browser-of-hosts.ts'
import { deploy } from './deployment.ts'
import type { ProxyName } from './real-proxy.ts'

// The examples as they stand in `examples/`, run by the real proxies, with an application behind them that writes down what reaches it.

const WIKI = 'https://wiki.example.com'

async function deployment(t: TestContext, name: ProxyName) {
  const at = await deploy(t, name)
  const send = (outbound: Outbound) => over(at.port, outbound)
  const browser = browserOfHosts(send)

  async function signIn() {
    await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
    return browser.submit('/acme/login/code', { code: at.codeFor('kim') })
  }
  /** A request as no browser would make it: the path goes out as it is written. */
  const raw = (path: string, headers: Record<string, string> = {}) => {
    const cookie = [...browser.cookies('wiki.example.com')].map((pair) => pair.join('=')).join('; ')
    return over(at.port, { url: new URL(WIKI), method: 'GET', headers: new Headers({ cookie, ...headers }), path })
  }
  return { ...at, browser, signIn, raw, send }
}

async function over(
  port: number,
  { url, method, headers, body, path }: Outbound & { path?: string },
): Promise<Response> {
  const sent = request({
    host: '127.0.0.1',
    port,
    servername: url.hostname,
    method,
    path: path ?? `${url.pathname}${url.search}`,
    headers: { host: url.host, ...Object.fromEntries(headers) },
    ca: CERTIFICATE,
    checkServerIdentity: () => undefined,
    agent: false,
  })
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  const given = new Headers()
  for (let index = 0; index < answer.rawHeaders.length; index += 2)
    given.append(answer.rawHeaders[index] ?? '', answer.rawHeaders[index + 1] ?? '')
  const text = Buffer.concat(chunks)
  const { statusCode: status = 500 } = answer
  return new Response(status === 204 || status === 304 ? null : text, { status, headers: given })
}

for (const name of ['nginx', 'caddy'] as const) {
  const skip = without(name)

  test(`${name}: to the sign-in page, through password and code, and back to the page that was wanted`, {
    skip,
  }, async (t) => {
    const { browser, signIn, reached } = await deployment(t, name)
    const page = await browser.open(`${WIKI}/a/page?x=1&y=2`)
    assert.equal(page.url.href.split('?')[0], 'https://login.example.com/acme/login')
    assert.equal(reached.length, 0)
    const served = await signIn()
    assert.deepEqual([served.url.href, served.text], [`${WIKI}/a/page?x=1&y=2`, 'served /a/page?x=1&y=2'])
    assert.deepEqual(
      IDENTITY_HEADERS.map((each) => reached[0]?.headers[each.toLowerCase()]),
      ['kim', demoUser('kim').displayName, 'kim@acme.test', 'All', 'aal1'],
    )
  })

  test(`${name}: a program without a session is told 401, and nothing of it reaches the application`, {
    skip,
  }, async (t) => {
    const { browser, reached, send } = await deployment(t, name)
    assert.equal((await browser.knock(`${WIKI}/`, { accept: 'application/json' })).status, 401)
    const post = {
      url: new URL(`${WIKI}/save`),
      method: 'POST',
      headers: new Headers({ accept: 'text/html' }),
      body: 'x=1',
    } as const
    assert.equal((await send(post)).status, 401)
    assert.equal(reached.length, 0)
  })

  test(`[OI-10] ${name}: identity headers of a client never reach the application, however they are spelled`, {
    skip,
  }, async (t) => {
    const { browser, reached, signIn, raw } = await deployment(t, name)
    const spoofs = {
      'Remote-User': 'root',
      'Remote-Groups': 'Administrator',
      'Remote-Email': 'root@acme.test',
      'Remote-Name': 'root',
      'Remote-Acr': 'aal3',
      remote_user: 'root',
      Remote_Groups: 'Administrator',
      'Remote.User': 'root',
      'REMOTE-USER': 'root',
      'X-Forwarded-User': 'root',
    }
    for (const [header, value] of Object.entries(spoofs))
      assert.notEqual((await raw('/', { [header]: value, accept: 'application/json' })).status, 200, header)
    assert.equal(reached.length, 0)
    await browser.open(`${WIKI}/`)
    await signIn()
    for (const [header, value] of [
      ...Object.entries(spoofs),
      ['connection', 'close, Remote-User'],
      ['connection', 'keep-alive, Remote-User, Remote-Groups'],
    ] as const) {
      reached.length = 0
      await raw('/page', { [header]: value })
      const [got] = reached
      assert.ok(got, `${header} kept the request from the application`)
      const said = got.rawHeaders.filter(
        (_, index) => index % 2 === 0 && /^(?:remote|x-forwarded-user)/i.test(got.rawHeaders[index] ?? ''),
      )
      assert.deepEqual(
        said.map((each) => each.toLowerCase()).toSorted(),
        IDENTITY_HEADERS.map((each) => each.toLowerCase()).toSorted(),
      )
      assert.deepEqual([got.headers['remote-user'], got.headers['remote-groups']], ['kim', 'All'], header)
    }
  })

  test(`[OI-11] ${name}: no spelling of a path reaches the application without a session`, { skip }, async (t) => {
    const { reached, raw } = await deployment(t, name)
    for (const path of [
      '/public/../admin',
      '/public/%2e%2e/admin',
      '/public%2f..%2fadmin',
      '//admin',
      '/..;/admin',
      '/%61dmin',
      '/admin%00.css',
      '/.countersign/hand-over/../../admin',
      '/.countersign/hand-over%2f..%2fadmin',
      '/.countersign/hand-over',
      '/.countersign/hand-over?code=x',
      '/./.countersign/hand-over/',
      '/countersign/auth-request',
    ])
      for (const accept of ['text/html', 'application/json'])
        for (const more of [
          {},
          { 'x-forwarded-uri': '/' },
          { 'x-forwarded-host': 'wiki.example.com' },
          { 'x-forwarded-method': 'OPTIONS' },
        ])
          assert.notEqual((await raw(path, { accept, ...more })).status, 200, path)
    assert.equal(reached.length, 0)
  })

  test(`[OI-12] ${name}: a host that no application lists is denied, also to somebody who is signed in`, {
    skip,
  }, async (t) => {
    const at = await deployment(t, name)
    await at.browser.open(`${WIKI}/`)
    await at.signIn()
    assert.equal((await at.raw('/')).status, 200)
    await setApplication(at.ports, { ...ADMIN, site: 'acme', name: 'wiki', fields: { hosts: ['other.example.com'] } })
    at.reached.length = 0
    assert.equal((await at.raw('/', { accept: 'text/html' })).status, 403)
    assert.equal((await at.raw('/', { accept: 'text/html', 'x-forwarded-host': 'other.example.com' })).status, 403)
    assert.equal(at.reached.length, 0)
  })
}

test('the example for Traefik, which Debian does not have, names our door, takes foreign headers away and hands over ours', () => {
  const example = readFileSync('examples/traefik/countersign.yml', 'utf8')
  const door = /address: http:\/\/127\.0\.0\.1:8080\/acme(?<path>\S+)/.exec(example)?.groups?.['path']
  assert.ok(DOORS.some(({ path, method }) => path === door && method === 'GET'))
  assert.match(example, /trustForwardHeader: false/)
  const handed = /authResponseHeaders: \[(?<names>[^\]]+)\]/.exec(example)?.groups?.['names']?.split(', ')
  assert.deepEqual(handed, [...IDENTITY_HEADERS])
  for (const header of IDENTITY_HEADERS.flatMap((each) => [each, each.replace('-', '_')]))
    assert.ok(example.includes(`          ${header}: ""\n`), header)
  assert.match(example, /middlewares: \[no-foreign-identity, countersign\]/)
})
