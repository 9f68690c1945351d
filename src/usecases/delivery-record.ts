import type { Cell } from '#csv/write-csv.ts'
import type { DeliveryReport, DeliveryRow } from './delivery-report.ts'

// The report as programs and spreadsheets read it.

export const DELIVERY_COLUMNS = [
  'username',
  'display_name',
  'kind',
  'status',
  'email',
  'phone',
  'applications',
  'sms_this_month',
  'sms_last_month',
  'email_this_month',
  'email_last_month',
  'failed_this_month',
  'failed_last_month',
  'warnings',
] as const

/** One line of the CSV. */
export function deliveryCells(row: DeliveryRow): Readonly<Record<(typeof DELIVERY_COLUMNS)[number], Cell>> {
  const { thisMonth, lastMonth } = row
  return {
    username: row.username,
    display_name: row.displayName,
    kind: row.kind,
    status: row.status,
    email: row.email,
    phone: row.phone,
    applications: switchedOn(row).join('|'),
    sms_this_month: thisMonth.sms.accepted,
    sms_last_month: lastMonth.sms.accepted,
    email_this_month: thisMonth.email.accepted,
    email_last_month: lastMonth.email.accepted,
    failed_this_month: thisMonth.sms.failed + thisMonth.email.failed,
    failed_last_month: lastMonth.sms.failed + lastMonth.email.failed,
    warnings: row.warnings.join('|'),
  }
}

export function switchedOn({ applications }: DeliveryRow): readonly string[] {
  return Object.keys(applications).filter((name) => applications[name] === true)
}

export function deliveryJson({ months, channels, primary, rows, totals }: DeliveryReport): object {
  return {
    months,
    channels,
    primary,
    totals: {
      this_month: totals.thisMonth,
      last_month: totals.lastMonth,
      warned: totals.warned,
      warnings: totals.warnings,
    },
    users: rows.map((row) => ({
      username: row.username,
      display_name: row.displayName,
      kind: row.kind,
      status: row.status,
      email: row.email,
      phone: row.phone,
      applications: row.applications,
      this_month: row.thisMonth,
      last_month: row.lastMonth,
      warnings: row.warnings,
    })),
  }
}
