import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { signInWithCode, standingOf } from '../steps.ts'
import { AFTER, browserWith, type OpenIdWorld, openIdWorld, sessionIn } from './openid-world.ts'

async function signedIn(world: OpenIdWorld) {
  const { token } = await signInWithCode(world, 'kim')
  const browser = browserWith(world, token)
  const asked = await world.request()
  const tokens = await world.redeem(await browser.open(asked.url), asked)
  return { token, browser, tokens }
}

function end(parameters: Readonly<Record<string, string>>): string {
  return `/acme/oidc/session/end?${new URLSearchParams(parameters).toString()}`
}

test('[R-206] a logout is confirmed, ends the session and its tokens, and leads back to the application', async (t) => {
  const world = await openIdWorld(t)
  const { token, browser, tokens } = await signedIn(world)
  const hint = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: AFTER, state: 'a b&c' }
  const page = await browser.open(end(hint))
  assert.equal(page.status, 200)
  assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self' https:\/\/wiki\.test;/)
  assert.equal(await standingOf(world, token), 'granted', 'opening the page ends nothing')
  const landed = await browser.submit(page, '/acme/oidc/session/end/confirm', { logout: 'yes' })
  assert.equal(landed.url.href, `${AFTER}?state=a+b%26c`)
  assert.equal(await standingOf(world, token), 'ended')
  assert.throws(() => sessionIn(world, browser))
  await assert.rejects(client.refreshTokenGrant(world.wiki, tokens.refresh_token ?? ''), { error: 'invalid_grant' })
  const again = await browser.open(end(hint))
  assert.equal(again.url.href, `${AFTER}?state=a+b%26c`, 'who is signed out already is led on')
})

test('[R-206] the answer counts with the page it came with, and with its browser', async (t) => {
  const world = await openIdWorld(t)
  const { token, browser } = await signedIn(world)
  const page = await browser.open(end({ client_id: 'wiki' }))
  for (const xsrf of ['', 'guess']) {
    const answer = await browser.submit(page, '/acme/oidc/session/end/confirm', { logout: 'yes', xsrf })
    assert.equal(answer.status, 400)
  }
  const body = new URLSearchParams({ logout: 'yes', xsrf: 'guess' })
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'sec-fetch-site': 'cross-site' }
  const forged = await world.fetch('https://id.test/acme/oidc/session/end/confirm', { method: 'POST', body, headers })
  assert.equal(forged.status, 403)
  assert.equal(await standingOf(world, token), 'granted')
})

test('[OI-14] a logout leads nowhere that is not registered', async (t) => {
  const world = await openIdWorld(t)
  const shop = await world.join('shop')
  const { token, browser, tokens } = await signedIn(world)
  const hint = tokens.id_token ?? ''
  for (const address of [
    'https://evil.test/',
    `${AFTER}/`,
    `${AFTER}?x`,
    'https://shop.test/bye',
    'javascript:alert(1)',
  ]) {
    for (const who of [{ id_token_hint: hint }, { client_id: 'wiki' }]) {
      const landed = await browser.open(end({ ...who, post_logout_redirect_uri: address }))
      assert.deepEqual([landed.status, landed.url.origin], [400, 'https://id.test'], address)
    }
    const nobody = await browser.open(end({ post_logout_redirect_uri: address }))
    assert.equal(nobody.status, 200)
    const out = await browser.submit(nobody, '/acme/oidc/session/end/confirm', {})
    assert.equal(out.url.origin, 'https://id.test', 'without a word of whose address it is, it is not used')
  }
  const foreign = await browser.open(
    end({ id_token_hint: hint, client_id: 'shop', post_logout_redirect_uri: 'https://shop.test/bye' }),
  )
  assert.equal(foreign.status, 400)
  assert.ok(shop.secret)
  assert.equal(await standingOf(world, token), 'granted')
})

test('[OI-14] a stranger with a bad request is not led on either', async (t) => {
  const world = await openIdWorld(t)
  const landed = await world.walker().open(end({ client_id: 'wiki', post_logout_redirect_uri: 'https://evil.test/' }))
  assert.deepEqual([landed.status, landed.url.origin], [400, 'https://id.test'])
  const home = await world.walker().open(end({}))
  assert.equal(home.url.pathname, '/acme/login')
})
