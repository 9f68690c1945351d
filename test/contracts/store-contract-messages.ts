import assert from 'node:assert/strict'
import type { Challenge } from '#challenge/challenge.ts'
import type { Delivery } from '#domain/delivery.ts'
import { hours, minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import { NO_SMS_SENDS } from '#ports/sms-sends.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { personOf } from './store-read-back.ts'
import { ACME, challengeOf, deliveryOf, MONDAY } from './store-things.ts'

export function messagesContract(held: Held): void {
  held(
    'messages are counted over the hour of the user, and over the day of the site where it sets a limit',
    async ({ store }) => {
      const at = (name: string, user: 'usr_ada' | 'usr_bob', ago: number): Change => {
        const delivery = deliveryOf({ site: ACME.id, user }, name, { createdAt: MONDAY - ago })
        return { kind: 'add-delivery', delivery }
      }
      const sent = [
        at('a', 'usr_ada', minutes(59)),
        at('b', 'usr_ada', hours(1)),
        at('c', 'usr_bob', hours(23)),
        at('d', 'usr_bob', hours(24)),
      ]
      assert.equal(await commit(store, sent), 'committed')
      const unlimited = await personOf(store)
      assert.deepEqual([unlimited.sendsThisHour, unlimited.siteSendsToday], [2, 0])
      const values = { 'delivery.max_sends_per_site_day': 10 }
      assert.equal(
        await commit(store, [{ kind: 'set-settings', site: ACME.id, from: 1, values, by: 'kim', at: MONDAY }]),
        'committed',
      )
      assert.equal((await personOf(store)).siteSendsToday, 5)
      assert.deepEqual(
        [(await personOf(store, 'bob')).sendsThisHour, (await personOf(store, 'bob')).siteSendsToday],
        [0, 5],
      )
    },
  )

  held('SMS are counted by number, by block of numbers and by month, of one person as of a page', async ({ store }) => {
    const bob = await personOf(store, 'bob')
    const kim = await personOf(store, 'kim')
    const numbered = (person: typeof bob, phone: string): Change => {
      const { user } = person
      return { kind: 'change-user', user: { ...user, phone, version: user.version + 1 }, from: user.version }
    }
    const [sms, number] = [{ kind: 'config', sealed: 'sms' } as const, '+436641234567']
    const sent = (name: string, ago: number, recipient: string, challenge: Delivery['challenge'] = null): Change => {
      const more = { channel: 'sms', recipient, challenge, createdAt: MONDAY - ago } as const
      return { kind: 'add-delivery', delivery: deliveryOf({ site: ACME.id, user: 'usr_bob' }, name, more) }
    }
    const open = challengeOf({ site: ACME.id, user: 'usr_bob' }, 'open')
    const evidence = { kind: 'recovery', at: MONDAY } as const
    const passed: Challenge = {
      ...challengeOf({ site: ACME.id, user: 'usr_bob' }, 'typed'),
      state: { kind: 'passed', evidence, at: MONDAY },
    }
    assert.equal(
      await commit(store, [
        numbered(bob, number),
        numbered(kim, '+436641230000'),
        { kind: 'add-challenge', challenge: open },
        { kind: 'add-challenge', challenge: passed },
        sent('a', minutes(59), number),
        sent('b', hours(1), number),
        sent('c', 1, number, open.id),
        sent('d', 2, number, passed.id),
        sent('e', 3, '+436641239999', open.id),
        sent('f', 4, '+436641239999', open.id),
        sent('g', minutes(10), '+436641238888', open.id),
        sent('h', 5, '+436641200000', open.id),
        sent('i', hours(34), '+436641200000'),
      ]),
      'committed',
    )
    assert.deepEqual((await personOf(store, 'bob')).sms, NO_SMS_SENDS)

    const values = { 'delivery.sms_budget_month': 10 }
    assert.equal(
      await commit(store, [
        { kind: 'set-channel', site: ACME.id, channel: 'sms', config: sms },
        { kind: 'set-settings', site: ACME.id, from: 1, values, by: 'kim', at: MONDAY },
      ]),
      'committed',
    )
    const block = { answered: 1, unanswered: 1 }
    // Nine o'clock of the second: thirty-four hours ago was October.
    assert.deepEqual((await personOf(store, 'bob')).sms, { toNumber: 3, block, thisMonth: 8, warned: false })
    assert.deepEqual((await personOf(store, 'kim')).sms, { toNumber: 0, block, thisMonth: 8, warned: false })
    assert.deepEqual((await personOf(store, 'sam')).sms, { ...NO_SMS_SENDS, thisMonth: 8 })
    for (const person of await store.people(ACME.id, { after: null, limit: 9, now: MONDAY }))
      assert.deepEqual(person.sms, (await personOf(store, person.user.username)).sms)
  })

  held('messages of a challenge come with it, the newest first', async ({ store }) => {
    const delivery = deliveryOf({ site: ACME.id, user: 'usr_ada' }, 'resent', {
      challenge: 'chl_ada',
      createdAt: MONDAY + 1,
    })
    assert.equal(await commit(store, [{ kind: 'add-delivery', delivery }]), 'committed')
    const file = await store.challengeFile(ACME.id, 'challenge ada', MONDAY)
    assert.deepEqual(
      file?.deliveries.map(({ id }) => id),
      ['dlv_resent', 'dlv_ada'],
    )
  })

  held("the channel of a site is its own row, switched off too, else the server's", async ({ store }) => {
    const channelsOf = async (name: string) => (await store.siteFile(name))?.channels
    const ofServer = { row: { kind: 'config', sealed: 'server' }, owner: 'server' } as const
    const set = (row: { kind: 'off' } | { kind: 'config'; sealed: string }): Change => ({
      kind: 'set-channel',
      site: ACME.id,
      channel: 'sms',
      config: row,
    })
    assert.equal(await commit(store, [{ kind: 'unset-channel', site: ACME.id, channel: 'sms' }]), 'committed')
    assert.deepEqual(await channelsOf('acme'), { email: null, sms: null })
    await store.setServerChannel('sms', ofServer.row)
    assert.deepEqual(await channelsOf('acme'), { email: null, sms: ofServer })
    assert.equal(await commit(store, [set({ kind: 'config', sealed: 'own' })]), 'committed')
    assert.deepEqual((await channelsOf('acme'))?.sms, { row: { kind: 'config', sealed: 'own' }, owner: ACME.id })
    assert.equal(await commit(store, [set({ kind: 'off' })]), 'committed')
    assert.deepEqual((await channelsOf('acme'))?.sms, { row: { kind: 'off' }, owner: ACME.id })
    assert.deepEqual((await channelsOf('globex'))?.sms, ofServer)
    await store.setServerChannel('email', ofServer.row)
    await store.setServerChannel('sms', null)
    assert.deepEqual((await channelsOf('acme'))?.email, ofServer)
    assert.deepEqual([(await channelsOf('globex'))?.sms, (await channelsOf('acme'))?.sms?.row.kind], [null, 'off'])
  })
}
