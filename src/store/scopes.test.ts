import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../system/random.ts'
import { type Database, EVERY_SITE } from './database.ts'
import { sqlStore } from './sql-store.ts'

// A transaction sees the rows of the site it names (row-level security on PostgreSQL, the second net). The types want a scope of each; this
// holds that it is the site wherever one is known, also for questions that somebody adds later.

const SITE = 'site_one'

/** What is about no single site, or is found by an id alone. Whoever adds to this says why. */
const OF_ALL: Readonly<Record<string, string>> = {
  sites: 'the list of them',
  site: 'by its name, before its id is known',
  siteFile: 'by its name, before its id is known',
  deliveryFile: 'by the id of a message, which the pump was given',
  claimDelivery: 'by the id of a message, which the pump was given',
  dueDeliveries: 'the pump serves all sites',
  claimStreams: 'the shipping of the audit serves all sites',
  unsealedLogs: 'the sealing of the audit serves all sites',
  closedLogs: 'the list of sites that are gone',
  dropKeptRequests: 'the housekeeping serves all sites',
  endingBypasses: 'the reminder serves all sites',
  dueChannelRemovals: 'the housekeeping serves all sites',
  touchSession: 'by an id that was read a moment ago',
  touchApiKey: 'by an id that was read a moment ago',
  setServerChannel: 'the row of the server',
  keep: 'a value of the installation',
  kept: 'a value of the installation',
  replaceKept: 'a value of the installation',
  countSealed: 'one key seals for all sites',
  sealedValues: 'one key seals for all sites',
  reseal: 'one key seals for all sites',
  servingNodes: 'a node serves all sites',
  announceNode: 'a node serves all sites',
  forgetNode: 'a node serves all sites',
}
/** Ask no database: of SQLite, time is the machine's. */
const OF_NONE = ['close', 'time']

/** Fits every question: an id, a list, a page, a span. */
const QUERY = {
  site: SITE,
  id: 'x',
  name: 'x',
  kind: 'x',
  username: 'ada',
  deviceDigest: null,
  buckets: [],
  events: [],
  after: null,
  before: null,
  user: null,
  limit: 1,
  perSite: 1,
  now: 1,
  from: 0,
  to: 1,
  until: 2,
  at: 1,
  fresh: true,
  changes: [],
  createdAt: 1,
  sentSeq: 1,
  nextAt: 1,
  failures: 0,
  failingSince: null,
  lastError: null,
}
/** Those that are told the site within something else. */
const WITHIN = ['commit', 'keepOpenIdArtifact', 'moveStream']

test('[TI-10] whatever the store is asked about a site, it asks the database for that site alone', async () => {
  const scopes: string[] = []
  const database: Database = {
    dialect: 'sqlite',
    together: (_kind, _work, scope) => {
      scopes.push(scope)
      return Promise.reject(new Error('the scope is all that is wanted'))
    },
    close: () => Promise.resolve(),
  }
  const store: Readonly<Record<string, unknown>> = { ...sqlStore(database, seededRandom('scopes')) }
  for (const [name, member] of Object.entries(store)) {
    assert.ok(typeof member === 'function')
    scopes.length = 0
    const given = WITHIN.includes(name) ? [QUERY, QUERY, QUERY] : [SITE, QUERY, QUERY, QUERY]
    try {
      const going: unknown = Reflect.apply(member, store, given)
      // A log is read page by page: the first one tells.
      await (isGenerator(going) ? going.next() : going)
    } catch (error) {
      assert.match(String(error), /the scope is all that is wanted/, name)
    }
    const expected = OF_NONE.includes(name) ? [] : [name in OF_ALL ? EVERY_SITE : SITE]
    assert.deepEqual(scopes, expected, name)
  }
  for (const name of [...Object.keys(OF_ALL), ...OF_NONE, ...WITHIN]) assert.ok(name in store, `${name} is gone`)
})

function isGenerator(value: unknown): value is AsyncGenerator {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
