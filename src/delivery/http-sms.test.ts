import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { CODE, enrolmentLink, outgoing } from '../../test/contracts/courier-letters.ts'
import { closedPort } from '../../test/contracts/courier-mail-server.ts'
import { smsGateway } from '../../test/contracts/courier-sms-gateway.ts'
import type { HttpSmsConfig } from './sms-config.ts'
import { FREELY } from './way.ts'
import { sendByHttp } from './http-sms.ts'

const SMS = outgoing({ channel: 'sms' })
const TEXT = `${CODE} is your Acme ERP security code.\n\n@erp.acme.test #${CODE}`
const KEY = { name: 'Authorization', value: 'Bearer gateway-key-7', header: true }
const SENDER = { name: 'sender', value: 'ACME & Söhne', header: false }

const config = (url: string, change: Partial<HttpSmsConfig> = {}): HttpSmsConfig => ({
  kind: 'http',
  url,
  method: 'GET',
  message_parameter: 'message',
  receiver_parameter: 'number',
  parameters: [],
  timeoutSeconds: 30,
  ...change,
})

async function gateway(t: TestContext, answer?: Parameters<typeof smsGateway>[0]) {
  const running = await smsGateway(answer)
  t.after(() => running.close())
  return running
}

test('GET: the parameters are in the address, beside those that were in it', async (t) => {
  const { url, requests } = await gateway(t)
  const result = await sendByHttp(config(`${url}?account=7`, { parameters: [KEY, SENDER] }), SMS)
  assert.deepEqual(result, { kind: 'accepted', reference: 'queued' })
  const [request, ...others] = requests
  assert.deepEqual(others, [])
  assert.equal(request?.method, 'GET')
  assert.equal(request.url.pathname, '/api/send_sms.cgi')
  assert.deepEqual(Object.fromEntries(request.url.searchParams), {
    account: '7',
    sender: 'ACME & Söhne',
    number: '+4915112345678',
    message: TEXT,
  })
  assert.equal(request.headers.authorization, 'Bearer gateway-key-7')
  assert.equal(request.headers['idempotency-key'], SMS.id)
  assert.equal(request.headers.connection, 'close')
})

test('POST: a form', async (t) => {
  const { url, requests } = await gateway(t)
  await sendByHttp(config(url, { method: 'POST', parameters: [KEY, SENDER] }), SMS)
  const [request] = requests
  assert.equal(request?.method, 'POST')
  assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded')
  assert.equal(request.url.search, '')
  assert.deepEqual(Object.fromEntries(new URLSearchParams(request.body)), {
    sender: 'ACME & Söhne',
    number: '+4915112345678',
    message: TEXT,
  })
})

const JSON_BY: readonly (readonly [how: string, change: Partial<HttpSmsConfig>, type: string])[] = [
  ['by the switch', { json: true, parameters: [SENDER] }, 'application/json'],
  [
    'by a header, as an ERP gateway says it',
    { parameters: [SENDER, { name: 'Content-Type', value: 'application/json; v=2', header: true }] },
    'application/json; v=2',
  ],
]

for (const [how, change, type] of JSON_BY)
  test(`POST: JSON ${how}`, async (t) => {
    const { url, requests } = await gateway(t)
    await sendByHttp(config(url, { method: 'POST', ...change }), SMS)
    assert.equal(requests[0]?.headers['content-type'], type)
    assert.deepEqual(JSON.parse(requests[0].body), { sender: 'ACME & Söhne', number: '+4915112345678', message: TEXT })
  })

test('[R-009] 500 fails with status and first words, and what is secret in them is taken out', async (t) => {
  const { url } = await gateway(t, (response, { headers, url: asked }) =>
    response
      .writeHead(500)
      .end(
        `Sorry,\n"${asked.searchParams.get('message')}" with ${headers.authorization}: ${asked.search} ${'.'.repeat(999)}`,
      ),
  )
  const result = await sendByHttp(config(url, { parameters: [KEY, { ...SENDER, value: 'p&ss word' }] }), SMS)
  assert.ok(result.kind === 'failed')
  assert.match(result.why, /^The SMS gateway answered 500: Sorry, "••• is your Acme ERP/)
  assert.doesNotMatch(result.why, new RegExp(`${CODE}|gateway-key|p&ss|p%26ss`))
  assert.ok(result.why.length <= 300, String(result.why.length))
})

test('an answer without words is told by its status', async (t) => {
  const { url } = await gateway(t, (response) => response.writeHead(503).end())
  assert.deepEqual(await sendByHttp(config(url), SMS), {
    kind: 'failed',
    why: 'The SMS gateway answered 503.',
    trouble: 'passing',
  })
})

test('a redirect is not followed: the code goes only where somebody configured it to go', async (t) => {
  const elsewhere = await gateway(t)
  const { url } = await gateway(t, (response) => response.writeHead(307, { location: elsewhere.url }).end())
  for (const method of ['GET', 'POST'] as const) {
    const result = await sendByHttp(config(url, { method }), SMS)
    assert.deepEqual(result, {
      kind: 'failed',
      why: 'The SMS gateway answered 307 (redirects are not followed).',
      trouble: 'lasting',
    })
  }
  assert.deepEqual(elsewhere.requests, [])
})

test('a gateway that hangs is left after its time, before its headers or in the middle of its answer', async (t) => {
  for (const begin of [false, true]) {
    const { url } = await gateway(t, (response) => void (begin && response.writeHead(200).write('wait')))
    const result = await sendByHttp(config(url, { timeoutSeconds: 0.2 }), SMS)
    assert.deepEqual(result, {
      kind: 'failed',
      why: 'The SMS gateway did not answer within 0.2 seconds.',
      trouble: 'passing',
    })
  }
})

test('of an endless answer only the beginning is read', async (t) => {
  const { url } = await gateway(t, (response) => {
    const more = () => void (response.destroyed || response.write('x'.repeat(4_096), () => setImmediate(more)))
    more()
  })
  const result = await sendByHttp(config(url), SMS)
  assert.ok(result.kind === 'accepted')
  assert.equal(result.reference?.length, 100)
})

test('nobody listens: failed with the reason of the network', async () => {
  const result = await sendByHttp(config(`http://127.0.0.1:${await closedPort()}/`), SMS)
  assert.ok(result.kind === 'failed')
  assert.match(result.why, /^The SMS gateway could not be reached: .*ECONNREFUSED/)
})

test('which answers mean taken is for the configuration to say', async (t) => {
  const { url } = await gateway(t, (response) => response.writeHead(200).end('{"status":"error","text":"no credit"}'))
  assert.equal((await sendByHttp(config(url), SMS)).kind, 'accepted')
  const byText = await sendByHttp(config(url, { accept_text: '"status":"ok"' }), SMS)
  assert.deepEqual(byText, {
    kind: 'failed',
    why: 'The SMS gateway answered 200: {"status":"error","text":"no credit"}',
    trouble: 'lasting',
  })
  assert.equal((await sendByHttp(config(url, { accept_status: [201, 202] }), SMS)).kind, 'failed')
})

test('an answer without a body leaves no reference', async (t) => {
  const { url } = await gateway(t, (response) => response.writeHead(204).end())
  assert.deepEqual(await sendByHttp(config(url), SMS), { kind: 'accepted', reference: null })
})

test('closing ends what is under way', async (t) => {
  const closing = new AbortController()
  const { url } = await gateway(t, () => closing.abort())
  const result = await sendByHttp(config(url), SMS, { ...FREELY, closing: closing.signal })
  assert.deepEqual(result, {
    kind: 'failed',
    why: 'Sending was stopped because the server is shutting down.',
    trouble: 'passing',
  })
})

test('[R-063] a link goes over no phone', async (t) => {
  const { url, requests } = await gateway(t)
  const result = await sendByHttp(config(url), outgoing({ channel: 'sms', letter: enrolmentLink }))
  assert.deepEqual(result, { kind: 'failed', why: 'A link is sent by email only.', trouble: 'recipient' })
  assert.deepEqual(requests, [])
})
