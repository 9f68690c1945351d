import type { LogItem, LogStart } from './verify-log.ts'

/** The form of a bundle: JSON lines, this header first, then the log as it is stored. */
export const BUNDLE_FORM = 'countersign-audit-v1'

/** What a bundle says of itself. None of it is believed but by what the log behind it proves. */
export interface BundleHeader {
  readonly bundle: typeof BUNDLE_FORM
  readonly site: string
  readonly name: string
  readonly start: LogStart
  /** Verifier lines of the keys that signed; whoever checks for themselves brings their own. */
  readonly verifiers: readonly string[]
}

/** Undefined for a line that is no such header. */
export function parseBundleHeader(line: string): BundleHeader | undefined {
  const header: Partial<BundleHeader> | undefined = parsed(line)
  if (header?.bundle !== BUNDLE_FORM || typeof header.name !== 'string') return undefined
  const { start, verifiers } = header
  const whole = typeof start?.head?.seq === 'number' && typeof start.head.hash === 'string' && Array.isArray(start.tree)
  return whole && Array.isArray(verifiers) ? (header as BundleHeader) : undefined
}

/** A line that is no item of a log is an entry of nothing, which no chain holds. */
export function parseBundleLine(line: string): LogItem {
  const item = parsed(line)
  const note = item?.['note']
  if (typeof note === 'string') return { note }
  const entry = item?.['entry']
  const hash = item?.['hash']
  return typeof entry === 'string' && typeof hash === 'string' ? { entry, hash } : { entry: line, hash: '' }
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
