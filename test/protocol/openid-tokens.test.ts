import assert from 'node:assert/strict'
import { createHash, createHmac, createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import * as client from 'openid-client'
import { days, minutes, seconds } from '#domain/time.ts'
import { deleteApplication } from '#usecases/delete-application.ts'
import { rotateOpenIdKeys } from '#usecases/openid-keys.ts'
import { removeOpenIdClient } from '#usecases/remove-openid-client.ts'
import { clearSessions, endUserSessions } from '#usecases/sessions.ts'
import { createSite } from '#usecases/sites.ts'
import { changeUser, deleteUser } from '#usecases/users.ts'
import { rows, signInWithCode } from '../steps.ts'
import { ADMIN } from '../world.ts'
import { answerOf, browserWith, type OpenIdWorld, openIdWorld, sessionIn } from './openid-world.ts'

type Key = Readonly<Record<string, string>> & { readonly kid: string }

const KIM = { ...ADMIN, site: 'acme', username: 'kim' }

async function signedIn(world: OpenIdWorld) {
  const { token } = await signInWithCode(world, 'kim')
  const browser = browserWith(world, token)
  const asked = await world.request()
  const landed = await browser.open(asked.url)
  const tokens = await world.redeem(landed, asked)
  return {
    browser,
    tokens,
    access: tokens.access_token,
    refresh: tokens.refresh_token ?? '',
    id: tokens.id_token ?? '',
  }
}

const refreshed = (world: OpenIdWorld, token: string) =>
  world.token({ grant_type: 'refresh_token', refresh_token: token, client_id: 'wiki', client_secret: world.secret })

test('[R-203] a refresh token is good once: the next one takes its place, with no claim newer than before', async (t) => {
  const world = await openIdWorld(t)
  const { refresh, tokens } = await signedIn(world)
  world.clock.pass(minutes(50))
  const second = await client.refreshTokenGrant(world.wiki, refresh)
  assert.notEqual(second.refresh_token, refresh)
  assert.equal(second.claims()?.auth_time, tokens.claims()?.auth_time)
  await client.fetchUserInfo(world.wiki, second.access_token, client.skipSubjectCheck)
})

test('[R-203] a refresh token that is used again ends the whole family', async (t) => {
  const world = await openIdWorld(t)
  const { refresh } = await signedIn(world)
  const second = await client.refreshTokenGrant(world.wiki, refresh)
  await assert.rejects(client.refreshTokenGrant(world.wiki, refresh), { error: 'invalid_grant' })
  await assert.rejects(client.refreshTokenGrant(world.wiki, second.refresh_token ?? ''), { error: 'invalid_grant' })
  await assert.rejects(client.fetchUserInfo(world.wiki, second.access_token, client.skipSubjectCheck))
  assert.deepEqual(
    (await rows(world, 'openid.reused')).map(({ data }) => data['kind']),
    ['RefreshToken'],
  )
})

test('[R-203] rotation gives no new time: thirty days after the sign-in it is over', async (t) => {
  const world = await openIdWorld(t)
  await world.set({ 'session.duration_hours': 8_760, 'challenge.interval_hours': 0 })
  let { refresh } = await signedIn(world)
  for (let day = 0; day < 29; day += 7) {
    world.clock.pass(days(7))
    if (day < 28) refresh = (await client.refreshTokenGrant(world.wiki, refresh)).refresh_token ?? ''
  }
  world.clock.pass(minutes(-1) + days(30) - days(35))
  await client.refreshTokenGrant(world.wiki, refresh)
  world.clock.pass(minutes(2))
  const { status, body } = await refreshed(world, refresh)
  assert.deepEqual([status, body['error']], [400, 'invalid_grant'])
})

test('[RC-15] of ten requests with one refresh token at once at most one gets a pair, and the family ends', async (t) => {
  const world = await openIdWorld(t)
  const { refresh } = await signedIn(world)
  const answers = await Promise.all(Array.from({ length: 10 }, () => refreshed(world, refresh)))
  const won = answers.filter(({ status }) => status === 200)
  assert.ok(won.length <= 1, String(won.length))
  assert.ok(answers.every(({ status, body }) => status === 200 || body['error'] === 'invalid_grant'))
  for (const { body } of won) {
    assert.equal((await refreshed(world, String(body['refresh_token']))).status, 400)
    await assert.rejects(client.fetchUserInfo(world.wiki, String(body['access_token']), client.skipSubjectCheck))
  }
})

const ENDS: Readonly<Record<string, (world: OpenIdWorld, token: string) => Promise<unknown>>> = {
  'a disabled user': (world) => changeUser(world.ports, { ...KIM, fields: { status: 'disabled' } }),
  'a deleted user': (world) => deleteUser(world.ports, KIM),
  'a user whose sessions were ended': (world) =>
    endUserSessions(world.ports, { ...KIM, site: world.site.id, devices: false }),
  'a site whose sessions were cleared': (world) =>
    clearSessions(world.ports, { ...ADMIN, site: 'acme', devices: false }),
  'a session that ran out': async (world) => world.clock.pass(days(91)),
  'a session that was signed out of': async (world, token) => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await world.fetch('https://id.test/acme/api/v1/session', { method: 'DELETE', headers })
    assert.equal(answer.status, 204)
  },
  'an application that was deleted': (world) =>
    deleteApplication(world.ports, { ...ADMIN, site: 'acme', name: 'wiki' }),
  'a client that was removed': (world) =>
    removeOpenIdClient(world.ports, { ...ADMIN, site: 'acme', application: 'wiki' }),
}

for (const [what, end] of Object.entries(ENDS))
  test(`[OI-08] ${what}: no token is given and none that was is worth anything`, async (t) => {
    const world = await openIdWorld(t)
    const other = await world.join('desk')
    const { browser, access, refresh } = await signedIn(world)
    const asked = await world.request()
    const code = (await browser.open(asked.url)).url.searchParams.get('code') ?? ''
    await end(world, sessionIn(world, browser))

    await assert.rejects(client.fetchUserInfo(world.wiki, access, client.skipSubjectCheck))
    const known = { client_id: 'wiki', client_secret: world.secret }
    for (const fields of [
      { grant_type: 'refresh_token', refresh_token: refresh },
      {
        grant_type: 'authorization_code',
        code,
        code_verifier: asked.verifier,
        redirect_uri: 'https://wiki.test/callback',
      },
    ]) {
      const { status, body } = await world.token({ ...known, ...fields })
      assert.ok(status === 400 || status === 401, String(status))
      assert.match(String(body['error']), /^invalid_(grant|client)$/)
    }
    for (const token of [access, refresh]) {
      const told = await client.tokenIntrospection(other.client, token)
      assert.deepEqual(told, { active: false })
    }
    const silent = await browser.open((await world.request({ prompt: 'none' }, other.client)).url)
    if (!/application|client/.test(what)) assert.equal(answerOf(silent), 'login_required')
  })

test('a confidential application may ask about a token, and is told of one that counts', async (t) => {
  const world = await openIdWorld(t)
  const other = await world.join('desk')
  const { access } = await signedIn(world)
  const told = await client.tokenIntrospection(other.client, access)
  assert.deepEqual([told.active, told.client_id], [true, 'wiki'])
  const phone = await world.join('phone', { isPublic: true })
  assert.deepEqual(await client.tokenIntrospection(phone.client, access), { active: false })
})

test('a token that an application gives back is worth nothing, and so is what came with it', async (t) => {
  const world = await openIdWorld(t)
  const { refresh, access } = await signedIn(world)
  await client.tokenRevocation(world.wiki, refresh)
  assert.equal((await refreshed(world, refresh)).status, 400)
  await assert.rejects(client.fetchUserInfo(world.wiki, access, client.skipSubjectCheck))
})

test('[OI-09] [R-205] an ID token with another algorithm or another key is no hint at a logout', async (t) => {
  const world = await openIdWorld(t)
  const { browser, id } = await signedIn(world)
  const [head = '', body = ''] = id.split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>
  const { keys } = (await (await world.fetch('https://id.test/acme/oidc/jwks')).json()) as { keys: Key[] }
  const pem = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = (more: object): string => {
    const text = `${part({ ...header, ...more })}.${body}`
    return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`
  }
  const bent = {
    'no signature': `${part({ ...header, alg: 'none' })}.${body}.`,
    'the public key as a secret': signed({ alg: 'HS256' }),
    'another kid': signed({ kid: '../../../../dev/null' }),
    'a key it brings itself': signed({ jwk: keys[0] }),
    'keys from elsewhere': signed({ jku: 'https://evil.test/jwks' }),
    'a changed body': `${head}.${part({ aud: 'wiki', sub: 'usr_root', iss: 'https://id.test/acme/oidc' })}.${id.split('.')[2]}`,
  }
  const end = (hint: string) =>
    browser.open(
      `/acme/oidc/session/end?${new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: 'https://wiki.test/bye' }).toString()}`,
    )
  for (const [what, hint] of Object.entries(bent)) {
    const landed = await end(hint)
    assert.deepEqual([landed.status, landed.url.origin], [400, 'https://id.test'], what)
  }
  assert.equal((await end(id)).status, 200)
})

test('[OI-13] keys rotate: what was signed before still verifies, the old key goes after its time', async (t) => {
  const world = await openIdWorld(t)
  const before = await signedIn(world)
  const kidOf = (token: string): string =>
    (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid
  const published = async (): Promise<readonly string[]> => {
    const answer = await world.fetch('https://id.test/acme/oidc/jwks')
    const { keys } = (await answer.json()) as { keys: Key[] }
    assert.ok(keys.every((key) => ['d', 'p', 'q'].every((secret) => key[secret] === undefined)))
    return keys.map(({ kid }) => kid)
  }
  const old = kidOf(before.id)
  assert.deepEqual(await published(), [old])
  const rotated = await rotateOpenIdKeys(world.ports, { ...ADMIN, site: 'acme', compromised: false })
  assert.ok(rotated.kind === 'rotated')
  world.clock.pass(seconds(1))
  const after = await client.refreshTokenGrant(world.wiki, before.refresh)
  const fresh = kidOf(after.id_token ?? '')
  assert.notEqual(fresh, old)
  assert.deepEqual(await published(), [fresh, old])
  const hint = await before.browser.open(`/acme/oidc/session/end?id_token_hint=${before.id}`)
  assert.equal(hint.status, 200, 'a token of the old key is still read')
  world.clock.pass(days(2))
  assert.deepEqual(await published(), [fresh])
  assert.deepEqual(
    (await rows(world, 'key.rotated')).map(({ data }) => data),
    [{ kids: [old], compromised: false }],
  )
  assert.deepEqual(
    (await rows(world, 'key.created')).map(({ data }) => data['kid']),
    [old, fresh],
  )
})

test('[OI-13] the name of a key is its thumbprint', async (t) => {
  const world = await openIdWorld(t)
  const answer = await world.fetch('https://id.test/acme/oidc/jwks')
  const { keys } = (await answer.json()) as { keys: { kid: string; e: string; n: string; alg: string; use: string }[] }
  for (const { kid, e, n, alg, use } of keys) {
    assert.equal(kid, createHash('sha256').update(`{"e":"${e}","kty":"RSA","n":"${n}"}`).digest('base64url'))
    assert.deepEqual([alg, use], ['RS256', 'sig'])
  }
})

test('[SK-06] keys that were lost are gone at once, their tokens with them, and a new sign-in works', async (t) => {
  const world = await openIdWorld(t)
  const { browser, id } = await signedIn(world)
  await rotateOpenIdKeys(world.ports, { ...ADMIN, site: 'acme', compromised: true })
  const hint = await browser.open(`/acme/oidc/session/end?id_token_hint=${id}`)
  assert.equal(hint.status, 400)
  const { keys } = (await (await world.fetch('https://id.test/acme/oidc/jwks')).json()) as { keys: unknown[] }
  assert.equal(keys.length, 1)
  const asked = await world.request()
  assert.ok((await world.redeem(await browser.open(asked.url), asked)).id_token)
  assert.deepEqual(
    (await rows(world, 'key.rotated')).map(({ data }) => data['compromised']),
    [true],
  )
})

test('a site has keys of its own, and no token of another site opens anything', async (t) => {
  const world = await openIdWorld(t)
  const { access, refresh } = await signedIn(world)
  await createSite(world.ports, { ...ADMIN, name: 'globex', title: 'Globex', preset: 'fleet' })
  const keysOf = async (site: string) => await (await world.fetch(`https://id.test/${site}/oidc/jwks`)).text()
  assert.notEqual(await keysOf('acme'), await keysOf('globex'))
  const headers = { authorization: `Bearer ${access}` }
  assert.equal((await world.fetch('https://id.test/globex/oidc/me', { headers })).status, 401)
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refresh,
    client_id: 'wiki',
    client_secret: world.secret,
  })
  assert.equal((await world.fetch('https://id.test/globex/oidc/token', { method: 'POST', body })).status, 401)
})
