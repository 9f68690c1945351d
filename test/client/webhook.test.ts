import assert from 'node:assert/strict'
import { test } from 'node:test'
import { webhookSignature } from '#delivery/audit/send-webhook.ts'
import { verifyWebhook, WebhookRefused } from '../../client/webhook.js'

// The signature is made by what sends webhooks here, and by the example of Standard Webhooks, which nobody here made.

const SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`
const OTHER = `whsec_${Buffer.alloc(32, 4).toString('base64')}`
const NOW = Date.UTC(2026, 10, 2, 9)
const AT = String(NOW / 1_000)
const BODY = '{"type":"audit.entries","data":{"name":"Łee"}}'

function sent(more: Record<string, string> = {}, secret = SECRET) {
  return {
    'webhook-id': 'audit_acme_1_5',
    'webhook-timestamp': AT,
    'webhook-signature': `v1,${webhookSignature(secret, 'audit_acme_1_5', AT, BODY)}`,
    ...more,
  }
}

const verify = (headers: Record<string, string>, more: Partial<Parameters<typeof verifyWebhook>[0]> = {}) =>
  verifyWebhook({ secret: SECRET, headers, body: BODY, now: () => NOW, ...more })

test('what Countersign sends is taken, from headers of either kind', async () => {
  assert.deepEqual(await verify(sent()), JSON.parse(BODY))
  assert.deepEqual(
    await verifyWebhook({ secret: SECRET, headers: new Headers(sent()), body: BODY, now: () => NOW }),
    JSON.parse(BODY),
  )
})

test('the example of the specification is taken', async () => {
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const body = '{"test": 2432232314}'
  assert.deepEqual(await verifyWebhook({ secret, headers, body, now: () => 1_614_265_330_000 }), JSON.parse(body))
})

test('while a secret is changed both are good, whichever side is first', async () => {
  await verify(sent(), { secret: [OTHER, SECRET] })
  const two = `${sent({}, OTHER)['webhook-signature']} ${sent()['webhook-signature']}`
  await verify(sent({ 'webhook-signature': two }))
  await verify(sent({ 'webhook-signature': `v1a,AAAA ${sent()['webhook-signature']}` }))
})

test('anything changed, missing, foreign or late is refused', async () => {
  const good = sent()['webhook-signature']
  for (const headers of [
    sent({ 'webhook-id': 'audit_acme_1_6' }),
    sent({ 'webhook-timestamp': String(Number(AT) + 1) }),
    sent({ 'webhook-signature': good.replace('v1,', 'v2,') }),
    sent({ 'webhook-signature': good.replace('v1,', '') }),
    sent({ 'webhook-signature': `${good.slice(0, -4)}AAA=` }),
    sent({ 'webhook-signature': 'v1,' }),
    sent({ 'webhook-signature': 'v1,%%%' }),
    sent({ 'webhook-signature': '' }),
    sent({ 'webhook-timestamp': '' }),
    sent({ 'webhook-timestamp': 'soon' }),
    sent({}, OTHER),
    {},
  ])
    await assert.rejects(verify(headers), WebhookRefused, JSON.stringify(headers))
  await assert.rejects(verify(sent(), { body: `${BODY} ` }), WebhookRefused)
  for (const off of [-301, 301]) await assert.rejects(verify(sent(), { now: () => NOW + off * 1_000 }), WebhookRefused)
  for (const near of [-299, 299]) await verify(sent(), { now: () => NOW + near * 1_000 })
})

test('a secret that is none is a mistake of the program, not of the sender', async () => {
  for (const secret of ['', 'secret', 'whsec_', 'whsec_AAAA'])
    await assert.rejects(verify(sent(), { secret }), TypeError)
})
