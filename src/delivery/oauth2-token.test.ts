import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { CERTIFICATE, PRIVATE_KEY } from '../../test/contracts/courier-certificate.ts'
import { outgoing } from '../../test/contracts/courier-letters.ts'
import { smsGateway } from '../../test/contracts/courier-sms-gateway.ts'
import type { SmtpConfig } from './channel-config.ts'
import { sendBySmtp } from './smtp.ts'

/** A mail server that knows one token, and those who issue it. */
async function parts(t: TestContext, answer: { status: number; body: object }) {
  const seen: string[] = []
  const server = new SMTPServer({
    key: PRIVATE_KEY,
    cert: CERTIFICATE,
    authMethods: ['XOAUTH2'],
    disableReverseLookup: true,
    closeTimeout: 0,
    onAuth({ accessToken, username = '' }, _session, done) {
      seen.push(`${username} ${accessToken}`)
      if (accessToken === 'token-1') done(null, { user: username })
      else done(null, { data: { status: '401', schemes: 'bearer' } })
    },
    onData(stream, _session, done) {
      stream.resume().on('end', () => done())
    },
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const issuer = await smsGateway((response) => response.writeHead(answer.status).end(JSON.stringify(answer.body)))
  t.after(() => Promise.all([issuer.close(), new Promise<void>((done) => server.close(() => done()))]))
  const config = (oauth2: NonNullable<SmtpConfig['oauth2']>): SmtpConfig => ({
    kind: 'smtp',
    host: '127.0.0.1',
    port: (listening.address() as AddressInfo).port,
    tls: 'required',
    user: 'codes@acme.test',
    from: 'codes@acme.test',
    oauth2,
    connectSeconds: 30,
    totalSeconds: 30,
    ca: CERTIFICATE,
  })
  const refreshing = (refresh_token: string) => ({
    token_url: issuer.url,
    client_id: 'acme',
    client_secret: 'client-secret',
    refresh_token,
  })
  return { seen, issuer, config, refreshing }
}

test('a token logs in in place of a password', async (t) => {
  const { seen, config } = await parts(t, { status: 200, body: {} })
  assert.equal((await sendBySmtp(config({ access_token: 'token-1' }), outgoing())).kind, 'accepted')
  assert.deepEqual(seen, ['codes@acme.test token-1'])
  const refused = await sendBySmtp(config({ access_token: 'token-2' }), outgoing())
  assert.ok(refused.kind === 'failed')
  assert.equal(refused.trouble, 'lasting')
  assert.doesNotMatch(refused.why, /token-2/)
})

test('a new token is asked for with the refresh token, and kept while it lives', async (t) => {
  const { issuer, config, refreshing } = await parts(t, {
    status: 200,
    body: { access_token: 'token-1', expires_in: 3600 },
  })
  for (let times = 0; times < 2; times += 1)
    assert.equal((await sendBySmtp(config(refreshing('refresh-kept')), outgoing())).kind, 'accepted')
  assert.equal(issuer.requests.length, 1)
  assert.deepEqual(Object.fromEntries(new URLSearchParams(issuer.requests[0]?.body)), {
    grant_type: 'refresh_token',
    client_id: 'acme',
    client_secret: 'client-secret',
    refresh_token: 'refresh-kept',
  })
})

test('[R-009] a refused refresh is told in the words of the issuer, without a secret, and is not tried again by itself', async (t) => {
  const body = { error: 'invalid_grant', error_description: 'refresh-old of client-secret was revoked' }
  const { config, refreshing } = await parts(t, { status: 400, body })
  const refused = await sendBySmtp(config(refreshing('refresh-old')), outgoing())
  assert.ok(refused.kind === 'failed')
  assert.match(refused.why, /token for the login was refused with 400: ••• of ••• was revoked/)
  assert.equal(refused.trouble, 'lasting')
})
