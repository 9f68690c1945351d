import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { wholeServer } from '../whole-server.ts'

// Somebody asks for a mail in another person's name, and writes their own host into the request: into Host, or into the headers that
// proxies use. Were the link of the mail made from it, the person would carry the token of the link to them.

const ORIGIN = 'http://localhost:4180'
const SAM = { username: 'sam', password: 'sam-demo-password' }
const SAYS_EVIL = {
  'x-forwarded-host': 'evil.test',
  'x-forwarded-proto': 'https',
  'x-original-host': 'evil.test',
  'x-host': 'evil.test',
  forwarded: 'host=evil.test;proto=https',
}

test('[R-065] [EN-05] a request for a host that is not ours is refused, and sends no mail', async (t) => {
  const server = await wholeServer(t, { preset: 'erp' })
  for (const base of ['http://evil.test', 'http://evil.test:4180', 'http://localhost.evil.test:4180']) {
    const answer = await server.knock('POST /acme/api/v1/login', {
      base,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(SAM),
    })
    assert.equal(answer.status, 421, base)
  }
  assert.equal(server.messages().length, 0)
  assert.deepEqual(server.reports, [])
})

test('[R-065] [EN-05] whatever the headers of proxies say, the link in the mail has the configured origin', async (t) => {
  const server = await wholeServer(t, { preset: 'erp' })
  const answer = await server.form('/acme/login', SAM, SAYS_EVIL)
  assert.equal(answer.status, 303)
  assert.match(answer.headers.get('location') ?? '', /^\/acme\/login/)
  const mails = server.messages('email')
  assert.equal(mails.length, 1)
  for (const { text, html } of mails) {
    assert.match(text, /http:\/\/localhost:4180\/acme\/enrol\/[\w-]+/)
    const addresses = `${text} ${html ?? ''}`.match(/https?:\/\/[^\s"<]+/g) ?? []
    for (const address of addresses) assert.equal(new URL(address).origin, ORIGIN, address)
  }
})

test('[R-065] no page, redirect or document repeats a forged host', async (t) => {
  const server = await wholeServer(t, { preset: 'erp' })
  for (const path of [
    '/acme',
    '/acme/login',
    '/acme/account',
    '/acme/login/',
    '/acme/api/v1/openapi.json',
    '/acme/api/v1/docs',
  ]) {
    const answer = await server.knock(`GET ${path}`, { headers: { accept: 'text/html', ...SAYS_EVIL } })
    const told = `${await answer.text()} ${JSON.stringify([...answer.headers])}`
    assert.ok(!told.includes('evil.test'), path)
  }
})

test('[TI-06] a name that is not the one of this server is refused, whatever name the connection was made to', async (t) => {
  const server = await wholeServer(t)
  const others = ['http://localhost:4181', 'http://127.0.0.1.evil.test:4180', 'http://acme.localhost:4180']
  for (const base of others) assert.equal((await server.knock('GET /acme/login', { base })).status, 421, base)
  const both = await server.knock('GET /acme/login', { headers: { 'x-forwarded-host': 'globex.test' } })
  assert.equal(both.status, 200)
  assert.ok(!(await both.text()).includes('globex.test'))
})

test('[R-065] the source makes no address from a header of a request', () => {
  // A proxy that asks about another host names it there; it is looked up among those that are registered, and only then used.
  const mayRead = ['src/forward-auth/asked.ts']
  const readers = globSync('src/**/*.ts', { exclude: ['**/*.test.ts'] }).filter((path) =>
    /header(?:s\.get)?\((?:'(?:host|x-forwarded-host|x-forwarded-proto|x-original-host)'|`x-forwarded-\$)/i.test(
      readFileSync(path, 'utf8'),
    ),
  )
  assert.deepEqual(readers.toSorted(), mayRead)
})
