import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { CODE, enrolmentLink, MONDAY_NINE, outgoing } from '../../test/contracts/courier-letters.ts'
import { HandClock } from '../../test/hand-clock.ts'
import { createMailbox, type MailboxOptions } from './captured.ts'

const SMS = outgoing({ channel: 'sms', id: 'dlv_sms' })

function mailbox(options: Partial<MailboxOptions> = {}) {
  const clock = new HandClock(MONDAY_NINE)
  return { clock, box: createMailbox({ clock, ...options }) }
}

test('[S0.10] what is sent is listed, newest first, with everything a person would see', async () => {
  const { clock, box } = mailbox()
  assert.deepEqual(await box.take(outgoing()), { kind: 'accepted', reference: outgoing().id })
  clock.pass(seconds(1))
  await box.take(SMS)
  const [sms, mail, ...others] = box.messages()
  assert.deepEqual(others, [])
  assert.deepEqual(sms, {
    id: 'dlv_sms',
    channel: 'sms',
    to: '+4915112345678',
    subject: null,
    text: `${CODE} is your Acme ERP security code.\n\n@erp.acme.test #${CODE}`,
    html: null,
    at: '2026-11-23T09:00:01.000Z',
  })
  assert.equal(mail?.channel, 'email')
  assert.equal(mail.subject, `${CODE} is your Acme ERP security code`)
  assert.match(mail.html ?? '', /^<!doctype html>/)
  assert.equal(mail.at, '2026-11-23T09:00:00.000Z')
})

test('sent twice under one id it is listed once', async () => {
  const { box } = mailbox()
  assert.deepEqual(await box.take(outgoing()), await box.take(outgoing()))
  assert.equal(box.messages().length, 1)
})

test('it keeps the newest and forgets the oldest', async () => {
  const { box } = mailbox({ room: 2 })
  for (const id of ['dlv_1', 'dlv_2', 'dlv_3'] as const) await box.take(outgoing({ id }))
  assert.deepEqual(
    box.messages().map((each) => each.id),
    ['dlv_3', 'dlv_2'],
  )
})

test('a list that was handed out does not change any more', async () => {
  const { box } = mailbox()
  const before = box.messages()
  await box.take(outgoing())
  assert.deepEqual(before, [])
})

test('each channel acts as it is told, and the other goes on', async () => {
  const waited: number[] = []
  const { box } = mailbox({ wait: (milliseconds) => Promise.resolve(void waited.push(milliseconds)) })
  assert.deepEqual(box.behaviour(), { email: 'ok', sms: 'ok' })

  await box.setBehaviour({ sms: 'reject' })
  assert.match(JSON.stringify(await box.take(SMS)), /"failed".*503/)
  assert.equal((await box.take(outgoing())).kind, 'accepted')

  await box.setBehaviour({ sms: 'timeout', email: 'reject' })
  assert.deepEqual(await box.take(SMS), {
    kind: 'failed',
    why: 'There was no answer within 5 seconds.',
    trouble: 'passing',
  })
  assert.deepEqual(waited, [5_000])
  assert.match(JSON.stringify(await box.take(outgoing())), /"failed".*550/)

  await box.setBehaviour({ sms: 'ok' })
  assert.deepEqual(box.behaviour(), { email: 'reject', sms: 'ok' })
  assert.equal((await box.take(SMS)).kind, 'accepted')
})

test('unconfigured is told to the composition, once when it begins and once when it ends', async () => {
  const told: unknown[] = []
  const { box } = mailbox({ onUnconfigured: async (channel, unconfigured) => void told.push([channel, unconfigured]) })
  await box.setBehaviour({ email: 'reject', sms: 'ok' })
  assert.deepEqual(told, [])
  await box.setBehaviour({ email: 'unconfigured' })
  await box.setBehaviour({ email: 'unconfigured' })
  assert.deepEqual(told, [['email', true]])
  assert.equal((await box.take(outgoing())).kind, 'failed')
  await box.setBehaviour({ email: 'ok', sms: 'unconfigured' })
  assert.deepEqual(told, [
    ['email', true],
    ['email', false],
    ['sms', true],
  ])
})

test('[R-063] a link goes over no phone, not even the demo’s', async () => {
  const { box } = mailbox()
  assert.equal((await box.take({ ...SMS, letter: enrolmentLink })).kind, 'failed')
  assert.deepEqual(box.messages(), [])
})
