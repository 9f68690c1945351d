import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SendResult } from '#ports/delivery.ts'
import { outgoing } from '../../test/contracts/courier-letters.ts'
import { sendByFirst } from './gateways.ts'
import type { GatewayConfig } from './sms-config.ts'
import { FREELY } from './way.ts'

const gateway = (from: string, timeoutSeconds = 5): GatewayConfig => ({
  kind: 'vonage',
  api_key: 'key',
  api_secret: 'secret',
  from,
  api_url: 'https://api.example.com',
  timeoutSeconds,
})
const SMS = outgoing({ channel: 'sms' })
const accepted: SendResult = { kind: 'accepted', reference: 'r' }
const failed = (why: string, trouble: 'passing' | 'lasting' | 'recipient' = 'passing'): SendResult => ({
  kind: 'failed',
  why,
  trouble,
})

/** Sends over gateways that answer as told, in their order; says how long each was given. */
async function over(count: number, answers: readonly SendResult[], timeoutSeconds = 5) {
  const given: number[] = []
  const list = Array.from({ length: count }, (_, n) => gateway(`g${n}`, timeoutSeconds))
  const result = await sendByFirst(list, SMS, FREELY, (each) => {
    given.push(each.timeoutSeconds)
    return Promise.resolve(answers[given.length - 1] ?? assert.fail('asked once too often'))
  })
  return { result, given }
}

test('[F1] the first gateway that takes the message ends it; who failed before stands beside', async () => {
  assert.deepEqual((await over(2, [accepted])).result, accepted)
  const second = await over(3, [failed('down.'), accepted])
  assert.deepEqual(second.result, { ...accepted, after: '1 (vonage): down.' })
  assert.equal(second.given.length, 2)
})

test('when all of them fail the reasons are told together; one alone is told as it is', async () => {
  const { result } = await over(2, [failed('down.'), failed('no credit.', 'lasting')])
  assert.deepEqual(result, failed('1 (vonage): down. 2 (vonage): no credit.', 'lasting'))
  assert.deepEqual((await over(1, [failed('down.')])).result, failed('down.'))
})

test('a number that takes no messages is not carried from gateway to gateway', async () => {
  const { given, result } = await over(3, [failed('no such number', 'recipient')])
  assert.equal(given.length, 1)
  assert.ok(result.kind === 'failed' && result.trouble === 'recipient')
})

test('[F1] all of them together have eight seconds, because somebody waits at the login page', async () => {
  const { given } = await over(2, [failed('slow'), failed('slow')], 10)
  assert.equal(given[0], 4)
  assert.ok((given[1] ?? 99) <= 8)
  const four = await over(4, [failed('a'), failed('b'), failed('c'), failed('d')], 10)
  assert.equal(four.given[0], 2)
})
