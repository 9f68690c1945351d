import assert from 'node:assert/strict'
import type { ChannelProof, ChannelTest } from '#domain/channel-proof.ts'
import type { SiteId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import { minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { ChannelChange } from '#ports/channel-changes.ts'
import type { Store } from '#ports/store.ts'
import { ACME, MONDAY } from './store-things.ts'

// The part of the catalogue that is about channels: what is there, what holds, what does not.

export function channelTestOf(channel: Channel, more: Partial<ChannelTest> = {}, site: SiteId = ACME.id): ChannelTest {
  return {
    site,
    channel,
    mark: `mark ${channel}`,
    recipient: 'a•••@acme.test',
    codeDigest: `digest ${channel}`,
    begunBy: 'ada',
    begunAt: MONDAY,
    expiresAt: MONDAY + minutes(10),
    wrong: 0,
    failedWhy: null,
    ...more,
  }
}

export function channelProofOf(channel: Channel): ChannelProof {
  return { site: ACME.id, channel, mark: `mark ${channel}`, recipient: '•••• 567', provedBy: 'ada', provedAt: MONDAY }
}

/** Acme tests both of its channels; its SMS is switched off. */
export const CHANNEL_FURNITURE: readonly Change[] = [
  { kind: 'set-channel', site: ACME.id, channel: 'sms', config: { kind: 'off' } },
  { kind: 'set-channel-test', test: channelTestOf('email') },
  { kind: 'set-channel-test', test: channelTestOf('sms') },
]

type Catalogue = { readonly [K in ChannelChange['kind']]: Extract<ChannelChange, { kind: K }> }

export const CHANNEL_GOOD: Catalogue = {
  'unset-channel': { kind: 'unset-channel', site: ACME.id, channel: 'sms' },
  'set-channel-test': { kind: 'set-channel-test', test: channelTestOf('email', { begunBy: 'kim', failedWhy: 'no' }) },
  'count-channel-test': { kind: 'count-channel-test', test: channelTestOf('email') },
  'end-channel-test': { kind: 'end-channel-test', test: channelTestOf('sms') },
  'prove-channel': { kind: 'prove-channel', proof: channelProofOf('email') },
}

export const CHANNEL_REPEATABLE: readonly Change['kind'][] = ['set-channel-test', 'prove-channel']

export const CHANNEL_STALE: readonly Change[] = [
  { kind: 'unset-channel', site: ACME.id, channel: 'email' },
  { kind: 'count-channel-test', test: channelTestOf('email', { wrong: 1 }) },
  { kind: 'count-channel-test', test: channelTestOf('email', { codeDigest: 'another' }) },
  { kind: 'end-channel-test', test: channelTestOf('sms', { begunAt: MONDAY + 1 }) },
  { kind: 'end-channel-test', test: channelTestOf('sms', { codeDigest: null }) },
]

type ReadBack = { readonly [K in ChannelChange['kind']]: (store: Store, change: Catalogue[K]) => Promise<void> }

const testsOf = (store: Store) => store.channelTests(ACME.id)

export const CHANNEL_READ_BACK: ReadBack = {
  'unset-channel': async (store) => assert.equal((await store.siteFile('acme'))?.channels.sms, null),
  'set-channel-test': async (store, { test }) => assert.deepEqual((await testsOf(store))[0], test),
  'count-channel-test': async (store, { test }) => assert.deepEqual((await testsOf(store))[0], { ...test, wrong: 1 }),
  'end-channel-test': async (store) =>
    assert.deepEqual(
      (await testsOf(store)).map(({ channel }) => channel),
      ['email'],
    ),
  'prove-channel': async (store, { proof }) => assert.deepEqual(await store.channelProofs(ACME.id), [proof]),
}
