import type { Challenge } from '#challenge/challenge.ts'
import type { SiteId, UserId } from '#domain/id.ts'
import { canonicalUsername } from '#domain/user.ts'
import { type Instant, minutes } from '#domain/time.ts'
import type { ChallengeFile, ListPlace, PersonFile, SessionFile, SignInFile, SiteFile, Store } from '#ports/store.ts'
import type { Random } from '#ports/system.ts'
import { auditLogReads } from './audit-log-rows.ts'
import { auditStreamReads } from './audit-stream-rows.ts'
import { id, text } from './columns.ts'
import { commitTo } from './commit.ts'
import { externalIdentityReads } from './external-identity-rows.ts'
import { recoveryRequestReads } from './recovery-request-rows.ts'
import { deviceTokenReads } from './device-tokens.ts'
import { keptRequestStore } from './kept-request-rows.ts'
import { passwordResetReads } from './password-reset-rows.ts'
import { channelRemovalReads } from './channel-removal-rows.ts'
import { waitingAddressReads } from './waiting-address-rows.ts'
import { wordingReads } from './wording-rows.ts'
import { openIdStore } from './openid-store.ts'
import { count } from './count.ts'
import { EVERY_SITE, all, Contended, type Database, one, type Row, run, type Work, readAt } from './database.ts'
import { deliveryStore } from './delivery-store.ts'
import { identityProviderReads } from './identity-provider-rows.ts'
import { challenge, delivery, device, issuedCode, session } from './login-rows.ts'
import { factorReads } from './factor-reads.ts'
import { readAudit } from './read-audit.ts'
import { viewReads } from './read-views.ts'
import { readPeople } from './read-people.ts'
import { readPerson, readUser, switchesOf } from './read-person.ts'
import { readAuditHead, readDeliveryCounts, readLastEvents, readUsernames } from './read-reports.ts'
import { siteFileById, siteFileByName } from './read-site.ts'
import { sealedStore } from './sealed-values.ts'
import { apiKey, channelValues, site as siteOf } from './site-rows.ts'
import * as sql from './statements.ts'
import { administrator, endingBypass, throttle, user } from './user-rows.ts'

/** How often at most the last request of a session or of a key is written down. */
const TOUCH_EVERY = minutes(1)

/** The store on any database that speaks our statements. `random` makes the salts of what is personal in the audit. */
export function sqlStore(database: Database, random: Random): Store {
  const read = <T>(work: () => Work<T>): Promise<T> => database.together('read', work, EVERY_SITE)
  const readOf = <T>(site: SiteId, work: () => Work<T>): Promise<T> => readAt(database, site, work)

  return {
    ...openIdStore(database),
    ...externalIdentityReads(database),
    ...passwordResetReads(database),
    ...deviceTokenReads(database),
    ...wordingReads(database),
    ...waitingAddressReads(database),
    ...channelRemovalReads(database),
    ...recoveryRequestReads(database),
    ...keptRequestStore(database),
    commit: (writes) => commitTo(database, writes, random),
    ...viewReads(database),

    sites: () =>
      read(function* () {
        return (yield* all(sql.SITES.all)).map(siteOf)
      }),

    site: (name) =>
      read(function* () {
        const row = yield* one(sql.SITES.byName, name)
        return row ? siteOf(row) : null
      }),

    siteFile: (name) => read(() => siteFileByName(name)),

    passwordFile: (site, { username, buckets }) =>
      readOf(site, function* () {
        const file = yield* siteThere(site)
        const row = yield* one(sql.USERS.byName, site, canonicalUsername(username))
        return { ...file, user: yield* readUser(site, row), ...(yield* passwordOf(site, row, buckets)) }
      }),

    signInFile: (site, { username, deviceDigest, buckets, now }) =>
      readOf(site, function* () {
        const file = yield* siteThere(site)
        const row = yield* one(sql.USERS.byName, site, canonicalUsername(username))
        const asked = deviceDigest === null ? null : { digest: deviceDigest }
        const person = yield* readPerson(file, row, now, asked)
        return { ...file, person, ...(yield* passwordOf(site, row, buckets)) }
      }),

    personFile: (site, username, now) =>
      readOf(site, function* () {
        const row = yield* one(sql.USERS.byName, site, canonicalUsername(username))
        const file = yield* siteFileById(site)
        return file && (yield* readPerson(file, row, now))
      }),

    challengeFile: (site, tokenDigest, now) =>
      readOf(site, function* () {
        const row = yield* one(sql.CHALLENGES.byToken, site, tokenDigest)
        return row ? yield* challengeFileOf(challenge(row), now) : null
      }),

    waitingFile: (site, of, now) =>
      readOf(site, function* () {
        const live = (yield* all(sql.CHALLENGES.liveOfUser, site, of, now)).map(challenge)
        const found = live.find(({ purpose, state }) => purpose === 'login' && state.kind === 'asked')
        return found ? yield* challengeFileOf(found, now) : null
      }),

    enrolmentFile: (site, linkDigest, now) =>
      readOf(site, function* () {
        const row = yield* one(sql.ENROLMENTS.byLink, site, linkDigest)
        return row ? yield* personOf(site, id(row, 'user_id', 'usr'), now) : null
      }),

    sessionFile: (site, tokenDigest, now) => readOf(site, () => sessionFileOf(site, tokenDigest, now)),

    accessFile: async (site, tokenDigest, now) => ({
      file: await readOf(site, () => sessionFileOf(site, tokenDigest, now)),
      fresh: true,
    }),

    deliveryFile: (id, now) =>
      read(function* () {
        const row = yield* one(sql.DELIVERIES.byId, id)
        if (row === undefined) return null
        const found = delivery(row)
        const asked =
          found.challenge === null ? undefined : yield* one(sql.CHALLENGES.byId, found.site, found.challenge)
        const person = yield* personOf(found.site, found.user, now)
        return person && { ...person, delivery: found, challenge: asked ? challenge(asked) : null }
      }),

    apiKeyFile: (site, secretDigest, now) =>
      readOf(site, function* () {
        const row = yield* one(sql.API_KEYS.byDigest, site, secretDigest)
        if (row === undefined) return null
        const key = apiKey(row)
        return { key, person: key.user === null ? null : yield* personOf(site, key.user, now) }
      }),

    ...deliveryStore(database),

    users: (site, { after, limit }) =>
      readOf(site, function* () {
        const from = after === null ? '' : canonicalUsername(after)
        const rows = yield* all(sql.USERS.page, site, from, limit)
        const roles = new Map<string, string[]>()
        for (const row of yield* all(sql.USER_ROLES.ofPage, site, site, from, limit)) {
          const holder = text(row, 'user_id')
          const held = roles.get(holder)
          if (held) held.push(text(row, 'role'))
          else roles.set(holder, [text(row, 'role')])
        }
        return rows.map((row) => user(row, roles.get(text(row, 'id')) ?? []))
      }),

    people: (site, page) =>
      database.together(
        'page',
        function* () {
          const file = yield* siteFileById(site)
          return file ? yield* readPeople(file, page) : []
        },
        site,
      ),

    usernames: (site) => readOf(site, () => readUsernames(site)),

    userApplications: (site) =>
      readOf(site, function* () {
        const rows = yield* all(sql.USER_APPLICATIONS.ofSite, site)
        const byUser = Map.groupBy(rows, (row): UserId => id(row, 'user_id', 'usr'))
        return new Map([...byUser].map(([of, own]) => [of, switchesOf(own)]))
      }),

    countHolders: (site, role) => readOf(site, () => count(sql.USER_ROLES.countHolders, site, role)),

    sessions: (site, { user: of, now, before, limit }) =>
      readOf(site, function* () {
        const rows =
          of === null
            ? yield* all(sql.SESSIONS.pageOfSite, site, now, ...placeValues(before), limit)
            : yield* all(sql.SESSIONS.pageOfUser, site, of, now, ...placeValues(before), limit)
        return rows.map((row) => ({ session: session(row), username: text(row, 'username') }))
      }),

    userSession: (site, of, which) =>
      readOf(site, function* () {
        const row = yield* one(sql.SESSIONS.byId, site, of, which)
        return row ? session(row) : null
      }),

    devices: (site, { user: of, before, limit }) =>
      readOf(site, function* () {
        return (yield* all(sql.DEVICES.pageOfUser, site, of, ...placeValues(before), limit)).map(device)
      }),

    userDevice: (site, of, which) =>
      readOf(site, function* () {
        const row = yield* one(sql.DEVICES.byId, site, of, which)
        return row ? device(row) : null
      }),

    apiKeys: (site) =>
      readOf(site, function* () {
        return (yield* all(sql.API_KEYS.ofSite, site)).map(apiKey)
      }),

    apiKeyOwners: (site) =>
      readOf(site, function* () {
        const rows = yield* all(sql.API_KEYS.owners, site)
        return new Map(rows.map((row): [UserId, string] => [id(row, 'id', 'usr'), text(row, 'username')]))
      }),

    endingBypasses: ({ now, before, limit }) =>
      read(function* () {
        return (yield* all(sql.USERS.endingBypasses, now, before, before - now, limit)).map(endingBypass)
      }),

    administrators: (site) =>
      readOf(site, function* () {
        return (yield* all(sql.USERS.administrators, site)).map(administrator)
      }),

    countSessions: (site, of, now) =>
      readOf(site, () =>
        of === null ? count(sql.SESSIONS.countOfSite, site, now) : count(sql.SESSIONS.countOfUser, site, now, of),
      ),

    countDevices: (site, of) =>
      readOf(site, () =>
        of === null ? count(sql.DEVICES.countOfSite, site) : count(sql.DEVICES.countOfUser, site, of),
      ),

    deliveryCounts: (site, { from, to }) => readOf(site, () => readDeliveryCounts(site, from, to)),
    lastEvents: (site, ev) => readOf(site, () => readLastEvents(site, ev)),
    audit: (site, query) => readOf(site, () => readAudit(site, query)),
    auditHead: (site) => readOf(site, () => readAuditHead(site)),
    ...auditLogReads(database),
    ...auditStreamReads(database),
    ...factorReads(database),
    ...identityProviderReads(database),
    ...sealedStore(database),

    touchSession: (session, at) => touch(database, sql.SESSIONS.touch, session, at),
    touchApiKey: (key, at) => touch(database, sql.API_KEYS.touch, key, at),

    async setServerChannel(channel, row) {
      await database.together(
        'write',
        () =>
          row === null
            ? run(sql.CHANNEL_ROWS.unset, '', channel)
            : run(sql.CHANNEL_ROWS.set, '', channel, ...channelValues(row)),
        EVERY_SITE,
      )
    },

    keep: (name, value) =>
      database.together(
        'write',
        function* () {
          yield* run(sql.SERVER_VALUES.add, name, value)
          const kept = yield* one(sql.SERVER_VALUES.byName, name)
          return kept ? text(kept, 'value') : value
        },
        EVERY_SITE,
      ),

    replaceKept: async (name, from, to) =>
      (await database.together('write', () => run(sql.SERVER_VALUES.replace, to, name, from), EVERY_SITE)) === 1,

    async time() {
      return database.dialect === 'postgres' ? await read(() => count(sql.SERVER_VALUES.time)) : null
    },

    close: () => database.close(),
  }
}

/** Without a place: from the newest on. */
function placeValues(before: ListPlace | null): readonly [number, number, string] {
  const { at, id } = before ?? { at: Number.MAX_SAFE_INTEGER, id: '' }
  return [at, at, id]
}

async function touch(database: Database, statement: string, id: string, at: number): Promise<void> {
  try {
    await database.together('write', () => run(statement, at, id, at - TOUCH_EVERY), EVERY_SITE)
  } catch (error) {
    // The next request writes it down; nobody has to wait for this one.
    if (!(error instanceof Contended)) throw error
  }
}

function* siteThere(site: SiteId): Work<SiteFile> {
  const file = yield* siteFileById(site)
  if (file === null) throw new Error(`the site ${site} is gone`)
  return file
}

function* passwordOf(
  site: SiteId,
  row: Row | undefined,
  buckets: readonly string[],
): Work<Pick<SignInFile, 'passwordHash' | 'throttles'>> {
  const throttles = []
  for (const bucket of buckets) throttles.push(...(yield* all(sql.THROTTLES.byBucket, site, bucket)))
  return { passwordHash: (row?.['password_hash'] ?? null) as string | null, throttles: throttles.map(throttle) }
}

function* challengeFileOf(found: Challenge, now: Instant): Work<ChallengeFile | null> {
  const { site, user, session: of } = found
  const person = yield* personOf(site, user, now)
  const deliveries = (yield* all(sql.DELIVERIES.ofChallenge, site, found.id)).map(delivery)
  const ofSession = of === null ? undefined : yield* one(sql.SESSIONS.byId, site, user, of)
  const given = yield* one(sql.ISSUED_CODES.ofUser, site, user)
  return (
    person && {
      ...person,
      challenge: found,
      deliveries,
      session: ofSession ? session(ofSession) : null,
      issuedCode: given ? issuedCode(given) : null,
    }
  )
}

function* personOf(site: SiteId, of: UserId, now: number): Work<PersonFile | null> {
  const file = yield* siteFileById(site)
  return file && (yield* readPerson(file, yield* one(sql.USERS.byId, site, of), now))
}

function* sessionFileOf(site: SiteId, tokenDigest: string, now: Instant): Work<SessionFile | null> {
  const row = yield* one(sql.SESSIONS.byToken, site, tokenDigest)
  if (row === undefined) return null
  const found = session(row)
  const file = yield* siteFileById(site)
  if (file === null) return null
  const asked = found.device === null ? null : { id: found.device }
  const person = yield* readPerson(file, yield* one(sql.USERS.byId, site, found.user), now, asked)
  return person && { ...person, session: found }
}
