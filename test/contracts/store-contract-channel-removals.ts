import assert from 'node:assert/strict'
import type { ChannelRemoval } from '#domain/channel-removal.ts'
import { hours } from '#domain/time.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { ACME, GLOBEX, MONDAY } from './store-things.ts'

const site = ACME.id
const REMOVAL: ChannelRemoval = {
  site,
  channel: 'email',
  leaves: 'off',
  askedBy: 'ada',
  askedAt: MONDAY,
  dueAt: MONDAY + hours(24),
}
const keep = (more: Partial<ChannelRemoval> = {}) =>
  ({ kind: 'keep-channel-removal', removal: { ...REMOVAL, ...more } }) as const
const drop = (more: Partial<ChannelRemoval> = {}) =>
  ({ kind: 'drop-channel-removal', removal: { ...REMOVAL, ...more } }) as const

export function channelRemovalsContract(held: Held): void {
  held('one removal of each channel waits, and the one that was asked for first', async ({ store }) => {
    assert.deepEqual(await store.channelRemovals(site), [])
    const sms = { channel: 'sms', leaves: 'unset' } as const
    assert.equal(await commit(store, [keep(sms), keep()]), 'committed')
    assert.deepEqual(await store.channelRemovals(site), [REMOVAL, { ...REMOVAL, ...sms }])
    assert.deepEqual(await store.channelRemovals(GLOBEX.id), [])
    assert.equal(await commit(store, [keep({ askedAt: MONDAY + 1 })]), 'conflict')
    assert.equal(await commit(store, [drop({ askedAt: MONDAY + 1 })]), 'conflict', 'another one')
    assert.equal(await commit(store, [drop()]), 'committed')
    assert.equal(await commit(store, [drop()]), 'conflict', 'done already')
    assert.deepEqual(await store.channelRemovals(site), [{ ...REMOVAL, ...sms }])
  })

  held('what is due is found at every site, the longest first, and not a moment early', async ({ store }) => {
    const sooner = { channel: 'sms', dueAt: REMOVAL.dueAt - 1 } as const
    assert.equal(await commit(store, [keep(), keep(sooner)]), 'committed')
    const due = async (now: number, limit = 9) =>
      (await store.dueChannelRemovals({ now, limit })).map(({ removal, siteName }) => [siteName, removal.channel])
    assert.deepEqual(await due(sooner.dueAt - 1), [])
    assert.deepEqual(await due(sooner.dueAt), [[ACME.name, 'sms']])
    const both = [
      [ACME.name, 'sms'],
      [ACME.name, 'email'],
    ]
    assert.deepEqual(await due(REMOVAL.dueAt), both)
    assert.deepEqual(await due(REMOVAL.dueAt, 1), both.slice(0, 1))
  })

  held('a copy of the database takes no channel away', async ({ store }) => {
    const restored = { kind: 'outlive-backup', site, fromEpoch: ACME.sessionEpoch, at: MONDAY } as const
    assert.equal(await commit(store, [keep(), restored]), 'committed')
    assert.deepEqual(await store.channelRemovals(site), [])
  })
}
