import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { CODE, outgoing } from '../../test/contracts/courier-letters.ts'
import { smsGateway } from '../../test/contracts/courier-sms-gateway.ts'
import type { VonageConfig } from './sms-config.ts'
import { sendByVonage, vonageReceipt } from './vonage.ts'

const SMS = outgoing({ channel: 'sms', receipts: 'https://erp.acme.test/acme/api/v1/delivery/receipts/sms/abc' })

async function vonage(t: TestContext, status: number, body: object) {
  const running = await smsGateway((response) => response.writeHead(status).end(JSON.stringify(body)))
  t.after(() => running.close())
  const config: VonageConfig = {
    kind: 'vonage',
    api_key: 'acme0001',
    api_secret: 'secret-of-acme',
    from: 'Acme',
    api_url: new URL(running.url).origin,
    timeoutSeconds: 10,
  }
  return { running, config }
}

test('a message is posted with its names, and accepted with a number of theirs', async (t) => {
  const { running, config } = await vonage(t, 202, { message_uuid: 'aaaa-bbbb' })
  assert.deepEqual(await sendByVonage(config, SMS), { kind: 'accepted', reference: 'aaaa-bbbb' })
  const [request] = running.requests
  assert.equal(`${request?.method} ${request?.url.pathname}`, 'POST /v1/messages')
  assert.equal(request?.headers.authorization, `Basic ${Buffer.from('acme0001:secret-of-acme').toString('base64')}`)
  assert.deepEqual(JSON.parse(request?.body ?? ''), {
    channel: 'sms',
    message_type: 'text',
    to: '4915112345678',
    from: 'Acme',
    text: `${CODE} is your Acme ERP security code.\n\n@erp.acme.test #${CODE}`,
    client_ref: SMS.id,
    webhook_url: `${SMS.receipts}?delivery=${SMS.id}`,
    webhook_version: 'v1',
  })
})

test('[DF-10] a refusal is told in the words of the gateway, without its secret', async (t) => {
  for (const [status, trouble] of [
    [401, 'lasting'],
    [402, 'lasting'],
    [429, 'passing'],
    [500, 'passing'],
  ] as const) {
    const { config } = await vonage(t, status, { title: 'No', detail: 'secret-of-acme is not enough' })
    const result = await sendByVonage(config, SMS)
    assert.ok(result.kind === 'failed')
    assert.match(result.why, /"No"/)
    assert.doesNotMatch(result.why, /secret-of-acme/)
    assert.equal(result.trouble, trouble)
  }
})

test('a status is read: delivered, not delivered and why, and whatever is neither', () => {
  const read = (status: object) =>
    vonageReceipt({ query: new URLSearchParams(), contentType: 'application/json', body: JSON.stringify(status) })
  assert.deepEqual(read({ client_ref: SMS.id, status: 'delivered' })?.result, { kind: 'delivered' })
  const gone = read({ client_ref: SMS.id, status: 'undeliverable', error: { detail: 'Absent subscriber' } })
  assert.deepEqual(gone?.result, {
    kind: 'failed',
    why: 'Vonage says that the message is undeliverable: Absent subscriber',
    trouble: 'recipient',
  })
  assert.equal(read({ client_ref: SMS.id, status: 'submitted' }), null)
  assert.equal(read({ client_ref: 'somebody', status: 'delivered' }), null)
})
