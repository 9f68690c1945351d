import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { CERTIFICATE } from '../../test/contracts/courier-certificate.ts'
import { CODE, enrolmentLink, LINK, outgoing } from '../../test/contracts/courier-letters.ts'
import {
  closedPort,
  mailServer,
  type MailServerOptions,
  type ScriptedServer,
  scriptedServer,
} from '../../test/contracts/courier-mail-server.ts'
import type { SmtpConfig } from './channel-config.ts'
import { FREELY } from './way.ts'
import { sendBySmtp } from './smtp.ts'

const LOGIN = { user: 'acme', password: 'correct-horse' }

const config = (port: number, change: Partial<SmtpConfig> = {}): SmtpConfig => ({
  kind: 'smtp',
  host: '127.0.0.1',
  port,
  tls: 'required',
  from: 'Acme ERP <no-reply@acme.test>',
  connectSeconds: 30,
  totalSeconds: 30,
  ca: CERTIFICATE,
  ...change,
})

async function server(t: TestContext, options: MailServerOptions) {
  const running = await mailServer(options)
  t.after(() => running.close())
  return running
}

async function script(t: TestContext, ...how: Parameters<typeof scriptedServer>): Promise<ScriptedServer> {
  const running = await scriptedServer(...how)
  t.after(() => running.close())
  return running
}

test('[S0.10] a mail with the six digits arrives at its one recipient, in both forms', async (t) => {
  const { port, received } = await server(t, { tls: 'starttls', login: LOGIN })
  const result = await sendBySmtp(config(port, LOGIN), outgoing())
  assert.deepEqual(result, { kind: 'accepted', reference: '<dlv_q1W2e3R4t5Y6u7I8o9P0aQ@acme.test>' })
  const [message, ...others] = received
  assert.deepEqual(others, [])
  assert.ok(message)
  assert.deepEqual(
    [message.secure, message.user, message.from, message.to],
    [true, 'acme', 'no-reply@acme.test', ['kim@acme.test']],
  )
  assert.equal(message.mail.subject, `${CODE} is your Acme ERP security code`)
  assert.match(message.mail.text ?? '', new RegExp(`^${CODE} is your Acme ERP security code\\.`))
  assert.match(String(message.mail.html), new RegExp(`>${CODE}</strong>`))
  assert.deepEqual(message.mail.from?.value, [{ name: 'Acme ERP', address: 'no-reply@acme.test' }])
})

test('the headers say that a machine wrote it, and join it to no earlier mail', async (t) => {
  const { port, received } = await server(t, { tls: 'starttls' })
  await sendBySmtp(config(port), outgoing())
  const headers = received[0]?.mail.headers
  assert.equal(headers?.get('auto-submitted'), 'auto-generated')
  assert.equal(headers?.get('x-auto-response-suppress'), 'All')
  assert.equal(headers?.get('message-id'), '<dlv_q1W2e3R4t5Y6u7I8o9P0aQ@acme.test>')
  for (const none of ['in-reply-to', 'references', 'x-mailer', 'bcc', 'cc'])
    assert.equal(headers?.has(none), false, none)
})

test('TLS from the first byte', async (t) => {
  const { port, received } = await server(t, { tls: 'implicit', login: LOGIN })
  assert.equal((await sendBySmtp(config(port, { tls: 'implicit', ...LOGIN }), outgoing())).kind, 'accepted')
  assert.equal(received[0]?.secure, true)
})

test('opportunistic TLS takes any certificate, or goes on in clear where none is offered', async (t) => {
  for (const tls of ['starttls', 'none'] as const) {
    const { port, received } = await server(t, { tls })
    const { ca: _, ...untrusting } = config(port, { tls: 'opportunistic' })
    assert.equal((await sendBySmtp(untrusting, outgoing())).kind, 'accepted')
    assert.equal(received[0]?.secure, tls === 'starttls')
  }
})

test('[DF-06] STARTTLS stripped while it is required: neither password nor mail is sent', async (t) => {
  const stripped = await script(t, '220 mail ready', (line) =>
    line.startsWith('EHLO')
      ? '250-mail\r\n250 AUTH PLAIN LOGIN'
      : line === 'STARTTLS'
        ? '502 5.5.1 Not implemented'
        : '250 fine',
  )
  const result = await sendBySmtp(config(stripped.port, LOGIN), outgoing())
  assert.ok(result.kind === 'failed')
  assert.match(result.why, /does not offer TLS, and nothing is sent in clear: 502 5\.5\.1 Not implemented/)
  assert.match(stripped.heard(), /^EHLO [^\r\n]+\r\nSTARTTLS\r\n$/)
})

test('[DF-06] a server that agrees to STARTTLS and then does not encrypt hears nothing', async (t) => {
  const pretending = await script(t, '220 mail ready', (line) =>
    line.startsWith('EHLO') ? '250-mail\r\n250 STARTTLS' : line === 'STARTTLS' ? '220 go\r\n250 fine' : '250 fine',
  )
  const result = await sendBySmtp(config(pretending.port, LOGIN), outgoing())
  assert.ok(result.kind === 'failed')
  assert.doesNotMatch(pretending.heard(), /AUTH|MAIL|DATA/)
  assert.ok(!pretending.heard().includes(CODE))
})

for (const tls of ['required', 'implicit'] as const)
  test(`[DF-06] a certificate nobody vouches for: nothing is sent (${tls})`, async (t) => {
    const { port, received } = await server(t, { tls: tls === 'required' ? 'starttls' : 'implicit' })
    const { ca: _, ...untrusting } = config(port, { tls })
    const result = await sendBySmtp(untrusting, outgoing())
    assert.ok(result.kind === 'failed')
    assert.match(result.why, /self-signed certificate/)
    assert.deepEqual(received, [])
  })

test('a refused recipient fails with the words of the server', async (t) => {
  const { port, received } = await server(t, { tls: 'starttls', refuse: '550 5.1.1 No such person here' })
  assert.deepEqual(await sendBySmtp(config(port), outgoing()), {
    kind: 'failed',
    why: '550 5.1.1 No such person here',
    trouble: 'recipient',
  })
  assert.deepEqual(received, [])
})

test('[R-009] a refused login fails with the words of the server, and a password it quotes is taken out', async (t) => {
  const quoting = (password: string) => `535 5.7.8 "${password}" is wrong (${Buffer.from(password).toString('base64')})`
  const { port } = await server(t, { tls: 'starttls', login: LOGIN, refuseLogin: quoting })
  const result = await sendBySmtp(config(port, { user: 'acme', password: 'battery-staple' }), outgoing())
  assert.deepEqual(result, { kind: 'failed', why: '535 5.7.8 "•••" is wrong (•••)', trouble: 'lasting' })
})

test('[R-009] a server that quotes the whole login leaves nothing of it behind', async (t) => {
  const quoting = await script(t, '220 mail ready', (line) =>
    line.startsWith('EHLO') ? '250-mail\r\n250 AUTH PLAIN' : `535 5.7.8 What is ${line}`,
  )
  const result = await sendBySmtp(config(quoting.port, { tls: 'none', ...LOGIN }), outgoing())
  assert.deepEqual(result, { kind: 'failed', why: '535 5.7.8 What is AUTH PLAIN •••', trouble: 'lasting' })
})

test('[R-009] a server that quotes the mail it refuses leaves neither code nor link behind', async (t) => {
  const quoting = (raw: string) => `554 5.7.1 ${/\d{6} is your[^\r\n]*|https:\S+/.exec(raw)?.[0]}`
  const { port } = await server(t, { tls: 'starttls', refuseMessage: quoting })
  const code = await sendBySmtp(config(port), outgoing())
  assert.deepEqual(code, { kind: 'failed', why: '554 5.7.1 ••• is your Acme ERP security code', trouble: 'lasting' })
  const link = await sendBySmtp(config(port), outgoing({ letter: enrolmentLink }))
  assert.deepEqual(link, { kind: 'failed', why: '554 5.7.1 •••', trouble: 'lasting' })
})

test('the mail to set up an app arrives with its link whole', async (t) => {
  const { port, received } = await server(t, { tls: 'starttls' })
  await sendBySmtp(config(port), outgoing({ letter: enrolmentLink }))
  assert.ok(received[0]?.mail.text?.includes(`\n${LINK}\n`))
})

test('nobody listens: failed with the reason of the network', async () => {
  const result = await sendBySmtp(config(await closedPort()), outgoing())
  assert.ok(result.kind === 'failed')
  assert.match(result.why, /ECONNREFUSED/)
})

test('a server that accepts and says nothing is left after the time to connect', async (t) => {
  const silent = await script(t, null, () => null)
  const result = await sendBySmtp(config(silent.port, { connectSeconds: 0.3 }), outgoing())
  assert.deepEqual(result, {
    kind: 'failed',
    why: 'The mail server gave no greeting within 0.3 seconds.',
    trouble: 'passing',
  })
})

test('a server that falls silent in the middle is left after the whole time', async (t) => {
  const silent = await script(t, '220 mail ready', (line) => (line.startsWith('EHLO') ? '250 mail' : null))
  const result = await sendBySmtp(config(silent.port, { tls: 'none', totalSeconds: 0.3 }), outgoing())
  assert.deepEqual(result, {
    kind: 'failed',
    why: 'The mail server did not finish within 0.3 seconds.',
    trouble: 'passing',
  })
})

test('closing ends what is under way', async (t) => {
  const closing = new AbortController()
  const silent = await script(t, '220 mail ready', () => {
    closing.abort()
    return null
  })
  const result = await sendBySmtp(config(silent.port, { tls: 'none' }), outgoing(), {
    ...FREELY,
    closing: closing.signal,
  })
  assert.deepEqual(result, {
    kind: 'failed',
    why: 'Sending was stopped because the server is shutting down.',
    trouble: 'passing',
  })
})

test('[IV-05] line breaks in names and titles begin no header, and commas add no recipient', async (t) => {
  const { port, received } = await server(t, { tls: 'starttls' })
  const wicked = outgoing({
    displayName: 'Kim, eve@evil.test\r\nBcc: eve@evil.test',
    siteTitle: 'Acme\r\nX-Evil: yes\r\n\r\n<b>body</b>',
  })
  assert.equal((await sendBySmtp(config(port, { from: '"Acme, Inc" <no-reply@acme.test>' }), wicked)).kind, 'accepted')
  const [message] = received
  assert.deepEqual(message?.to, ['kim@acme.test'])
  assert.deepEqual(message?.mail.headers.has('bcc') || message?.mail.headers.has('x-evil'), false)
  const [to] = [message?.mail.to].flat()
  assert.deepEqual(to?.value, [{ name: 'Kim, eve@evil.test Bcc: eve@evil.test', address: 'kim@acme.test' }])
  assert.equal(message?.mail.subject, `${CODE} is your Acme X-Evil: yes <b>body</b> security code`)
})

test('a recipient that is more than one address is not tried', async (t) => {
  const { port, received } = await server(t, { tls: 'starttls' })
  for (const to of ['kim@acme.test, eve@evil.test', 'kim@acme.test>\r\nRCPT TO:<eve@evil.test', '']) {
    const result = await sendBySmtp(config(port), outgoing({ to }))
    assert.deepEqual(result, { kind: 'failed', why: 'The recipient is not an email address.', trouble: 'recipient' })
  }
  assert.deepEqual(received, [])
})
