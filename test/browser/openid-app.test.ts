import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openApp } from '../../examples/openid-app/app.ts'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { enterCode, follow, givePassword, press, readCode } from './person.ts'

// The example application on an origin of its own, and Chromium, which holds every redirect of a form against form-action.

const skip = without('chromium')
let stage: Stage
let app: { readonly origin: string; readonly server: Server }

before(async () => {
  if (skip) return
  stage = await openStage('fleet')
  app = await startApp(stage.demo.origin, stage.demo.adminKey)
})

after(async () => {
  if (skip) return
  app.server.closeAllConnections()
  app.server.close()
  await stage.close()
})

async function startApp(origin: string, key: string): Promise<{ origin: string; server: Server }> {
  // Its address has to be known before it is there: a server that waits keeps the port.
  const waiting = createServer()
  waiting.listen(0, '127.0.0.1')
  await once(waiting, 'listening')
  const own = `http://127.0.0.1:${(waiting.address() as AddressInfo).port}`
  const api = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const answer = await fetch(`${origin}/acme/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
    assert.ok(answer.ok, await answer.clone().text())
    return (await answer.json()) as Record<string, unknown>
  }
  await api('POST', '/applications', { name: 'shop' })
  const made = await api('PUT', '/applications/shop/openid', {
    redirect_uris: [`${own}/callback`],
    post_logout_redirect_uris: [`${own}/gone`],
  })
  assert.match(String(made['client_secret']), /^cs_oidc_/)
  const server = await openApp({
    issuer: `${origin}/acme/oidc`,
    clientId: 'shop',
    clientSecret: String(made['client_secret']),
    origin: own,
  })
  waiting.close()
  await once(waiting, 'close')
  server.listen(Number(new URL(own).port), '127.0.0.1')
  await once(server, 'listening')
  return { origin: own, server }
}

async function shown(page: Page, text: RegExp): Promise<void> {
  await page.waitForURL((url) => url.origin === app.origin)
  assert.match(await page.locator('body').innerText(), text)
}

test('the example application signs in, asks for two factors and signs out, in Chromium from another origin', {
  skip,
}, async (t) => {
  const person = await stage.person(t, { origins: () => [app.origin] })
  const page = await person.newPage()
  await page.goto(app.origin)
  assert.equal(new URL(page.url()).origin, stage.demo.origin)
  await page.getByText('You are signing in to Shop.').waitFor()
  await givePassword(page, stage.demo, 'kim')
  await shown(page, /Signed in as usr_\S+ \(aal1, \["pwd"\]\)/)

  await page.goto(`${app.origin}/secret`)
  await page.getByRole('heading', { name: 'One more proof' }).waitFor()
  await press(page, 'Go on')
  await enterCode(page, await readCode(page, stage.demo, /\+49/))
  await shown(page, /Signed in as usr_\S+ \(aal2, \["pwd","sms","mfa"\]\)/)
  await page.goto(`${app.origin}/secret`)
  await shown(page, /Two factors were shown/)

  await page.goto(`${app.origin}/bye`)
  await page.getByRole('heading', { name: 'Sign out of Acme?' }).waitFor()
  await follow(page, () => page.getByRole('button', { name: 'Sign out' }).click())
  await shown(page, /Signed out/)
  await page.goto(app.origin)
  await page.getByRole('heading', { name: 'Sign in to Acme' }).waitFor()
})
