import { blockOf } from '#domain/phone-block.ts'
import { hours, minutes, monthOf } from '#domain/time.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { SendCapChange } from '#ports/send-caps.ts'
import { flag, text } from './columns.ts'
import { count } from './count.ts'
import { all, run, type Work } from './database.ts'
import { SMS_SENDS } from './sms-statements.ts'
import { DELIVERIES, SITES } from './statements.ts'

/** Codes that nobody typed back: a sign-in that was passed by another of its methods was its owner's too. */
const UNANSWERED = `FROM deliveries d JOIN challenges c ON c.site_id = d.site_id AND c.id = d.challenge_id
  WHERE d.site_id = ? AND d.created_at > ? AND d.content LIKE '{"kind":"code"%'
    AND c.state NOT LIKE '%"kind":"passed"%'`

export const SEND_CAPS = {
  unansweredOfUser: `SELECT COUNT(*) AS n ${UNANSWERED} AND d.user_id = ?`,
  unansweredOfPage: `SELECT d.user_id, COUNT(*) AS n ${UNANSWERED} AND d.user_id IN (
      SELECT id FROM users WHERE site_id = ? AND canonical_username > ? ORDER BY canonical_username LIMIT ?)
    GROUP BY d.user_id`,
  alarms: 'SELECT alarm FROM send_alarms WHERE site_id = ? AND told_until > ?',
  endAlarm: 'DELETE FROM send_alarms WHERE site_id = ? AND told_until <= ?',
  raiseAlarm: 'INSERT INTO send_alarms (site_id, alarm, told_until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
} as const

/** Under the same promise as `applyChange`. */
export function* applySendCapChange(site: SiteId, change: SendCapChange): Work<number> {
  switch (change.kind) {
    case 'keep-send-caps':
      // A statement of its own: one that has to wait looks at its own row again, and at other tables as they were before.
      yield* run(SITES.hold, site)
      return (yield* hasRoom(site, change)) ? 1 : 0
    case 'raise-alarm':
      yield* run(SEND_CAPS.endAlarm, site, change.at)
      return yield* run(SEND_CAPS.raiseAlarm, site, change.alarm, change.until)
    default:
      return change satisfies never
  }
}

/** What is being told of, so that it is not told again. */
export function* readAlarms(site: SiteId, now: Instant): Work<ReadonlySet<string>> {
  return new Set((yield* all(SEND_CAPS.alarms, site, now)).map((row) => text(row, 'alarm')))
}

function* hasRoom(site: SiteId, change: Extract<SendCapChange, { kind: 'keep-send-caps' }>): Work<boolean> {
  const { user, channel, recipient, at, caps } = change
  const [hourAgo, dayAgo] = [at - hours(1), at - hours(24)]
  const below = function* (most: number, statement: string, ...asked: readonly (string | number)[]): Work<boolean> {
    return most === 0 || (yield* count(statement, ...asked)) < most
  }
  if (!(yield* below(caps.userHour, DELIVERIES.sinceOfUser, site, user, hourAgo))) return false
  if (!(yield* below(caps.userUnansweredDay, SEND_CAPS.unansweredOfUser, site, dayAgo, user))) return false
  if (!(yield* below(caps.siteDay, DELIVERIES.sinceOfSite, site, dayAgo))) return false
  if (channel !== 'sms') return true
  if (!(yield* below(caps.numberHour, SMS_SENDS.toNumber, site, hourAgo, recipient))) return false
  if (!(yield* below(caps.siteMonth, SMS_SENDS.sinceOfSite, site, monthOf(at).from))) return false
  if (caps.unansweredBlock === 0) return true
  const block = yield* all(SMS_SENDS.toBlock, site, at - minutes(10), `${blockOf(recipient)}____`)
  const answered = block.filter((row) => flag(row, 'answered')).length
  const unanswered = block.length - answered
  return unanswered <= answered || unanswered < caps.unansweredBlock
}
