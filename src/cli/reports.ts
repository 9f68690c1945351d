import { csvTable } from '#csv/write-csv.ts'
import { rfc3339 } from '#domain/time.ts'
import { ADOPTION_COLUMNS, adoptionCells, adoptionJson } from '#usecases/adoption-record.ts'
import { type AdoptionReport, adoptionReport, type Tally } from '#usecases/adoption-report.ts'
import { type Standing, STANDINGS } from '#usecases/standing.ts'
import { BYPASS_COLUMNS, type BypassReport, bypassJson, bypassRecord, bypassReport } from '#usecases/bypass-report.ts'
import { DELIVERY_COLUMNS, deliveryCells, deliveryJson, switchedOn } from '#usecases/delivery-record.ts'
import { type DeliveryReport, deliveryReport } from '#usecases/delivery-report.ts'
import {
  PASSWORD_LOGIN_COLUMNS,
  type PasswordLoginsReport,
  passwordLoginRecord,
  passwordLoginsJson,
  passwordLoginsReport,
} from '#usecases/password-logins-report.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, type Job, notFound } from './job.ts'
import { count, table } from './output.ts'

export interface ReportFlags {
  readonly csv?: true
}

/** People that are named one by one; the CSV and the JSON have everybody. */
const NAMED = 25

const WORDS: Readonly<Record<Standing, string>> = {
  not_required: 'not required',
  exempt: 'exempt',
  ready: 'ready',
  grace: 'days left',
  let_in: 'let in, no channel',
  must_enrol: 'must enrol',
  refused: 'refused',
}

export async function adoption(job: Job, flags: ReportFlags): Promise<void> {
  oneFormat(job, flags)
  await atSite(job, async ({ ports, order }) => {
    const report = found(await adoptionReport(ports, order.site), order.site)
    if (flags.csv) return job.context.out(csvTable(ADOPTION_COLUMNS, report.rows.map(adoptionCells)))
    answer(job, job.json ? adoptionJson(report) : null, adoptionText(report))
  })
}

export async function delivery(job: Job, flags: ReportFlags): Promise<void> {
  oneFormat(job, flags)
  await atSite(job, async ({ ports, order }) => {
    const report = found(await deliveryReport(ports, order.site), order.site)
    if (flags.csv) return job.context.out(csvTable(DELIVERY_COLUMNS, report.rows.map(deliveryCells)))
    answer(job, job.json ? deliveryJson(report) : null, deliveryText(report))
  })
}

export async function bypasses(job: Job, flags: ReportFlags): Promise<void> {
  oneFormat(job, flags)
  await atSite(job, async ({ ports, order }) => {
    const report = found(await bypassReport(ports, order.site), order.site)
    if (flags.csv) return job.context.out(csvTable(BYPASS_COLUMNS, report.rows.map(bypassRecord)))
    answer(job, job.json ? bypassJson(report) : null, bypassText(report))
  })
}

export async function passwordLogins(job: Job, flags: ReportFlags): Promise<void> {
  oneFormat(job, flags)
  await atSite(job, async ({ ports, order }) => {
    const report = found(await passwordLoginsReport(ports, order.site), order.site)
    if (flags.csv) return job.context.out(csvTable(PASSWORD_LOGIN_COLUMNS, report.rows.map(passwordLoginRecord)))
    answer(job, job.json ? passwordLoginsJson(report) : null, passwordLoginsText(report))
  })
}

function passwordLoginsText({ since, rows }: PasswordLoginsReport): string {
  const day = rfc3339(since).slice(0, 10)
  if (rows.length === 0) return `No account has signed in by password over the API since ${day}.`
  const lines = rows
    .slice(0, NAMED)
    .map((row) => [row.username, String(row.logins), rfc3339(row.lastAt), row.address ?? '', row.userAgent ?? ''])
  const more = rows.length > NAMED ? `and ${rows.length - NAMED} more; --csv has them all\n` : ''
  const who = `${count(rows.length, 'account')} signed in by password over the API since ${day}; a key each would do instead:`
  return `${who}\n${table(['Account', 'Logins', 'Last', 'From', 'Program'], lines)}${more}`
}

function oneFormat(job: Job, flags: ReportFlags): void {
  if (flags.csv && job.json) throw new Failure(EXIT.usage, 'A report is written as --csv or as --json, not as both.')
}

function found<Report>(report: Report | 'unknown-site', site: string): Report {
  if (report === 'unknown-site') throw notFound('site', site, [])
  return report
}

function adoptionText({ rows, totals, byRole, byApplication }: AdoptionReport): string {
  const head = ['', 'Users', 'Required', 'Enrolled', ...STANDINGS.map((each) => WORDS[each])]
  const line = (name: string, each: Tally): readonly string[] => [
    name,
    ...[each.users, each.required, each.enrolled, ...STANDINGS.map((standing) => each.standing[standing])].map(String),
  ]
  const stuck = rows.filter(
    ({ status, standing }) => status === 'active' && ['must_enrol', 'refused', 'let_in'].includes(standing),
  )
  const methods = Object.entries(totals.byMethod).map(([method, number]) => `${method} ${number}`)
  const facts = [
    `Never signed in: ${totals.neverSignedIn}. Without an email address: ${totals.noEmail}. Without a phone number: ${totals.noPhone}.`,
    `Disabled, and not counted: ${totals.disabled}. Methods in hand: ${methods.join(', ') || 'none'}.`,
  ]
  const named = stuck.slice(0, NAMED).map((row) => [row.username, WORDS[row.standing], row.missing.join(' ')])
  const more = stuck.length - named.length
  return [
    table(head, [
      line('Everybody', totals),
      ...Object.entries(byRole).map(([name, each]) => line(`role ${name}`, each)),
    ]),
    table(
      head,
      Object.entries(byApplication).map(([name, each]) => line(`at ${name}`, each)),
    ),
    `${facts.join('\n')}\n`,
    ...(named.length === 0 ? [] : [table(['Not ready', 'Standing', 'Missing'], named)]),
    ...(more === 0 ? [] : [`and ${count(more, 'more user')}; --csv lists everybody\n`]),
  ].join('\n')
}

function deliveryText({ months, channels, primary, rows, totals }: DeliveryReport): string {
  const head = ['User', 'Warnings', 'Email', 'Phone', 'Asked at', 'SMS', 'before', 'Emails', 'before', 'Warned of']
  const lines = rows.map((row) => [
    row.username,
    String(row.warnings.length),
    row.email ?? '',
    row.phone ?? '',
    switchedOn(row).join(' '),
    String(row.thisMonth.sms.accepted),
    String(row.lastMonth.sms.accepted),
    String(row.thisMonth.email.accepted),
    String(row.lastMonth.email.accepted),
    row.warnings.join(' '),
  ])
  const { email, sms } = totals.thisMonth
  return [
    `Messages of ${months.this}, and of ${months.last} before it. Codes go by ${primary} first; email is ${channels.email}, SMS is ${channels.sms}.`,
    table(head, lines).trimEnd(),
    `${count(sms.accepted, 'SMS', 'SMS')} and ${count(email.accepted, 'email')} this month; ${sms.failed + email.failed} could not be sent.` +
      ` ${count(totals.warned, 'user')} with a warning.\n`,
  ].join('\n\n')
}

function bypassText({ rows, users, notice }: BypassReport): string {
  const lines = rows.map((row) => [
    row.username,
    row.reason,
    row.expiresAt === null ? 'never' : `${rfc3339(row.expiresAt)}${row.endingSoon ? ' (soon)' : ''}`,
    row.setBy,
    row.note,
  ])
  return [
    `${count(rows.length, 'user')} of ${users} exempt.\n`,
    ...(lines.length === 0 ? [] : [table(['User', 'Reason', 'Ends', 'Given by', 'Note'], lines)]),
    ...(notice === null ? [] : [`${notice}\n`]),
  ].join('\n')
}
