import { EXIT, Failure } from './exit-codes.ts'

/** Variables as lines that a shell (`. file`) and systemd (`EnvironmentFile=`) read alike. */
export function environmentFile(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${quoted(name, value)}\n`)
    .join('')
}

/** Both take the same four characters for special within double quotes, and a backslash away from before them. */
function quoted(name: string, value: string): string {
  if (/\p{Cc}/u.test(value)) throw new Failure(EXIT.refused, `${name} has a line break or another control character.`)
  return /^[\w./:@%+,=-]*$/.test(value) ? value : `"${value.replaceAll(/["\\`$]/g, '\\$&')}"`
}
