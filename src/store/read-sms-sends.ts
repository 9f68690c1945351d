import { blockOf } from '#domain/phone-block.ts'
import { hours, type Instant, minutes, monthOf } from '#domain/time.ts'
import { NO_SMS_SENDS, type SmsSends } from '#ports/sms-sends.ts'
import type { SiteFile } from '#ports/store.ts'
import { flag, integer, text } from './columns.ts'
import { count } from './count.ts'
import { all, type Work } from './database.ts'
import { SMS_SENDS } from './sms-statements.ts'

/** Of whom: one number, or a page of users by name. */
export type AskedNumbers =
  | { readonly phone: string }
  | { readonly page: { readonly from: string; readonly limit: number } }

/** What the caps on SMS have to know of each number asked for. Sites that send no SMS are not asked. */
export function* readSmsSends(
  file: SiteFile,
  asked: AskedNumbers,
  now: Instant,
): Work<(phone: string | null) => SmsSends> {
  if (file.channels.sms?.row.kind !== 'config') return () => NO_SMS_SENDS
  const site = file.site.id
  const anHourAgo = now - hours(1)
  const sent =
    'page' in asked
      ? yield* all(SMS_SENDS.toNumbersOfPage, site, anHourAgo, site, asked.page.from, asked.page.limit)
      : yield* all(SMS_SENDS.toNumber, site, anHourAgo, asked.phone)
  const toNumber = new Map(sent.map((row) => [text(row, 'recipient'), integer(row, 'n')]))
  const neighbours = 'page' in asked ? '%' : `${blockOf(asked.phone)}____`
  const blocks = Map.groupBy(yield* all(SMS_SENDS.toBlock, site, now - minutes(10), neighbours), (row) =>
    blockOf(text(row, 'recipient')),
  )
  const { from } = monthOf(now)
  const limited = file.settings['delivery.sms_budget_month'] > 0
  const thisMonth = limited ? yield* count(SMS_SENDS.sinceOfSite, site, from) : 0
  const warned = limited && (yield* count(SMS_SENDS.warnings, site, from)) > 0
  return (phone) => {
    if (phone === null) return { ...NO_SMS_SENDS, thisMonth, warned }
    const block = blocks.get(blockOf(phone)) ?? []
    const answered = block.filter((row) => flag(row, 'answered')).length
    return {
      toNumber: toNumber.get(phone) ?? 0,
      block: { answered, unanswered: block.length - answered },
      thisMonth,
      warned,
    }
  }
}
