import assert from 'node:assert/strict'
import { minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { SendCaps } from '#ports/send-caps.ts'
import type { Store } from '#ports/store.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { personOf } from './store-read-back.ts'
import { ACME, challengeOf, deliveryOf, idOf, MONDAY } from './store-things.ts'

const site = ACME.id
const BOB = idOf(site, 'bob')
const bob = { site, user: BOB }
const NO_CAPS: SendCaps = {
  userHour: 0,
  userUnansweredDay: 0,
  siteDay: 0,
  numberHour: 0,
  unansweredBlock: 0,
  siteMonth: 0,
}
const PHONE = '+436641230001'

const keep = (caps: Partial<SendCaps>, recipient = PHONE): Change => ({
  kind: 'keep-send-caps',
  site,
  user: BOB,
  channel: 'sms',
  recipient,
  at: MONDAY,
  caps: { ...NO_CAPS, ...caps },
})

/** An SMS with a code, if the caps have room for it; each with a sign-in of its own. */
function sms(name: string, caps: Partial<SendCaps>, recipient = PHONE): readonly Change[] {
  const challenge = challengeOf(bob, name)
  const content = { kind: 'code', challenge: challenge.id, counter: 0, digits: 6 } as const
  const more = { challenge: challenge.id, channel: 'sms', recipient, createdAt: MONDAY, content } as const
  return [
    { kind: 'add-challenge', challenge },
    keep(caps, recipient),
    { kind: 'add-delivery', delivery: deliveryOf(bob, name, more) },
  ]
}

/** How many messages this cap counts: the least that it has to allow for one more, less that one. */
async function counted(store: Store, cap: keyof SendCaps): Promise<number> {
  let most = 1
  while ((await commit(store, [keep({ [cap]: most })])) === 'conflict') most += 1
  return most - 1
}

const CAPS = ['userHour', 'userUnansweredDay', 'siteDay', 'numberHour', 'unansweredBlock', 'siteMonth'] as const

export function sendCapsContract(held: Held): void {
  for (const cap of CAPS)
    held(`of messages sent at once no more go out than the cap ${cap} has room for`, async ({ store }) => {
      assert.equal(await commit(store, sms('first', {})), 'committed')
      const before = await counted(store, cap)
      assert.ok(before >= 1, 'the first one counts')
      const outcomes = await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((name, index) => {
          const recipient = cap === 'unansweredBlock' ? `+43664123010${index}` : PHONE
          return commit(store, sms(name, { [cap]: before + 2 }, recipient))
        }),
      )
      assert.equal(outcomes.filter((outcome) => outcome === 'committed').length, 2, String(outcomes))
      assert.equal(await counted(store, cap), before + 2)
    })

  held('what a cap counts for a person is what is read of them', async ({ store }) => {
    assert.equal(await commit(store, sms('first', {})), 'committed')
    const bobs = await personOf(store, 'bob')
    assert.equal(bobs.unansweredToday, await counted(store, 'userUnansweredDay'))
    assert.equal(bobs.sendsThisHour, await counted(store, 'userHour'))
    const passed = challengeOf(bob, 'first')
    const evidence = { kind: 'app', at: MONDAY } as const
    const move = { ...passed, state: { kind: 'passed', evidence, at: MONDAY }, version: passed.version + 1 } as const
    assert.equal(await commit(store, [{ kind: 'move-challenge', challenge: move, from: passed.version }]), 'committed')
    assert.equal((await personOf(store, 'bob')).unansweredToday, bobs.unansweredToday - 1)
  })

  held('an alarm is raised once, by one of many at once, and again when it has ended', async ({ store }) => {
    const raise = (alarm: string, at = MONDAY): Change => ({
      kind: 'raise-alarm',
      site,
      alarm,
      at,
      until: at + minutes(10),
    })
    const outcomes = await Promise.all(['x', 'x', 'x'].map((alarm) => commit(store, [raise(alarm)])))
    assert.equal(outcomes.filter((outcome) => outcome === 'committed').length, 1)
    assert.equal(await commit(store, [raise('another')]), 'committed')
    assert.deepEqual((await personOf(store, 'bob')).alarms, new Set(['another', 'x']))
    const ended = MONDAY + minutes(10)
    assert.deepEqual((await personOf(store, 'bob', ended)).alarms, new Set())
    assert.equal(await commit(store, [raise('x', ended)]), 'committed')
  })
}
