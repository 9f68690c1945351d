import { days, seconds } from '#domain/time.ts'
import { isLoopback } from './loopback.ts'

/** The longest that browsers keep a cookie. How long a device is remembered the policy says, at each sign-in. */
const DEVICE_COOKIE_SECONDS = days(400) / seconds(1)

export interface CookieNames {
  readonly session: string
  readonly pending: string
  readonly device: string
  /** At a protected host: that the session is good there, and at no other host. */
  readonly pass: string
  /** At a protected host: which browser went to sign in from there. */
  readonly visit: string
}

/**
 * The names of our cookies at a site. With `__Host-` a browser takes them only from this very host, over a secure connection and for
 * all paths, so that no neighbour can plant one. A plain-http origin elsewhere than on loopback could not set such cookies.
 */
export function cookieNames(site: string, origin: string): CookieNames {
  const prefix = isSecure(origin) ? '__Host-' : ''
  const name = (what: string): string => `${prefix}cs-${site}-${what}`
  return {
    session: name('session'),
    pending: name('pending'),
    device: name('device'),
    pass: name('pass'),
    visit: name('visit'),
  }
}

/** A Set-Cookie value. Without `maxAgeSeconds` the cookie ends with the browser. */
export function setCookie(name: string, value: string, origin: string, maxAgeSeconds?: number): string {
  if (!/^[\w.~-]*$/.test(value)) throw new Error(`the value of the cookie ${name} has characters that need quoting`)
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}`
  return `${name}=${value}; Path=/${age}; HttpOnly; SameSite=Lax${isSecure(origin) ? '; Secure' : ''}`
}

/** The Set-Cookie value by which a browser is known again. */
export function deviceCookie(site: string, token: string, origin: string): string {
  return setCookie(cookieNames(site, origin).device, token, origin, DEVICE_COOKIE_SECONDS)
}

/** A Set-Cookie value that takes the cookie away. */
export function clearCookie(name: string, origin: string): string {
  return setCookie(name, '', origin, 0)
}

/** The cookies of a request. A name that comes twice is as good as none: one of the two was planted, and nobody knows which. */
export function readCookies(header: string | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const twice = new Set<string>()
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    if (at < 1 || name === '') continue
    if (found.has(name)) twice.add(name)
    found.set(name, pair.slice(at + 1).trim())
  }
  for (const name of twice) found.delete(name)
  return found
}

/** Browsers treat plain http on loopback as a secure connection. */
function isSecure(origin: string): boolean {
  return origin.startsWith('https:') || isLoopback(origin)
}
