import { fromBase32 } from '#authenticators/base32.ts'
import type { CsvTable } from '#csv/read-csv.ts'
import type { HardwareToken } from '#domain/hardware-token.ts'

/** A hardware token as its maker's list has it. */
export interface HardwareRow extends Pick<HardwareToken, 'serial' | 'moves' | 'parameters' | 'last'> {
  readonly secret: Uint8Array
}

export interface HardwareProblem {
  readonly line: number
  readonly problem: string
}

const COLUMNS = ['serial', 'secret', 'type', 'digits', 'algorithm', 'period', 'counter']
/** RFC 4226 4 (R6) asks for 128 bits at least; older devices have 80. */
const SHORTEST_SECRET = 10

/** The tokens of a table, or everything that is wrong with it. Columns besides `serial` and `secret` may be left out. */
export function hardwareRows({ header, rows }: CsvTable): {
  readonly tokens: readonly HardwareRow[]
  readonly problems: readonly HardwareProblem[]
} {
  const names = header.map((name) => name.trim().toLowerCase())
  const problems: HardwareProblem[] = names
    .filter((name) => !COLUMNS.includes(name))
    .map((name) => ({ line: 1, problem: `there is no column "${name}"; known: ${COLUMNS.join(', ')}` }))
  for (const wanted of ['serial', 'secret'])
    if (!names.includes(wanted)) problems.push({ line: 1, problem: `the column ${wanted} is missing` })
  const seen = new Set<string>()
  const tokens: HardwareRow[] = []
  for (const { line, cells } of problems.length > 0 ? [] : rows) {
    const cell = (name: string): string => (cells[names.indexOf(name)] ?? '').trim()
    const read = hardwareRow(cell)
    if (typeof read === 'string') problems.push({ line, problem: read })
    else if (seen.has(read.serial)) problems.push({ line, problem: `the serial number ${read.serial} comes twice` })
    else tokens.push(read)
    if (typeof read !== 'string') seen.add(read.serial)
  }
  return { tokens, problems }
}

function hardwareRow(cell: (name: string) => string): HardwareRow | string {
  const serial = cell('serial')
  if (!/^[\w./-]{1,64}$/.test(serial)) return 'serial is 1 to 64 letters, digits, dots and dashes'
  const secret = secretOf(cell('secret'))
  if (!secret || secret.length < SHORTEST_SECRET) return 'secret is hexadecimal or base 32, of 80 bits at least'
  const type = cell('type').toLowerCase() || 'hotp'
  if (type !== 'hotp' && type !== 'totp') return 'type is hotp or totp'
  const digits = ([6, 7, 8] as const).find((each) => String(each) === (cell('digits') || '6'))
  if (digits === undefined) return 'digits is 6, 7 or 8'
  const hash = cell('algorithm').toUpperCase().replaceAll('-', '') || 'SHA1'
  const algorithm = (['SHA1', 'SHA256', 'SHA512'] as const).find((each) => each === hash)
  if (algorithm === undefined) return 'algorithm is SHA1, SHA256 or SHA512'
  const period = Number(cell('period') || 30)
  if (!Number.isInteger(period) || period < 15 || period > 300) return 'period is 15 to 300 seconds'
  const counter = Number(cell('counter') || 0)
  if (!Number.isSafeInteger(counter) || counter < 0) return 'counter is a whole number, the one of the next code'
  const counts = type === 'hotp'
  const last = counts ? counter - 1 : -1
  return { serial, secret, moves: counts ? 'counter' : 'clock', parameters: { digits, algorithm, period }, last }
}

/** Hexadecimal where it can be that, as makers of tokens write it; else base 32. */
function secretOf(text: string): Uint8Array | undefined {
  const bare = text.replaceAll(/\s/g, '')
  if (/^(?:[0-9a-f]{2})+$/i.test(bare)) return new Uint8Array(Buffer.from(bare, 'hex'))
  return fromBase32(bare)
}
