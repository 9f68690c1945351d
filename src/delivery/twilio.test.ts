import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { CODE, enrolmentLink, outgoing } from '../../test/contracts/courier-letters.ts'
import { smsGateway } from '../../test/contracts/courier-sms-gateway.ts'
import type { TwilioConfig } from './sms-config.ts'
import { sendByTwilio, twilioReceipt } from './twilio.ts'

const SID = `AC${'0'.repeat(32)}`
const SMS = outgoing({ channel: 'sms', receipts: 'https://erp.acme.test/acme/api/v1/delivery/receipts/sms/abc' })

async function twilio(t: TestContext, status: number, body: object) {
  const running = await smsGateway((response) => response.writeHead(status).end(JSON.stringify(body)))
  t.after(() => running.close())
  const config: TwilioConfig = {
    kind: 'twilio',
    account_sid: SID,
    auth_token: 'token-of-acme',
    from: '+15005550006',
    api_url: new URL(running.url).origin,
    timeoutSeconds: 10,
  }
  return { running, config }
}

test('a message is posted to the account with both its numbers, and a callback that names it', async (t) => {
  const { running, config } = await twilio(t, 201, { sid: 'SM0123', status: 'queued' })
  assert.deepEqual(await sendByTwilio(config, SMS), { kind: 'accepted', reference: 'SM0123' })
  const [request] = running.requests
  assert.equal(`${request?.method} ${request?.url.pathname}`, `POST /2010-04-01/Accounts/${SID}/Messages.json`)
  const login = Buffer.from(`${SID}:token-of-acme`).toString('base64')
  assert.equal(request?.headers.authorization, `Basic ${login}`)
  assert.deepEqual(Object.fromEntries(new URLSearchParams(request?.body)), {
    To: SMS.to,
    From: '+15005550006',
    Body: `${CODE} is your Acme ERP security code.\n\n@erp.acme.test #${CODE}`,
    StatusCallback: `${SMS.receipts}?delivery=${SMS.id}`,
  })
})

test('[DF-10] what Twilio refuses is told in its words, and as what it is', async (t) => {
  const refusals = [
    [400, 21211, "The 'To' number is not a valid phone number.", 'recipient'],
    [401, 20003, 'Authenticate', 'lasting'],
    [429, 20429, 'Too Many Requests', 'passing'],
    [503, 20503, 'Service unavailable', 'passing'],
  ] as const
  for (const [status, code, message, trouble] of refusals) {
    const { config } = await twilio(t, status, { code, message, status })
    const result = await sendByTwilio(config, SMS)
    assert.ok(result.kind === 'failed')
    assert.ok(result.why.includes(message), result.why)
    assert.equal(result.trouble, trouble, message)
  }
})

test('[R-009] an answer that quotes the login or the text leaves nothing of it', async (t) => {
  const login = Buffer.from(`${SID}:token-of-acme`).toString('base64')
  const { config } = await twilio(t, 400, { message: `${login} said ${CODE} with token-of-acme to ${SMS.receipts}` })
  const result = await sendByTwilio(config, SMS)
  assert.ok(result.kind === 'failed')
  assert.doesNotMatch(result.why, new RegExp(`${CODE}|token-of-acme|${login}|sms/abc\\?`))
})

test('[R-063] a link goes over no phone', async (t) => {
  const { running, config } = await twilio(t, 201, {})
  assert.equal((await sendByTwilio(config, outgoing({ channel: 'sms', letter: enrolmentLink }))).kind, 'failed')
  assert.deepEqual(running.requests, [])
})

test('a status callback is read: delivered, not delivered and why, and whatever is neither', () => {
  const read = (form: Record<string, string>, delivery = SMS.id) =>
    twilioReceipt({
      query: new URLSearchParams({ delivery }),
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams(form).toString(),
    })
  assert.deepEqual(read({ MessageStatus: 'delivered' }), { delivery: SMS.id, result: { kind: 'delivered' } })
  assert.deepEqual(read({ MessageStatus: 'undelivered', ErrorCode: '30003' }), {
    delivery: SMS.id,
    result: {
      kind: 'failed',
      why: 'Twilio says that the message is undelivered (error 30003).',
      trouble: 'recipient',
    },
  })
  assert.equal(read({ MessageStatus: 'sent' }), null)
  assert.equal(read({}), null)
  assert.equal(read({ MessageStatus: 'delivered' }, 'usr_kim' as never), null)
})
