import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import * as client from 'openid-client'
import { rows, signInWithCode } from '../steps.ts'
import { answerOf, browserWith, CALLBACK, type OpenIdWorld, openIdWorld } from './openid-world.ts'

/** A code for the application, got by somebody who is signed in. */
async function codeFor(world: OpenIdWorld, more: Readonly<Record<string, string>> = {}) {
  const { token } = await signInWithCode(world, 'kim')
  const asked = await world.request(more)
  const landed = await browserWith(world, token).open(asked.url)
  assert.equal(answerOf(landed), 'code')
  const code = landed.url.searchParams.get('code') ?? ''
  const fields = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    code_verifier: asked.verifier,
    client_id: 'wiki',
    client_secret: world.secret,
  }
  return { token, asked, landed, fields }
}

test('[R-204] a sign-in ends at the application with true claims, and the next one asks for nothing', async (t) => {
  const world = await openIdWorld(t)
  const browser = world.walker()
  const asked = await world.request()
  const login = await browser.open(asked.url)
  assert.equal(login.url.pathname, '/acme/login')
  world.clock.pass(seconds(5))
  const provedAt = Math.floor(world.clock.now() / 1_000)
  const landed = await browser.signIn(login, 'kim')
  assert.equal(answerOf(landed), 'code')
  world.clock.pass(seconds(5))
  const tokens = await world.redeem(landed, asked)
  const claims = tokens.claims()
  assert.ok(claims)
  const { sub, aud, iss, acr, amr, auth_time: at, nonce, exp, iat } = claims
  const user = await world.ports.store.personFile(world.site.id, 'kim', world.clock.now())
  assert.deepEqual(
    { sub, aud, iss, acr, amr, at, nonce },
    {
      sub: user?.user.id,
      aud: 'wiki',
      iss: 'https://id.test/acme/oidc',
      acr: 'aal1',
      amr: ['pwd', 'email'],
      at: provedAt,
      nonce: asked.nonce,
    },
  )
  assert.equal(exp - iat, 3_600)
  const person = await client.fetchUserInfo(world.wiki, tokens.access_token, sub)
  assert.deepEqual(person, { sub, name: 'Kim', preferred_username: 'kim', email: 'kim@acme.test', groups: ['All'] })

  const again = await world.request()
  assert.equal(answerOf(await browser.open(again.url)), 'code')
  const issued = await rows(world, 'openid.code.issued')
  assert.deepEqual(
    issued.map(({ application, data }) => [application, data['acr'], data['amr']]),
    Array.from({ length: 2 }, () => ['wiki', 'aal1', ['pwd', 'email']]),
  )
})

test('[R-200] discovery offers code with PKCE and refresh tokens, signed by RS256, and nothing else', async (t) => {
  const world = await openIdWorld(t)
  const answer = await world.fetch('https://id.test/acme/oidc/.well-known/openid-configuration')
  const offered = (await answer.json()) as Record<string, unknown>
  assert.deepEqual(offered['response_types_supported'], ['code'])
  assert.deepEqual(offered['response_modes_supported'], ['query'])
  assert.deepEqual(offered['grant_types_supported'], ['authorization_code', 'refresh_token'])
  assert.deepEqual(offered['code_challenge_methods_supported'], ['S256'])
  assert.deepEqual(offered['id_token_signing_alg_values_supported'], ['RS256'])
  assert.deepEqual(offered['acr_values_supported'], ['aal1', 'aal2'])
  assert.equal(offered['issuer'], 'https://id.test/acme/oidc')
  assert.equal(offered['registration_endpoint'], undefined)
  for (const [name, address] of Object.entries(offered))
    if (name.endsWith('_endpoint') || name === 'jwks_uri')
      assert.ok(String(address).startsWith('https://id.test/acme/oidc/'), `${name} ${String(address)}`)
})

for (const [what, parameters] of Object.entries({
  'a token in the address': { response_type: 'token' },
  'an ID token in the address': { response_type: 'id_token' },
  'both at once': { response_type: 'code id_token' },
  'no PKCE': { code_challenge: '', code_challenge_method: '' },
  'plain PKCE': { code_challenge_method: 'plain' },
  'a challenge without its method': { code_challenge_method: '' },
  'the answer in a form': { response_mode: 'form_post' },
  'the answer in a fragment': { response_mode: 'fragment' },
  'a request object': { request: 'eyJhbGciOiJub25lIn0.e30.' },
}))
  test(`[R-200] [OI-02] an application that asks for ${what} gets no code`, async (t) => {
    const world = await openIdWorld(t)
    const { token } = await signInWithCode(world, 'kim')
    const { url } = await world.request()
    for (const [name, value] of Object.entries(parameters)) {
      if (value === '') url.searchParams.delete(name)
      else url.searchParams.set(name, value)
    }
    const landed = await browserWith(world, token).open(url)
    assert.equal(landed.url.searchParams.get('code'), null)
    assert.doesNotMatch(landed.url.hash, /token|code/)
    if (landed.url.origin === 'https://id.test') assert.equal(landed.status, 400)
    else
      assert.match(
        `${landed.url.search}${landed.url.hash}`,
        /error=(invalid_request|unsupported_response_type|request_not_supported)/,
      )
    assert.deepEqual(await rows(world, 'openid.code.issued'), [])
  })

test('[R-200] no password, no client credentials, no device and no other grant is exchanged for a token', async (t) => {
  const world = await openIdWorld(t)
  const known = { client_id: 'wiki', client_secret: world.secret }
  for (const more of [
    { grant_type: 'password', username: 'kim', password: 'kim-demo-password' },
    { grant_type: 'client_credentials' },
    { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'x' },
    { grant_type: 'implicit' },
  ]) {
    const { status, body } = await world.token({ ...known, ...more })
    assert.deepEqual([status, body['error']], [400, 'unsupported_grant_type'], more.grant_type)
  }
})

for (const address of [
  'https://wiki.test/callback/',
  'https://wiki.test/callback?x=1',
  'https://wiki.test/callback#x',
  'https://wiki.test/Callback',
  'https://wiki.test:8443/callback',
  'https://WIKI.test/callback',
  'http://wiki.test/callback',
  'https://wiki.test/x/../callback',
  'https://wiki.test/callback%2f',
  'https://wiki.test.evil.test/callback',
  'https://kim@wiki.test/callback',
  'https://wiki.test@evil.test/callback',
  'https://evil.test/?https://wiki.test/callback',
  'javascript:alert(1)',
  '',
])
  test(`[R-201] [OI-01] nobody is led to ${address === '' ? 'an empty address' : address}`, async (t) => {
    const world = await openIdWorld(t)
    const { token } = await signInWithCode(world, 'kim')
    const { url } = await world.request()
    url.searchParams.set('redirect_uri', address)
    const landed = await browserWith(world, token).open(url)
    assert.deepEqual([landed.url.origin, landed.status], ['https://id.test', 400])
    assert.match(landed.headers.get('content-type') ?? '', /^text\/html/)
    assert.match(landed.markup, /Go back to the application/)
  })

test('[OI-02] a code is worth nothing without its own verifier', async (t) => {
  const world = await openIdWorld(t)
  const { fields } = await codeFor(world)
  for (const verifier of [client.randomPKCECodeVerifier(), '', undefined]) {
    const { code_verifier: _, ...others } = fields
    const { status, body } = await world.token({
      ...others,
      ...(verifier === undefined ? {} : { code_verifier: verifier }),
    })
    assert.deepEqual([status, body['error']], [400, 'invalid_grant'])
  }
  assert.equal((await world.token(fields)).status, 200, 'with it, it is')
})

test('[OI-02] a code is not redeemed for another address than it was sent to', async (t) => {
  const world = await openIdWorld(t)
  const { fields } = await codeFor(world)
  const { status, body } = await world.token({ ...fields, redirect_uri: `${CALLBACK}/` })
  assert.deepEqual([status, body['error']], [400, 'invalid_grant'])
})

test('[OI-03] a code in the hands of another application is refused, and taken from its own', async (t) => {
  const world = await openIdWorld(t)
  const shop = await world.join('shop')
  const { fields } = await codeFor(world)
  const stolen = await world.token({ ...fields, client_id: 'shop', client_secret: shop.secret ?? '' })
  assert.deepEqual([stolen.status, stolen.body['error']], [400, 'invalid_grant'])
  const own = await world.token(fields)
  assert.deepEqual([own.status, own.body['error']], [400, 'invalid_grant'])
  assert.deepEqual(
    (await rows(world, 'openid.reused')).map(({ data }) => data['kind']),
    ['AuthorizationCode'],
  )
})

test('[R-202] [EX-07] a code lives for a minute', async (t) => {
  const world = await openIdWorld(t)
  const early = await codeFor(world)
  world.clock.pass(seconds(59))
  assert.equal((await world.token(early.fields)).status, 200)
  const asked = await world.request()
  const landed = await browserWith(world, early.token).open(asked.url)
  world.clock.pass(seconds(60))
  await assert.rejects(world.redeem(landed, asked), { error: 'invalid_grant' })
})

test('[R-202] a code that is used again takes back the tokens that it brought', async (t) => {
  const world = await openIdWorld(t)
  const { fields } = await codeFor(world)
  const { body } = await world.token(fields)
  const sub = String(JSON.parse(Buffer.from(String(body['id_token']).split('.')[1] ?? '', 'base64url').toString()).sub)
  await client.fetchUserInfo(world.wiki, String(body['access_token']), sub)
  const again = await world.token(fields)
  assert.deepEqual([again.status, again.body['error']], [400, 'invalid_grant'])
  await assert.rejects(client.fetchUserInfo(world.wiki, String(body['access_token']), sub))
  await assert.rejects(client.refreshTokenGrant(world.wiki, String(body['refresh_token'])), { error: 'invalid_grant' })
  assert.deepEqual(
    (await rows(world, 'openid.reused')).map(({ application }) => application),
    ['wiki'],
  )
})

test('[RC-16] of twenty requests with one code at once exactly one gets tokens, and they are taken back', async (t) => {
  const world = await openIdWorld(t)
  const { fields } = await codeFor(world)
  const answers = await Promise.all(Array.from({ length: 20 }, () => world.token(fields)))
  const won = answers.filter(({ status }) => status === 200)
  assert.equal(won.length, 1)
  assert.ok(answers.every(({ status, body }) => status === 200 || body['error'] === 'invalid_grant'))
  assert.equal((await rows(world, 'openid.tokens.issued')).length, 1)
  await assert.rejects(client.fetchUserInfo(world.wiki, String(won[0]?.body['access_token']), client.skipSubjectCheck))
})

test('an application proves itself with its own secret; a public one has none, and no secret opens it', async (t) => {
  const world = await openIdWorld(t)
  const { fields, token } = await codeFor(world)
  const digest = (await world.ports.store.openIdClient(world.site.id, 'wiki'))?.secretDigest ?? ''
  const { client_secret: _, ...bare } = fields
  for (const shown of ['wrong', digest, '']) {
    const answer = await world.token({ ...bare, ...(shown === '' ? {} : { client_secret: shown }) })
    assert.ok([400, 401].includes(answer.status), `${answer.status}`)
    assert.match(String(answer.body['error']), /^invalid_(client|request)$/)
  }
  const phone = await world.join('phone', { isPublic: true })
  assert.equal(phone.secret, null)
  const asked = await world.request({}, phone.client)
  const landed = await browserWith(world, token).open(asked.url)
  assert.ok((await world.redeem(landed, asked, phone.client)).access_token)
})

test('what is stored of codes and tokens opens nothing', async (t) => {
  const world = await openIdWorld(t)
  const { fields } = await codeFor(world)
  const { body } = await world.token(fields)
  const tokens = [fields.code, String(body['access_token']), String(body['refresh_token'])]
  for (const kind of ['AuthorizationCode', 'AccessToken', 'RefreshToken'])
    for (const token of tokens) {
      const digest = world.ports.vault.digest(token)
      const found = await world.ports.store.openIdArtifact(world.site.id, kind, digest, world.clock.now())
      for (const secret of [...tokens, world.secret]) assert.ok(!JSON.stringify(found).includes(secret))
    }
})

test('[R-207] no token passes as another kind of token', async (t) => {
  const world = await openIdWorld(t)
  const { fields } = await codeFor(world)
  const { body } = await world.token(fields)
  const [access, refresh, id] = ['access_token', 'refresh_token', 'id_token'].map((name) => String(body[name]))
  const { code } = fields
  for (const wrong of [refresh, id, code])
    await assert.rejects(client.fetchUserInfo(world.wiki, wrong ?? '', client.skipSubjectCheck))
  for (const wrong of [access, id, code])
    await assert.rejects(client.refreshTokenGrant(world.wiki, wrong ?? ''), { error: 'invalid_grant' })
  for (const wrong of [access, refresh, id]) {
    const answer = await world.token({ ...fields, code: wrong ?? '' })
    assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_grant'])
  }
  for (const token of [access, refresh, id]) {
    const headers = { authorization: `Bearer ${token}` }
    assert.equal((await world.fetch('https://id.test/acme/api/v1/session', { headers })).status, 401)
  }
})
