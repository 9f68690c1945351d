import { readFileSync } from 'node:fs'

/** The day this version was made, milliseconds since 1970: no clock is right that shows an earlier one. Set anew with each version. */
export const MADE = Date.UTC(2026, 10, 1)

/** The version of this program, as its package says. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return (manifest as { version: string }).version
}
