import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel } from '#domain/method.ts'
import type { Outgoing, SendResult } from '#ports/delivery.ts'
import { CODE, outgoing } from './courier-letters.ts'

/** A message as the far side has it. */
export interface Arrived {
  /** What the far side tells messages apart by. */
  readonly name: string
  readonly to: string
  readonly text: string
}

/** One transport with three far sides: one that takes messages, one that refuses and quotes them, one that never answers. */
export interface CourierSubject {
  send(outgoing: Outgoing): Promise<SendResult>
  sendToRefusal(outgoing: Outgoing): Promise<SendResult>
  sendToSilence(outgoing: Outgoing): Promise<SendResult>
  arrived(): readonly Arrived[]
  close(): Promise<void>
}

/** What every way of bringing messages has to keep. */
export function courierContract(kind: string, channel: Channel, open: () => Promise<CourierSubject>): void {
  const letter = outgoing({ channel })

  const held = (says: string, prove: (subject: CourierSubject) => Promise<void>): void => {
    test(`${says} (${kind})`, async () => {
      const subject = await open()
      try {
        await prove(subject)
      } finally {
        await subject.close()
      }
    })
  }

  held('a message is accepted and arrives once, at its recipient, with the code', async (subject) => {
    const result = await subject.send(letter)
    assert.equal(result.kind, 'accepted')
    const [only, ...others] = subject.arrived()
    assert.deepEqual(others, [])
    assert.equal(only?.to, letter.to)
    assert.match(only.text, new RegExp(`^${CODE} `))
  })

  held('sent twice under one id it is one message to the far side', async (subject) => {
    assert.equal((await subject.send(letter)).kind, 'accepted')
    assert.equal((await subject.send(letter)).kind, 'accepted')
    const names = subject.arrived().map((each) => each.name)
    assert.equal(new Set(names).size, 1)
    assert.ok(names[0]?.includes(letter.id))
  })

  held('two ids are two messages', async (subject) => {
    await subject.send(letter)
    await subject.send({ ...letter, id: 'dlv_second' })
    assert.equal(new Set(subject.arrived().map((each) => each.name)).size, 2)
  })

  held('[R-009] a refusal is a short sentence on one line, without the code', async (subject) => {
    const result = await subject.sendToRefusal(letter)
    assert.ok(result.kind === 'failed')
    assert.ok(result.why.length > 10 && result.why.length <= 300, result.why)
    assert.doesNotMatch(result.why, /\p{Cc}/u)
    assert.ok(!result.why.includes(CODE), result.why)
    assert.deepEqual(subject.arrived(), [])
  })

  held('silence ends in bounded time as a failure, and the next message goes through', async (subject) => {
    const result = await subject.sendToSilence(letter)
    assert.ok(result.kind === 'failed')
    assert.match(result.why, /within \d/)
    assert.equal((await subject.send(letter)).kind, 'accepted')
  })

  held('[R-009] an accepted message leaves a reference without the code, or none', async (subject) => {
    const result = await subject.send(letter)
    assert.ok(result.kind === 'accepted')
    assert.ok(!result.reference?.includes(CODE))
  })
}
