import { readFileSync } from 'node:fs'

/** The day this version was made, milliseconds since 1970: no clock is right that shows an earlier one. Set anew with each version. */
export const MADE = Date.UTC(2026, 10, 1)

/** The version of this program, as its package says. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return (manifest as { version: string }).version
}

/**
 * Loads code later than at the start, as long as it is still of the version that was started: with the files of another one, one process would
 * be two versions. `read` tells the version that is installed now.
 */
export function ofThisVersion(read: () => string = packageVersion): <T>(load: () => Promise<T>) => Promise<T> {
  const started = read()
  return async (load) => {
    const installed = read()
    if (installed !== started)
      throw new Error(`Version ${installed} was installed while ${started} is running: start the server anew.`)
    return load()
  }
}
