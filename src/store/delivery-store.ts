import type { DeliveryStore } from '#ports/delivery-store.ts'
import { bouncedAddress, channelProof, channelRecord, channelTest } from './channel-rows.ts'
import { CHANNEL_PROOFS, CHANNEL_RECORDS, CHANNEL_TESTS } from './channel-statements.ts'
import { id, text } from './columns.ts'
import { EVERY_SITE, all, type Database, one, readAt, run } from './database.ts'
import { DELIVERIES } from './statements.ts'

/** The part of the store that knows messages and the channels they go over. */
export function deliveryStore(database: Database): DeliveryStore {
  return {
    dueDeliveries: ({ now, perSite, limit }) =>
      database.together(
        'read',
        function* () {
          const rows = yield* all(DELIVERIES.due, now, perSite, limit)
          return rows.map((row) => ({ id: id(row, 'id', 'dlv'), site: id(row, 'site_id', 'site') }))
        },
        EVERY_SITE,
      ),

    claimDelivery: (which, { now, until }) =>
      database.together(
        'write',
        function* () {
          return (yield* run(DELIVERIES.claim, until, which, now)) === 1
        },
        EVERY_SITE,
      ),

    channelRecords: (site, { from }) =>
      readAt(database, site, function* () {
        const records = []
        for (const row of yield* all(CHANNEL_RECORDS.counts, site, from)) {
          const channel = text(row, 'channel')
          const trouble = yield* one(CHANNEL_RECORDS.lastTrouble, site, channel, from)
          const passedOver = yield* one(CHANNEL_RECORDS.lastPassedOver, site, channel, from)
          records.push(channelRecord(row, trouble, passedOver))
        }
        return records
      }),

    bouncedAddresses: (site) =>
      readAt(database, site, function* () {
        return (yield* all(CHANNEL_RECORDS.bounced, site)).map(bouncedAddress)
      }),

    channelTests: (site) =>
      readAt(database, site, function* () {
        return (yield* all(CHANNEL_TESTS.ofSite, site)).map(channelTest)
      }),

    channelProofs: (site) =>
      readAt(database, site, function* () {
        return (yield* all(CHANNEL_PROOFS.ofSite, site)).map(channelProof)
      }),
  }
}
