import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { atAddress } from '#domain/site-address.ts'
import { cookieNames } from '#http/cookies.ts'
import type { Handler } from '#http/call.ts'
import { HOME, world } from '../../test/world.ts'
import { type ConsoleBuild, consoleBuild } from './console-build.ts'
import { showConsole } from './console.ts'

const ENTRY = { script: '/assets/main.js', styles: ['/assets/main.css'], preloads: ['/assets/part.js'] }

async function site(t: TestContext, entry: ConsoleBuild['entry']) {
  const small = await world()
  t.after(small.close)
  const { ports, site: own } = small
  await small.set({ 'two_factor.enabled': false })
  const signedIn = await small.password('root')
  assert.ok(signedIn.kind === 'signed-in')
  const show: Handler = showConsole(ports, { entry })
  return (path: string, token: string | null = signedIn.token): Promise<Response> =>
    show({
      request: new Request(`${ports.origin}${path}`),
      url: new URL(`${ports.origin}${path}`),
      params: {},
      site: atAddress(ports, own),
      origin: HOME,
      cookies: new Map(token === null ? [] : [[cookieNames(own.name, ports.origin).session, token]]),
    })
}

test('the shell page names the files of the build and lets through only what carries its nonce, another one each time', async (t) => {
  const show = await site(t, ENTRY)
  const pages = await Promise.all([show('/acme/console'), show('/acme/console/users/kim')])
  const nonces = await Promise.all(
    pages.map(async (page) => {
      assert.equal(page.status, 200)
      const policy = page.headers.get('content-security-policy') ?? ''
      const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      assert.match(policy, /default-src 'none'; script-src 'self';/)
      assert.doesNotMatch(policy, /unsafe/)
      const text = await page.text()
      assert.ok(text.includes(`nonce="${nonce}"`) && nonce.length >= 22)
      assert.ok(text.includes('src="/assets/main.js"') && text.includes('href="/assets/part.js"'))
      assert.equal(page.headers.get('cache-control'), 'no-store')
      return nonce
    }),
  )
  assert.notEqual(nonces[0], nonces[1])
})

test('without a session the login page leads back to the very page', async (t) => {
  const show = await site(t, ENTRY)
  for (const token of [null, 'st_nothing']) {
    const answer = await show('/acme/console/users?search=kim', token)
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('location'), '/acme/login?next=%2Facme%2Fconsole%2Fusers%3Fsearch%3Dkim')
  }
})

test('a console that was not built is said in one sentence', async (t) => {
  const show = await site(t, null)
  const answer = await show('/acme/console')
  assert.equal(answer.status, 503)
  assert.match(
    await answer.text(),
    /The console has not been built on this server: run &quot;npm ci&quot; in its folder/,
  )
  assert.equal(consoleBuild(new URL('./no-such-folder/', import.meta.url)).entry, null)
})

test('files of the build are kept for ever, compressed for whoever takes it; nothing else is found', async () => {
  const { entry, file } = consoleBuild()
  assert.ok(entry, 'npm ci builds the console')
  const plain = file(entry.script, '')
  assert.equal(plain?.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal(plain?.headers.get('content-type'), 'text/javascript; charset=utf-8')
  const packed = file(entry.script, 'br, gzip')
  assert.equal(packed?.headers.get('content-encoding'), 'gzip')
  const unpacked = new Response(packed?.body?.pipeThrough(new DecompressionStream('gzip')))
  assert.equal(await unpacked.text(), await plain?.text())
  for (const path of ['/assets/../manifest.json', '/assets/main.js', '/assets/', `${entry.script}.gz`])
    assert.equal(file(path, 'gzip'), undefined, path)
})
