import { type Instant, rfc3339 } from '#domain/time.ts'
import type { AuditRow, EventName } from './event.ts'
import { actionSentence } from './sentence.ts'

/** Facility "log audit" (RFC 5424 6.2.1). */
const FACILITY = 13
const NOTICE = 5
const WARNING = 4

/** The enterprise number that is set aside for documents and examples (RFC 5612): the project has none of its own. */
const STRUCTURE = 'countersign@32473'

/** One entry as a syslog message without a frame (RFC 5424 6). */
export function syslogMessage(siteName: string, host: string, row: AuditRow): string {
  const { actor, subject, origin, application } = row
  const named: readonly (readonly [string, string | number | null])[] = [
    ['site', siteName],
    ['seq', row.seq],
    ['hash', row.hash],
    ['user', actor.name ?? actor.id],
    ['target', subject && (subject.name ?? subject.id)],
    ['app', application],
    ['ip', origin.address],
    ['req', origin.request],
    ['note', typeof row.data['note'] === 'string' ? row.data['note'] : null],
  ]
  const elements = named.flatMap(([name, value]) => (value === null ? [] : [`${name}="${escaped(String(value))}"`]))
  const priority = FACILITY * 8 + severity(row.ev)
  return `<${priority}>1 ${rfc3339(row.at)} ${host} countersign - ${row.ev} [${STRUCTURE} ${elements.join(' ')}] ${oneLine(actionSentence(row))}`
}

/** One entry as an ArcSight event, the message of a syslog line (Common Event Format 0). */
export function cefMessage(siteName: string, host: string, row: AuditRow): string {
  const { actor, subject, origin } = row
  const header = [`CEF:0|Countersign|Countersign|1|${row.ev}|${bar(actionSentence(row))}|${cefSeverity(row.ev)}|`]
  const fields: readonly (readonly [string, string | number | null])[] = [
    ['rt', row.at],
    ['externalId', row.seq],
    ['suser', actor.name ?? actor.id],
    ['duser', subject && (subject.name ?? subject.id)],
    ['src', origin.address],
    ['requestClientApplication', origin.userAgent],
    ['cs1Label', 'site'],
    ['cs1', siteName],
    ['cs2Label', 'hash'],
    ['cs2', row.hash],
    ['cs3Label', 'application'],
    ['cs3', row.application],
  ]
  const extension = fields.flatMap(([name, value]) => (value === null ? [] : [`${name}=${equals(String(value))}`]))
  const priority = FACILITY * 8 + severity(row.ev)
  return `<${priority}>1 ${rfc3339(row.at)} ${host} countersign - ${row.ev} - ${header.join('')}${extension.join(' ')}`
}

/** That entries are missing which no receiver will get: they were purged before they were sent. */
export function gapMessage(
  siteName: string,
  host: string,
  at: Instant,
  missing: { readonly from: number; readonly to: number },
): string {
  const { from, to } = missing
  const elements = `site="${escaped(siteName)}" from="${from}" to="${to}"`
  return `<${FACILITY * 8 + WARNING}>1 ${rfc3339(at)} ${host} countersign - audit.gap [${STRUCTURE} ${elements}] Entries ${from} to ${to} were removed before they were sent`
}

function severity(ev: EventName): number {
  return /\.(?:fail|failures|locked|denied|exhausted|disabled|replayed|throttled)$|^degraded\.|^breakglass\./.test(ev)
    ? WARNING
    : NOTICE
}

function cefSeverity(ev: EventName): number {
  return severity(ev) === WARNING ? 7 : 3
}

/** Backslash, quotation mark and closing bracket are escaped (RFC 5424 6.3.3); a line feed would end a line elsewhere. */
function escaped(value: string): string {
  return oneLine(value).replaceAll(/[\\"\]]/g, (each) => `\\${each}`)
}

function bar(value: string): string {
  return oneLine(value).replaceAll(/[\\|]/g, (each) => `\\${each}`)
}

function equals(value: string): string {
  return oneLine(value).replaceAll(/[\\=]/g, (each) => `\\${each}`)
}

function oneLine(value: string): string {
  return value.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ').toWellFormed()
}
