import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { minutes } from '#domain/time.ts'
import { type ApiWorld, apiWorld } from '../api-world.ts'
import { codeIn, gateway, mail, mailOver, setUp } from '../real-channels.ts'
import { opened, page, rows, type, waiting } from '../steps.ts'

// What gateways and mail servers tell later, at an address that only they know.

const GATEWAY = {
  kind: 'http',
  message_parameter: 'text',
  receiver_parameter: 'to',
  reference_parameter: 'ref',
  receipts: { reference: 'ref', status: 'stat', delivered: ['DELIVRD'], failed: ['UNDELIV'], reason: 'err' },
}

interface Sent {
  readonly at: ApiWorld
  /** The path for receipts below the API. */
  readonly path: string
  /** Our name of the message to Kim, as the gateway was told it. */
  readonly reference: string
  readonly pending: string
  readonly code: string
}

/** Kim waits for a code that a gateway has accepted. */
async function sent(t: TestContext): Promise<Sent> {
  const at = await apiWorld({ preset: 'scheduling' })
  t.after(at.close)
  const { url, requests } = await gateway(t)
  const receipts = await setUp(at, 'sms', { ...GATEWAY, url })
  const pending = waiting(await at.password('kim'))
  const asked = requests[0]?.url.searchParams
  const path = receipts.slice(receipts.indexOf('/delivery/'))
  return { at, path, pending, reference: asked?.get('ref') ?? '', code: codeIn(asked?.get('text') ?? '') }
}

const form = (fields: Record<string, string>) => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})

test('[DF-07] accepted is not delivered until the gateway says so, and then it stays that', async (t) => {
  const { at, path, reference } = await sent(t)
  assert.deepEqual(await rows(at, 'delivery.delivered'), [])
  assert.equal((await at.api(`POST ${path}`, form({ ref: reference, stat: 'DELIVRD' }))).status, 204)
  assert.equal((await rows(at, 'delivery.delivered')).length, 1)
  for (const stat of ['DELIVRD', 'UNDELIV'])
    assert.equal((await at.api(`POST ${path}`, form({ ref: reference, stat }))).status, 204)
  assert.deepEqual([(await rows(at, 'delivery.delivered')).length, await rows(at, 'delivery.fallback')], [1, []])
  const { body } = await at.api('GET /delivery/health', { token: at.keys.admin })
  assert.equal(body.channels[1].last_24_hours.delivered, 1)
})

test('[S1.8b] a receipt that the SMS failed brings the email within the life of the code; the late SMS still passes, once', async (t) => {
  for (const way of ['form', 'query', 'json'] as const) {
    const { at, path, reference, pending, code } = await sent(t)
    const fields = { ref: reference, stat: 'UNDELIV', err: 'absent subscriber' }
    const told =
      way === 'form'
        ? await at.api(`POST ${path}`, form(fields))
        : way === 'json'
          ? await at.api(`POST ${path}`, { body: fields })
          : await at.api(`GET ${path}?${new URLSearchParams(fields).toString()}`)
    assert.equal(told.status, 204)
    const shown = await page(at, pending)
    assert.deepEqual(shown?.sending, { state: 'accepted', channel: 'email', to: 'k•••@acme.test', insteadOf: 'sms' })
    assert.match(JSON.stringify((await rows(at, 'delivery.fallback'))[0]?.data['error']), /UNDELIV, absent subscriber/)
    assert.equal(at.codeFor('kim', 'email'), code)
    opened(await type(at, pending, code))
  }
})

test('[S1.8b] a receipt after the life of the code changes the record and sends nothing', async (t) => {
  const { at, path, reference } = await sent(t)
  at.clock.pass(minutes(10))
  await at.api(`POST ${path}`, form({ ref: reference, stat: 'UNDELIV' }))
  assert.equal((await rows(at, 'delivery.failed')).length, 1)
  assert.deepEqual(await rows(at, 'delivery.fallback'), [])
})

test('the address for receipts is the secret: a guessed one, that of another site or of a set-up before is none', async (t) => {
  const { at, path, reference } = await sent(t)
  const fields = form({ ref: reference, stat: 'UNDELIV' })
  const other = path.replace(/[0-9a-f]{64}$/, '0'.repeat(64))
  assert.equal((await at.api(`POST ${other}`, fields)).status, 404)
  assert.equal((await at.api(`POST ${path.replace('/sms/', '/email/')}`, fields)).status, 404)
  const { url } = await gateway(t)
  const next = await setUp(at, 'sms', { ...GATEWAY, url })
  assert.equal((await at.api(`POST ${path}`, fields)).status, 404)
  assert.notEqual(next.slice(-64), path.slice(-64))
  assert.deepEqual(await rows(at, 'delivery.fallback'), [])
})

test('what is no receipt of ours is taken and changes nothing', async (t) => {
  const { at, path, reference } = await sent(t)
  const before = (await at.trail()).length
  for (const fields of [
    {},
    { ref: reference, stat: 'ENROUTE' },
    { ref: 'dlv_nothing', stat: 'UNDELIV' },
    { stat: 'UNDELIV' },
  ])
    assert.equal((await at.api(`POST ${path}`, form(fields as Record<string, string>))).status, 204)
  assert.equal((await at.api(`POST ${path}`, { raw: '{"ref":' })).status, 204)
  assert.equal((await at.trail()).length, before)
})

const BOUNCE = (messageId: string) => `From: MAILER-DAEMON@mail.acme.test
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.acme.test

Final-Recipient: rfc822; kim@acme.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <kim@acme.test>: Recipient address rejected:
    User unknown in local recipient table

--b
Content-Type: text/rfc822-headers

Message-ID: ${messageId}
Subject: something
--b--
`

test('[DF-07] a mail that comes back makes the address suspect, until something gets through to it', async (t) => {
  const at = await apiWorld()
  t.after(at.close)
  const { port, received } = await mail(t)
  const receipts = await mailOver(at, port)
  const path = receipts.slice(receipts.indexOf('/delivery/'))
  const pending = waiting(await at.password('kim'))
  assert.equal((await page(at, pending))?.sending?.state, 'accepted')
  const raw = BOUNCE(received[0]?.mail.messageId ?? '')
  const told = await at.api(`POST ${path}`, { raw, headers: { 'content-type': 'message/rfc822' } })
  assert.equal(told.status, 204)
  assert.equal((await page(at, pending))?.sending?.state, 'failed')
  const warned = async () => (await at.api('GET /delivery/health', { token: at.keys.admin })).body.users
  assert.deepEqual(await warned(), [{ username: 'kim', display_name: 'Kim', warnings: ['email_bounced'] }])
  const [row] = await rows(at, 'delivery.failed')
  assert.match(JSON.stringify(row?.data['error']), /User unknown in local recipient table/)
  at.clock.pass(minutes(1))
  waiting(await at.password('kim'))
  assert.deepEqual(await warned(), [])
})
