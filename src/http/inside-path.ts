import { type Addresses, pathOfAddress } from '#domain/site-address.ts'
import { sameServer } from './loopback.ts'

/** Where a request stands among all doors, which are at `/{site}/…`, and by which of our addresses it came. */
export interface Inside {
  readonly pathname: string
  /** The site whose own address it is; null: it came by the one of the deployment. */
  readonly site: string | null
}

/** What is the deployment's at every address: files of pages. */
const SHARED = /^\/assets\//
const WELL_KNOWN_PASSWORD = '/.well-known/change-password'

/**
 * Takes the path that an address begins with off a request's, and puts the name of the site there where the address has none. null: it
 * is no host of ours: links are never made from a host somebody else has chosen. A proxy in front may leave the path of
 * `origin` on or take it off.
 */
export function insidePath(url: URL, { origin, siteAddresses = new Map() }: Addresses): Inside | null {
  for (const [site, address] of siteAddresses) {
    const rest = isAt(url, address) ? below(url.pathname, pathOfAddress(address)) : undefined
    if (rest === undefined) continue
    if (SHARED.test(rest)) return { pathname: rest, site }
    return {
      pathname: `/${site}${rest === WELL_KNOWN_PASSWORD ? '/account/password' : rest.replace(/^\/$/, '')}`,
      site,
    }
  }
  if (!isAt(url, origin)) return null
  return { pathname: below(url.pathname, pathOfAddress(origin)) ?? url.pathname, site: null }
}

/** What of the path is below the other one; undefined: it is not below it. */
function below(pathname: string, path: string): string | undefined {
  if (pathname === path) return '/'
  return pathname.startsWith(`${path}/`) ? pathname.slice(path.length) : undefined
}

function isAt(url: URL, address: string): boolean {
  // A proxy may have taken the encryption off: the host is read as one of our own scheme, so that a default port counts the same.
  const { protocol } = new URL(address)
  const asked = `${protocol}//${url.host}`
  return URL.canParse(asked) && sameServer(address).includes(new URL(asked).origin)
}
