import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Receipt } from '#ports/delivery.ts'
import { CODE, enrolmentLink, outgoing } from '../../test/contracts/courier-letters.ts'
import { closedPort, scriptedServer } from '../../test/contracts/courier-mail-server.ts'
import { messageCentre } from '../../test/contracts/smsc.ts'
import { without } from '../../test/real-parts.ts'
import { openSmpp, receiptOf } from './smpp.ts'
import type { SmppConfig } from './sms-config.ts'

const NO_CENTRE = { skip: without('/usr/share/perl5/Net/SMPP.pm') }

async function centre(t: TestContext) {
  const running = await messageCentre()
  const receipts: Receipt[] = []
  let came = (): void => {}
  const lines = openSmpp((receipt) => {
    receipts.push(receipt)
    came()
  })
  t.after(async () => {
    lines.close()
    await running.close()
  })
  const config = (change: Partial<SmppConfig> = {}): SmppConfig => ({
    kind: 'smpp',
    host: '127.0.0.1',
    port: running.port,
    tls: 'none',
    system_id: 'acme',
    password: 'secret',
    from: 'Acme',
    timeoutSeconds: 10,
    ...change,
  })
  const receipt = async (): Promise<Receipt> => {
    while (receipts.length === 0) await new Promise<void>((next) => (came = next))
    return receipts.shift() ?? assert.fail()
  }
  return { running, lines, config, receipt }
}

const sms = (digit: number, id: `dlv_${string}` = 'dlv_first') =>
  outgoing({ channel: 'sms', id, to: `+4915112345${digit}${digit}${digit}` })

test('a message is bound, submitted and taken; its receipt says that it arrived', NO_CENTRE, async (t) => {
  const { running, lines, config, receipt } = await centre(t)
  assert.deepEqual(await lines.send(config(), sms(1)), { kind: 'accepted', reference: 'm0001' })
  const submitted = await running.said(/^submit/)
  // In the alphabet of phones (GSM 03.38) the at sign is the character 0.
  const [, to, from, registered, coding, text = ''] = submitted.split(' ')
  assert.deepEqual([to, from, registered, coding], ['4915112345111', 'Acme', '1', '0'])
  assert.equal(
    Buffer.from(text, 'hex').toString(),
    `${CODE} is your Acme ERP security code.\n\n\0erp.acme.test #${CODE}`,
  )
  assert.deepEqual(await receipt(), { delivery: 'dlv_first', result: { kind: 'delivered' } })
})

test('one connection serves message after message, and a receipt names its own', NO_CENTRE, async (t) => {
  const { running, lines, config, receipt } = await centre(t)
  await lines.send(config(), sms(1))
  assert.equal((await receipt()).delivery, 'dlv_first')
  await lines.send(config(), sms(9, 'dlv_second'))
  const failed = await receipt()
  assert.equal(failed.delivery, 'dlv_second')
  assert.deepEqual(failed.result, {
    kind: 'failed',
    why: 'The message centre says that the message is UNDELIV (error 001).',
    trouble: 'recipient',
  })
  assert.equal(running.told.filter((line) => line.startsWith('bind')).length, 1)
})

test('a connection that ended is bound anew for the next message', NO_CENTRE, async (t) => {
  const { running, lines, config } = await centre(t)
  const ended = await lines.send(config(), sms(6))
  assert.ok(ended.kind === 'failed' && ended.trouble === 'passing', JSON.stringify(ended))
  assert.equal((await lines.send(config(), sms(2))).kind, 'accepted')
  assert.equal(running.told.filter((line) => line === 'bind acme ok').length, 2)
})

test('[DF-10] a throttled message may go in a moment; a wrong password will not', NO_CENTRE, async (t) => {
  const { lines, config } = await centre(t)
  assert.deepEqual(await lines.send(config(), sms(8)), {
    kind: 'failed',
    why: 'The message centre refused the message: ESME_RTHROTTLED (0x58).',
    trouble: 'passing',
  })
  const steps: string[] = []
  const refused = await lines.send(config({ password: 'wrong' }), sms(1), {
    reach: () => true,
    note: ({ step, ok }) => steps.push(`${step} ${ok}`),
  })
  assert.ok(refused.kind === 'failed')
  assert.match(refused.why, /refused the login: ESME_RINVPASWD \(0xe\)/)
  assert.doesNotMatch(refused.why, /wrong/)
  assert.equal(refused.trouble, 'lasting')
  assert.deepEqual(steps, ['dns true', 'tcp true', 'auth false'])
})

test(
  'a centre that takes a message and says nothing is left after its time, and the line with it',
  NO_CENTRE,
  async (t) => {
    const { running, lines, config } = await centre(t)
    assert.equal((await lines.send(config({ timeoutSeconds: 1 }), sms(7))).kind, 'failed')
    await running.said(/^closed$/)
    assert.equal((await lines.send(config(), sms(2))).kind, 'accepted')
  },
)

test('nobody listens, or somebody does and never speaks: failed in passing', async (t) => {
  const lines = openSmpp(() => {})
  t.after(() => lines.close())
  const silent = await scriptedServer(null, () => null)
  t.after(() => silent.close())
  const config = {
    kind: 'smpp',
    host: '127.0.0.1',
    tls: 'none',
    system_id: 'a',
    password: 'secret',
    from: 'Acme',
  } as const
  const refused = await lines.send({ ...config, port: await closedPort(), timeoutSeconds: 10 }, sms(1))
  assert.ok(refused.kind === 'failed' && refused.trouble === 'passing')
  assert.match(refused.why, /ECONNREFUSED/)
  const hung = await lines.send({ ...config, port: silent.port, timeoutSeconds: 0.2 }, sms(1))
  assert.deepEqual(hung, {
    kind: 'failed',
    why: 'The message centre did not answer within 0.2 seconds.',
    trouble: 'passing',
  })
})

test('[R-063] a link goes over no phone', async () => {
  const config = {
    kind: 'smpp',
    host: 'h',
    port: 1,
    tls: 'none',
    system_id: 'a',
    password: 'b',
    from: 'Acme',
    timeoutSeconds: 1,
  } as const
  const result = await openSmpp(() => {}).send(config, outgoing({ channel: 'sms', letter: enrolmentLink }))
  assert.equal(result.kind, 'failed')
})

test('what is no receipt, or not about a message of ours, is none', () => {
  const known = (reference: string) => (reference === 'm1' ? ('dlv_1' as const) : undefined)
  const pdu = (esm_class: number, message: string) => ({
    command: 'deliver_sm',
    command_status: 0,
    sequence_number: 1,
    esm_class,
    short_message: { message },
    response: () => assert.fail(),
  })
  assert.equal(receiptOf(pdu(0, 'id:m1 stat:DELIVRD'), known), null, 'a text from a phone')
  assert.equal(receiptOf(pdu(4, 'id:m2 stat:DELIVRD'), known), null, 'of somebody else')
  assert.equal(receiptOf(pdu(4, 'id:m1 stat:ENROUTE'), known), null, 'not the end of it')
  assert.deepEqual(receiptOf(pdu(4, 'id:m1 stat:DELIVRD err:000'), known)?.result, { kind: 'delivered' })
  assert.equal(receiptOf(pdu(4, 'id:m1 stat:REJECTD err:12'), known)?.result.kind, 'failed')
})
