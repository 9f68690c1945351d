import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { CALLBACK, openIdWorld } from './openid-world.ts'

test('behind a path: a sign-in leads to the application and back with tokens, is told who it is, and signs out', async (t) => {
  const world = await openIdWorld(t, { origin: 'https://id.test/login' })
  const asked = await world.request()
  assert.ok(asked.url.href.startsWith('https://id.test/login/acme/oidc/auth?'))
  const browser = world.walker()
  const form = await browser.open(asked.url)
  assert.equal(form.url.pathname, '/login/acme/login', form.markup.slice(0, 600))
  const code = await browser.submit(form, '/login/acme/login', { username: 'kim', password: 'kim-demo-password' })
  const landed = await browser.submit(code, '/login/acme/login/code', { code: world.codeFor('kim') })
  assert.ok(landed.url.href.startsWith(CALLBACK), landed.url.href)
  const tokens = await world.redeem(landed, asked)
  const claims = tokens.claims()
  assert.equal(claims?.iss, 'https://id.test/login/acme/oidc')
  const who = await client.fetchUserInfo(world.wiki, tokens.access_token, claims?.sub ?? '')
  assert.equal(who.preferred_username, 'kim')

  const out = client.buildEndSessionUrl(world.wiki, { id_token_hint: tokens.id_token ?? '' })
  const confirm = await browser.open(out)
  assert.equal(confirm.url.pathname, '/login/acme/oidc/session/end')
  const gone = await browser.submit(confirm, '/login/acme/oidc/session/end/confirm')
  assert.equal(gone.url.pathname, '/login/acme/login')
})
