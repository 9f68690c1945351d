import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withKeptSecrets, withoutSecrets } from './channel-secrets.ts'

const HTTP = {
  kind: 'http',
  url: 'https://sms.example.com/send?key=k-1',
  parameters: [
    { name: 'Authorization', value: 'Bearer k-2', header: true },
    { name: 'sender', value: 'Acme', header: false },
  ],
}
const SMTP = { kind: 'smtp', host: 'mail.example.com', port: 587, tls: 'required', user: 'acme', password: 'k-3' }
const TWILIO = { kind: 'twilio', account_sid: 'AC1', auth_token: 'k-4', api_url: 'https://api.twilio.com' }
const OAUTH = {
  ...SMTP,
  password: undefined,
  oauth2: { token_url: 'https://id.example.com/token', client_id: 'c', client_secret: 'k-5', refresh_token: 'k-6' },
}
const GATEWAYS = { kind: 'gateways', gateways: [HTTP, TWILIO] }

test('what is shown has no secret in it, and names each that is set', () => {
  for (const config of [HTTP, SMTP, TWILIO, OAUTH, GATEWAYS]) {
    const before = JSON.stringify(config)
    assert.doesNotMatch(JSON.stringify(withoutSecrets(config)), /k-\d/)
    assert.equal(JSON.stringify(config), before)
  }
  assert.deepEqual(withoutSecrets(SMTP).secrets, ['password'])
  assert.deepEqual(withoutSecrets(OAUTH).secrets, ['oauth2.client_secret', 'oauth2.refresh_token'])
  assert.deepEqual(withoutSecrets(GATEWAYS).secrets, [
    'gateways.0.url',
    'gateways.0.parameters.0.value',
    'gateways.0.parameters.1.value',
    'gateways.1.auth_token',
  ])
})

test('what is shown can be saved again as it is: every secret is where it was', () => {
  for (const config of [HTTP, SMTP, TWILIO, GATEWAYS, JSON.parse(JSON.stringify(OAUTH)) as object])
    assert.deepEqual(withKeptSecrets(withoutSecrets({ ...config }).config, config), config)
})

test('[AD-07] a secret goes to no other server, under no other name, and over no weaker connection', () => {
  const moves: readonly (readonly [config: object, change: object])[] = [
    [SMTP, { host: 'mail.evil.test' }],
    [SMTP, { port: 26 }],
    [SMTP, { tls: 'none' }],
    [SMTP, { user: 'eve' }],
    [SMTP, { ca: '-----BEGIN CERTIFICATE-----' }],
    [HTTP, { url: 'https://sms.evil.test/send' }],
    [HTTP, { url: 'http://sms.example.com/send' }],
    [TWILIO, { api_url: 'https://evil.test' }],
    [TWILIO, { account_sid: 'AC2' }],
  ]
  for (const [config, change] of moves) {
    const merged = withKeptSecrets({ ...withoutSecrets({ ...config }).config, ...change }, config)
    assert.doesNotMatch(JSON.stringify(merged), /k-\d/, JSON.stringify(change))
  }
  const elsewhere = withKeptSecrets(
    { ...withoutSecrets(OAUTH).config, oauth2: { token_url: 'https://evil.test/token', client_id: 'c' } },
    OAUTH,
  )
  assert.doesNotMatch(JSON.stringify(elsewhere), /k-\d/)
  const swapped = withKeptSecrets({ kind: 'gateways', gateways: [withoutSecrets(TWILIO).config] }, GATEWAYS)
  assert.doesNotMatch(JSON.stringify(swapped), /k-\d/)
})

test('a secret that is given anew is the new one', () => {
  const changed = withKeptSecrets({ ...SMTP, password: 'new' }, SMTP)
  assert.deepEqual(changed, { ...SMTP, password: 'new' })
  assert.deepEqual(withKeptSecrets('nonsense', SMTP), 'nonsense')
  assert.deepEqual(withKeptSecrets(SMTP, null), SMTP)
})
