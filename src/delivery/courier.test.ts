import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '#domain/secret.ts'
import { CODE, MONDAY_NINE, outgoing } from '../../test/contracts/courier-letters.ts'
import { mailServer } from '../../test/contracts/courier-mail-server.ts'
import { smsGateway } from '../../test/contracts/courier-sms-gateway.ts'
import { HandClock } from '../../test/hand-clock.ts'
import { createMailbox } from './captured.ts'
import { createCourier } from './courier.ts'

const CAPTURED = { kind: 'captured' }

test('[S2.4] an email code goes over the mail server of the configuration, an SMS code over the gateway', async (t) => {
  const mail = await mailServer()
  const gateway = await smsGateway()
  t.after(() => Promise.all([mail.close(), gateway.close()]))
  const courier = createCourier()

  const email = courier.check('email', {
    kind: 'smtp',
    host: '127.0.0.1',
    port: mail.port,
    tls: 'none',
    from: 'a@acme.test',
  })
  const sms = courier.check('sms', { kind: 'http', url: gateway.url, message_parameter: 'm', receiver_parameter: 'r' })
  assert.ok(email.ok && sms.ok)

  assert.equal((await courier.send(outgoing({ config: new Secret(email.config) }))).kind, 'accepted')
  assert.equal((await courier.send(outgoing({ channel: 'sms', config: new Secret(sms.config) }))).kind, 'accepted')
  assert.match(mail.received[0]?.mail.subject ?? '', new RegExp(CODE))
  assert.match(gateway.requests[0]?.url.searchParams.get('m') ?? '', new RegExp(CODE))
})

test('the demo’s mailbox takes both channels', async () => {
  const mailbox = createMailbox({ clock: new HandClock(MONDAY_NINE) })
  const courier = createCourier({ mailbox })
  for (const channel of ['email', 'sms'] as const) {
    const checked = courier.check(channel, CAPTURED)
    assert.ok(checked.ok)
    const id = `dlv_${channel}` as const
    assert.equal((await courier.send(outgoing({ channel, id, config: new Secret(checked.config) }))).kind, 'accepted')
  }
  assert.deepEqual(
    mailbox.messages().map((each) => each.channel),
    ['sms', 'email'],
  )
})

test('without a mailbox nothing is captured, whatever a configuration says', async () => {
  const courier = createCourier()
  const problem = 'The email configuration cannot be used: captured messages exist in the demo only.'
  assert.deepEqual(courier.check('email', CAPTURED), { ok: false, problem })
  const result = await courier.send(outgoing({ config: new Secret(JSON.stringify(CAPTURED)) }))
  assert.deepEqual(result, { kind: 'failed', why: problem, trouble: 'lasting' })
})

test('[R-009] a stored configuration that cannot be read fails without a part of it', async () => {
  const courier = createCourier()
  for (const config of [
    '',
    '{"password":"hunter2',
    '["hunter2"]',
    '{"kind":"smtp","password":"hunter2","hunter2":1}',
    'null',
  ]) {
    const result = await courier.send(outgoing({ config: new Secret(config) }))
    assert.ok(result.kind === 'failed')
    assert.match(result.why, /^The email configuration cannot be used: /)
    if (!config.includes('"hunter2":1')) assert.doesNotMatch(result.why, /hunter2/)
  }
})

test('it never throws, and a mistake of ours says nothing of the letter', async () => {
  const broken = createMailbox({
    clock: {
      now: () => {
        throw new TypeError(`code ${CODE}`)
      },
    },
  })
  const result = await createCourier({ mailbox: broken }).send(
    outgoing({ config: new Secret(JSON.stringify(CAPTURED)) }),
  )
  assert.deepEqual(result, {
    kind: 'failed',
    why: 'The message could not be prepared (TypeError).',
    trouble: 'lasting',
  })
})

test('closing gives up what is being sent', async (t) => {
  const courier = createCourier()
  const gateway = await smsGateway(() => courier.close())
  t.after(() => gateway.close())
  const checked = courier.check('sms', {
    kind: 'http',
    url: gateway.url,
    message_parameter: 'm',
    receiver_parameter: 'r',
  })
  assert.ok(checked.ok)
  const result = await courier.send(outgoing({ channel: 'sms', config: new Secret(checked.config) }))
  assert.deepEqual(result, {
    kind: 'failed',
    why: 'Sending was stopped because the server is shutting down.',
    trouble: 'passing',
  })
})
