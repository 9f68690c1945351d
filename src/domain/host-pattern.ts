import type { Application } from './application.ts'

/** Hosts of one application; more are a mistake. */
export const MOST_HOSTS = 50

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const PATTERN = new RegExp(`^(?:\\*\\.${LABEL}\\.|(?:${LABEL}\\.)*)${LABEL}(?:\\.${LABEL})*(?::[1-9]\\d{0,4})?$`)
const LONGEST = 253

/**
 * A host that an application is reached at, in lower case: `wiki.example.com`, with `:8443` where it is not the port of its scheme, or
 * `*.example.com` for every name exactly one level below.
 */
export function isHostPattern(text: string): boolean {
  return text.length <= LONGEST && PATTERN.test(text)
}

/** The application that a protected host belongs to; undefined: nobody listed it, so it is denied. A written-out name comes first. */
export function applicationAt<Of extends Pick<Application, 'hosts'>>(
  applications: readonly Of[],
  host: string,
): Of | undefined {
  const above = host.replace(/^[^.]+/, '*')
  const named = (pattern: string): Of | undefined => applications.find(({ hosts }) => hosts.includes(pattern))
  return named(host) ?? named(above)
}
