import assert from 'node:assert/strict'
import { hours, minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { personOf } from './store-read-back.ts'
import { ACME, deliveryOf, MONDAY } from './store-things.ts'

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
