import type { DeviceId, SiteId } from '#domain/id.ts'
import { hours, type Instant } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { PersonFile, SiteFile } from '#ports/store.ts'
import { DamagedRow, text } from './columns.ts'
import { count } from './count.ts'
import { all, one, type Row, type Work } from './database.ts'
import { device } from './login-rows.ts'
import { readAlarms, SEND_CAPS } from './send-cap-rows.ts'
import { readFactors } from './read-factors.ts'
import { readSmsSends } from './read-sms-sends.ts'
import {
  AUTHENTICATORS,
  COUNTERS,
  DELIVERIES,
  DEVICES,
  ENROLMENTS,
  USER_APPLICATIONS,
  USER_ROLES,
} from './statements.ts'
import { strictly } from './strictest.ts'
import { authenticator, counters, enrolment, user } from './user-rows.ts'

/** The remembered device in question: the one whose token was shown, or the one a session began with. */
export type AskedDevice = { readonly digest: string } | { readonly id: DeviceId } | null

/** An id no user has. */
const NOBODY = 'usr_'

/** All about one user. Without a row the same questions are asked about nobody: an unknown name takes as long as a known one. */
export function* readPerson(
  file: SiteFile,
  row: Row | undefined,
  now: Instant,
  asked: AskedDevice = null,
): Work<PersonFile | null> {
  const site = file.site.id
  const id = row === undefined ? NOBODY : text(row, 'id')
  const found = yield* readUser(site, row)
  const switches = yield* all(USER_APPLICATIONS.ofUser, site, id)
  const apps = yield* all(AUTHENTICATORS.ofUser, site, id)
  const factors = yield* readFactors(site, id)
  const counted = yield* one(COUNTERS.ofUser, site, id)
  const enrolling = yield* one(ENROLMENTS.ofUser, site, id)
  const remembered = yield* readDevice(site, id, asked)
  const sendsThisHour = yield* count(DELIVERIES.sinceOfUser, site, id, now - hours(1))
  const unansweredToday = yield* count(SEND_CAPS.unansweredOfUser, site, now - hours(24), id)
  const alarms = yield* readAlarms(site, now)
  // Counting a day's messages of a large site takes time, and without a limit nobody asks for the number.
  const limited = file.settings['delivery.max_sends_per_site_day'] > 0
  const siteSendsToday = limited ? yield* count(DELIVERIES.sinceOfSite, site, now - hours(24)) : 0
  const phone = (row?.['phone'] ?? '') as string
  const smsOf = yield* readSmsSends(file, { phone }, now)
  if (found === null) return null
  if (counted === undefined) throw new DamagedRow(`the user ${id} has no counters`)
  return {
    ...file,
    user: found,
    userApplications: switchesOf(switches),
    apps: apps.map(authenticator),
    ...factors,
    counters: counters(counted),
    enrolment: enrolling ? enrolment(enrolling) : null,
    device: remembered ? device(remembered) : null,
    sendsThisHour,
    unansweredToday,
    alarms,
    siteSendsToday,
    sms: smsOf(phone === '' ? null : phone),
  }
}

/** The user alone, from their row; without one the same question is asked about nobody. */
export function* readUser(site: SiteId, row: Row | undefined): Work<User | null> {
  const roles = yield* all(USER_ROLES.ofUser, site, row === undefined ? NOBODY : text(row, 'id'))
  const held = roles.map((each) => text(each, 'role'))
  return row === undefined ? null : user(row, held)
}

function* readDevice(site: string, user: string, asked: AskedDevice): Work<Row | undefined> {
  if (asked === null) return undefined
  if ('digest' in asked) return yield* one(DEVICES.byToken, site, user, asked.digest)
  return yield* one(DEVICES.byId, site, user, asked.id)
}

export function switchesOf(rows: readonly Row[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    rows.map((row) => [text(row, 'application'), strictly(row, 'switch', () => undefined).flag('two_factor', true)]),
  )
}
