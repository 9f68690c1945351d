import type { Moved } from './moved.ts'
import { type Collector, collector } from './collect.ts'

/** One `otpauth://` address a line, as apps and password managers write them out. Empty lines and lines with # are passed over. */
export function readOtpauthList(text: string): Moved {
  const collected = collector()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const written = line.trim()
    if (written !== '' && !written.startsWith('#')) readOtpauth(collected, index + 1, written)
  }
  return collected.end()
}

/** `username`: whose it is, where that stands beside the address; else the account in its label. */
export function readOtpauth(collected: Collector, line: number, text: string, username?: string): void {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'otpauth:')
    return collected.problem(line, username ?? '', 'otpauth', 'is no otpauth:// address')
  const account = username ?? accountOf(url.pathname)
  if (url.hostname !== 'totp')
    return collected.problem(
      line,
      account,
      'otpauth',
      `is for ${url.hostname || 'nothing'}: only totp can be taken over`,
    )
  const parameter = (name: string): string | undefined => url.searchParams.get(name) ?? undefined
  collected.app({
    line,
    username: account,
    secret: parameter('secret') ?? '',
    form: 'base32',
    digits: parameter('digits'),
    algorithm: parameter('algorithm'),
    period: parameter('period'),
  })
}

/** `/Issuer:account` or `/account`, the colon possibly encoded. */
function accountOf(pathname: string): string {
  let label = pathname.replace(/^\//, '')
  try {
    label = decodeURIComponent(label)
  } catch {
    // A % that stands for itself.
  }
  return label.slice(label.lastIndexOf(':') + 1).trim()
}
