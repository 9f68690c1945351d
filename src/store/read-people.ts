import type { SiteId } from '#domain/id.ts'
import { hours, type Instant } from '#domain/time.ts'
import { canonicalUsername } from '#domain/user.ts'
import type { PersonFile, SiteFile } from '#ports/store.ts'
import { DamagedRow, integer, text } from './columns.ts'
import { count } from './count.ts'
import { all, type Row, type Work } from './database.ts'
import { readAlarms, SEND_CAPS } from './send-cap-rows.ts'
import { readFactorsOfPage } from './read-factors.ts'
import { switchesOf } from './read-person.ts'
import { readSmsSends } from './read-sms-sends.ts'
import { AUTHENTICATORS, COUNTERS, DELIVERIES, ENROLMENTS, USER_APPLICATIONS, USER_ROLES, USERS } from './statements.ts'
import { authenticator, counters, enrolment, user } from './user-rows.ts'

export interface PeoplePage {
  readonly after: string | null
  readonly limit: number
  readonly now: Instant
}

/** What `readPerson` reads of one user, of a page of them: one statement a table, however many users there are. */
export function* readPeople(file: SiteFile, { after, limit, now }: PeoplePage): Work<readonly PersonFile[]> {
  const site: SiteId = file.site.id
  const from = after === null ? '' : canonicalUsername(after)
  const page = [site, site, from, limit] as const
  const rows = yield* all(USERS.page, site, from, limit)
  const roles = byUser(yield* all(USER_ROLES.ofPage, ...page))
  const switches = byUser(yield* all(USER_APPLICATIONS.ofPage, ...page))
  const apps = byUser(yield* all(AUTHENTICATORS.ofPage, ...page))
  const factorsOf = yield* readFactorsOfPage(page)
  const counted = byUser(yield* all(COUNTERS.ofPage, ...page))
  const enrolling = byUser(yield* all(ENROLMENTS.ofPage, ...page))
  const sends = byUser(yield* all(DELIVERIES.sinceOfPage, site, now - hours(1), site, from, limit))
  const unanswered = byUser(yield* all(SEND_CAPS.unansweredOfPage, site, now - hours(24), site, from, limit))
  const alarms = yield* readAlarms(site, now)
  const limited = file.settings['delivery.max_sends_per_site_day'] > 0
  const siteSendsToday = limited ? yield* count(DELIVERIES.sinceOfSite, site, now - hours(24)) : 0
  const smsOf = yield* readSmsSends(file, { page: { from, limit } }, now)
  return rows.map((row) => {
    const id = text(row, 'id')
    const of = (found: ReadonlyMap<string, readonly Row[]>): readonly Row[] => found.get(id) ?? []
    const [ownCounters] = of(counted)
    const [ownEnrolment] = of(enrolling)
    const [sent] = of(sends)
    const [left] = of(unanswered)
    if (ownCounters === undefined) throw new DamagedRow(`the user ${id} has no counters`)
    return {
      ...file,
      user: user(
        row,
        of(roles).map((each) => text(each, 'role')),
      ),
      userApplications: switchesOf(of(switches)),
      apps: of(apps).map(authenticator),
      ...factorsOf(id),
      counters: counters(ownCounters),
      enrolment: ownEnrolment ? enrolment(ownEnrolment) : null,
      device: null,
      sendsThisHour: sent === undefined ? 0 : integer(sent, 'n'),
      unansweredToday: left === undefined ? 0 : integer(left, 'n'),
      alarms,
      siteSendsToday,
      sms: smsOf(row['phone'] as string | null),
    }
  })
}

function byUser(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (row) => text(row, 'user_id'))
}
