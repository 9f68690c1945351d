import { collector } from './collect.ts'
import type { Moved } from './moved.ts'

/**
 * The token file of privacyIDEA and LinOTP (OATH CSV) in the version that names the user: `# version: 2`, then
 * `username, resolver, realm, serial, secret in hexadecimal, type, digits, seconds, algorithm` without a header. Tokens of other kinds
 * than TOTP are passed over and counted.
 */
export function readPrivacyIdea(text: string): Moved {
  const collected = collector()
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (!/^#\s*version:\s*2\s*$/.test(lines[0] ?? '')) {
    const problem =
      'is no file of version 2: its first line is "# version: 2", and its rows begin with user, resolver and realm'
    collected.problem(1, '', 'file', problem)
    return collected.end()
  }
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('#') || line.trim() === '') continue
    const [username = '', , , , secret = '', type = 'hotp', digits, period, algorithm] = line
      .split(',')
      .map((cell) => cell.trim())
    if (type.toLowerCase() !== 'totp') collected.leave(`tokens of the type ${type.toLowerCase() || 'hotp'}`)
    else if (username === '') collected.leave('tokens that belong to nobody')
    else collected.app({ line: index + 1, username, secret, form: 'hex', digits, algorithm, period })
  }
  return collected.end()
}
