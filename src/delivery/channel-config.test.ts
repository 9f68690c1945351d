import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel } from '#domain/method.ts'
import { parseChannelConfig } from './channel-config.ts'

const SMTP = { kind: 'smtp', host: 'mail.acme.test', port: 587, tls: 'required', from: 'Acme <no-reply@acme.test>' }
const LOGIN = { user: 'acme', password: 'hunter2-secret' }
const HTTP = { kind: 'http', url: 'https://sms.acme.test/send', message_parameter: 'text', receiver_parameter: 'to' }
const header = (name: string, value: string) => ({ name, value, header: true })

test('what is left out has a value that is safe', () => {
  assert.deepEqual(parseChannelConfig('email', { ...SMTP, ...LOGIN }), {
    ok: true,
    config: { ...SMTP, ...LOGIN, connectSeconds: 5, totalSeconds: 15 },
  })
  assert.deepEqual(parseChannelConfig('sms', HTTP), {
    ok: true,
    config: { ...HTTP, method: 'GET', parameters: [], timeoutSeconds: 5 },
  })
})

const USABLE: readonly (readonly [channel: Channel, config: object])[] = [
  ['email', { kind: 'captured' }],
  ['sms', { kind: 'captured' }],
  ['email', { ...SMTP, tls: 'none' }],
  ['email', { ...SMTP, ...LOGIN, tls: 'none', host: '127.0.0.1' }],
  ['sms', { ...HTTP, method: 'POST', json: true, accept_status: [202], accept_text: '"queued"', timeoutSeconds: 10 }],
  ['sms', { ...HTTP, parameters: [header('Authorization', 'Bearer x'), { name: 'sender', value: 'ACME' }] }],
]

for (const [channel, config] of USABLE)
  test(`usable for ${channel}: ${JSON.stringify(config).slice(0, 100)}`, () =>
    assert.ok(parseChannelConfig(channel, config).ok))

const UNUSABLE: readonly (readonly [what: string, channel: Channel, config: unknown, problem: RegExp])[] = [
  ['nothing', 'email', undefined, /email configuration cannot be used: it: /],
  ['a text', 'sms', '{}', /sms configuration cannot be used: it: /],
  ['an unknown kind', 'email', { kind: 'pigeon' }, /: kind: /],
  ['an SMS gateway for mail', 'email', HTTP, /: kind: /],
  ['a misspelt field', 'email', { ...SMTP, pasword: 'x' }, /pasword/],
  ['a port that is none', 'email', { ...SMTP, port: 70_000 }, /: port: /],
  ['a URL as host', 'email', { ...SMTP, host: 'smtp://mail.acme.test' }, /: host: is not the name/],
  ['a sender with a header in it', 'email', { ...SMTP, from: 'a@b.test\r\nBcc: c@d.test' }, /: from: has a line break/],
  ['two senders', 'email', { ...SMTP, from: 'a@b.test, c@d.test' }, /: from: is not an email address/],
  ['a user without a password', 'email', { ...SMTP, user: 'acme' }, /: user: is given with a password/],
  ['[DF-06] a password in clear', 'email', { ...SMTP, ...LOGIN, tls: 'none' }, /: tls: .*travel in clear/],
  ['[DF-06] a password if TLS happens to be offered', 'email', { ...SMTP, ...LOGIN, tls: 'opportunistic' }, /: tls: /],
  ['a limit of minutes', 'email', { ...SMTP, totalSeconds: 120 }, /: totalSeconds: /],
  ['no limit', 'sms', { ...HTTP, timeoutSeconds: 0 }, /: timeoutSeconds: /],
  ['a file as gateway', 'sms', { ...HTTP, url: 'file:///etc/passwd' }, /: url: /],
  ['a login in the URL', 'sms', { ...HTTP, url: 'https://u:hunter2-secret@sms.test/' }, /: url: has a user name/],
  [
    'a header with a line break',
    'sms',
    { ...HTTP, parameters: [header('X', 'a\r\nY: hunter2-secret')] },
    /: parameters: /,
  ],
  [
    'a header that is ours',
    'sms',
    { ...HTTP, parameters: [header('Host', 'evil.test')] },
    /: parameters: has a header/,
  ],
  ['a parameter twice', 'sms', { ...HTTP, parameters: [{ name: 'to', value: '+1' }] }, /names a parameter twice/],
  ['JSON by GET', 'sms', { ...HTTP, json: true }, /: json: is for POST/],
  ['acceptance of a redirect', 'sms', { ...HTTP, accept_status: [302] }, /: accept_status\.0: /],
  ['a mailbox with an address', 'sms', { kind: 'captured', url: 'https://x.test' }, /url/],
]

for (const [what, channel, config, problem] of UNUSABLE)
  test(`${what} is refused in a sentence without values`, () => {
    const parsed = parseChannelConfig(channel, config)
    assert.ok(!parsed.ok)
    assert.match(parsed.problem, problem)
    assert.match(parsed.problem, /^The .*\.$/)
    assert.doesNotMatch(parsed.problem, /hunter2/)
  })
