import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test, type TestContext } from 'node:test'
import { createClient } from '../../client/countersign.js'
import { account, createApp } from '../../examples/express-app/app.ts'
import { base32 } from '#authenticators/base32.ts'
import type { PresetName } from '#policy/presets.ts'
import { codeOf } from '../phone.ts'
import { otherThan } from '../steps.ts'
import { servedWorld } from './served.ts'

async function shop(t: TestContext, preset: PresetName = 'manufacturing') {
  const at = await servedWorld(t, preset)
  const countersign = createClient({ origin: at.ports.origin, site: 'acme', key: at.key })
  const server = createApp(
    countersign,
    ['kim', 'lee'].map((name) => account(name, 'a password of the shop')),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  const jar = new Map<string, string>()
  async function visit(path: string, form?: Record<string, string>) {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const body = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', headers: { cookie }, ...body })
    for (const each of answer.headers.getSetCookie()) {
      const [pair = ''] = each.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() }
  }
  const password = (username = 'kim') => visit('/login', { username, password: 'a password of the shop' })
  return { ...at, jar, visit, password }
}

test('the example for Express: its own password, then the code, then in', async (t) => {
  const at = await shop(t)
  assert.deepEqual(
    [(await at.visit('/')).to, (await at.visit('/login', { username: 'kim', password: 'no' })).status],
    ['/login', 401],
  )
  assert.equal(at.messages().length, 0)
  assert.equal((await at.password()).to, '/code')
  assert.equal((await at.visit('/')).to, '/login')
  assert.equal((await at.visit('/code', { code: otherThan(at.codeFor('kim')) })).status, 401)
  assert.equal((await at.visit('/code', { code: at.codeFor('kim') })).to, '/')
  assert.match((await at.visit('/')).text, /Hello, kim\./)
  assert.equal(await at.ports.store.countSessions(at.site.id, null, at.clock.now()), 0)
})

test('the example for Express: a session from before the code is worth nothing after it', async (t) => {
  const at = await shop(t)
  await at.password()
  const before = at.jar.get('session')
  await at.visit('/code', { code: at.codeFor('kim') })
  assert.notEqual(at.jar.get('session'), before)
  at.jar.set('session', before ?? '')
  assert.equal((await at.visit('/')).to, '/login')
})

test('the example for Express: a remembered browser is in by its password', async (t) => {
  const at = await shop(t)
  await at.password()
  await at.visit('/code', { code: at.codeFor('kim'), remember: 'yes' })
  assert.equal((await at.password()).to, '/')
})

test('the example for Express: whoever Countersign does not know is not let in', async (t) => {
  const at = await shop(t)
  assert.equal((await at.password('lee')).status, 403)
  assert.equal((await at.visit('/')).to, '/login')
})

test('the example for Express: an app is set up where there is none, by the QR code it shows', async (t) => {
  const at = await shop(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen', 'two_factor.enabled': true })
  const shown = await at.password()
  assert.match(shown.text, /<svg\b/)
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(file?.enrolment)
  const secret = base32(at.ports.vault.open(file.enrolment.sealedSecret, file.enrolment.id))
  assert.equal((await at.visit('/code', { code: codeOf(secret, at.clock.now()) })).to, '/')
})
