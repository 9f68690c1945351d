import { fromBase32 } from '#authenticators/base32.ts'
import type { HardwareToken } from '#domain/hardware-token.ts'

/** A hardware token as its maker's list has it. */
export interface HardwareRow extends Pick<HardwareToken, 'serial' | 'moves' | 'parameters' | 'last'> {
  readonly secret: Uint8Array
}

export interface HardwareProblem {
  readonly line: number
  readonly problem: string
}

/** The tokens of a file, or everything that is wrong with it. */
export interface HardwareList {
  readonly tokens: readonly HardwareRow[]
  readonly problems: readonly HardwareProblem[]
}

/** What can be said of a token, as text: `serial` and `secret` always, the others where they are not the common ones. */
export const HARDWARE_FIELDS = ['serial', 'secret', 'type', 'digits', 'algorithm', 'period', 'counter'] as const
export type HardwareField = (typeof HARDWARE_FIELDS)[number]

/** RFC 4226 4 (R6) asks for 128 bits at least; older devices have 80. */
const SHORTEST_SECRET = 10

/** Collects the tokens of a file one by one, whatever its form; each serial number comes once. */
export function hardwareCollector(): {
  token(line: number, said: (field: HardwareField) => string): void
  problem(line: number, problem: string): void
  end(): HardwareList
} {
  const tokens: HardwareRow[] = []
  const problems: HardwareProblem[] = []
  const seen = new Set<string>()
  const problem = (line: number, text: string): void => void problems.push({ line, problem: text })
  return {
    problem,
    token(line, said) {
      const read = hardwareRow(said)
      if (typeof read === 'string') return problem(line, read)
      if (seen.has(read.serial)) return problem(line, `the serial number ${read.serial} comes twice`)
      seen.add(read.serial)
      tokens.push(read)
    },
    end: () => ({ tokens, problems }),
  }
}

function hardwareRow(cell: (field: HardwareField) => string): HardwareRow | string {
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
