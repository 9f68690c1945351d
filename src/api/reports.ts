import { type Cell, csvTable } from '#csv/write-csv.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { ADOPTION_COLUMNS, adoptionCells, adoptionJson } from '#usecases/adoption-record.ts'
import { adoptionReport } from '#usecases/adoption-report.ts'
import { BYPASS_COLUMNS, bypassJson, bypassRecord, bypassReport } from '#usecases/bypass-report.ts'
import { DELIVERY_COLUMNS, deliveryCells, deliveryJson } from '#usecases/delivery-record.ts'
import { deliveryReport } from '#usecases/delivery-report.ts'
import {
  PASSWORD_LOGIN_COLUMNS,
  passwordLoginRecord,
  passwordLoginsJson,
  passwordLoginsReport,
} from '#usecases/password-logins-report.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { readQuery } from './input.ts'
import { refusal } from './login.ts'
import { ReportFormat } from './report-schemas.ts'

/** `GET /reports/adoption`: who has to pass a second factor, who can, with what, and who cannot yet. */
export const getAdoption = report('adoption', adoptionReport, {
  columns: ADOPTION_COLUMNS,
  cells: adoptionCells,
  body: adoptionJson,
})

/** `GET /reports/bypasses`: who is exempt, why, by whom and until when. */
export const getBypasses = report('bypasses', bypassReport, {
  columns: BYPASS_COLUMNS,
  cells: bypassRecord,
  body: bypassJson,
})

/** `GET /reports/password-logins`: which accounts still sign in by password over the API, and should have a key. */
export const getPasswordLogins = report('password-logins', passwordLoginsReport, {
  columns: PASSWORD_LOGIN_COLUMNS,
  cells: passwordLoginRecord,
  body: passwordLoginsJson,
})

/** `GET /reports/delivery`: what was sent to whom in this and the previous month, and whom codes would not reach. */
export const getDelivery = report('delivery', deliveryReport, {
  columns: DELIVERY_COLUMNS,
  cells: deliveryCells,
  body: deliveryJson,
})

interface Form<Report, Row> {
  readonly columns: readonly string[]
  readonly cells: (row: Row) => Readonly<Record<string, Cell>>
  readonly body: (report: Report) => object
}

/** A report as JSON, or as a file for a spreadsheet with `?format=csv`. */
function report<Row, Report extends { readonly rows: readonly Row[] }>(
  name: string,
  make: (ports: Ports, site: string) => Promise<Report | 'unknown-site'>,
  { columns, cells, body }: Form<Report, Row>,
): (ports: Ports) => AdministrationHandler {
  return (ports) => async (call: Call) => {
    const input = readQuery(call, ReportFormat)
    if (input.kind === 'refused') return input.response
    const made = await make(ports, call.site.name)
    if (made === 'unknown-site') return refusal(ports, call)('not_found')
    if (input.value.format !== 'csv') return Response.json(body(made))
    return new Response(csvTable(columns, made.rows.map(cells)), {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${name}-${call.site.name}.csv"`,
      },
    })
  }
}
