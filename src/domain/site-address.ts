import type { Site } from './site.ts'

/** Where the deployment is reached: by one address with all sites below it, and where it says so by others of single sites. */
export interface Addresses {
  /** Scheme, host and port, and a path where the server is not alone at its host: `https://intranet.example.com/login`. No slash at the end. */
  readonly origin: string
  /** Sites that have an address of their own, by name: `acme` → `https://login.acme.test`. */
  readonly siteAddresses?: ReadonlyMap<string, string>
}

/** A site, and where browsers find it. */
export interface SiteAtAddress extends Site {
  /** Everything of the site is below it: `https://login.example.com/acme`. Links in mails begin with it. */
  readonly address: string
  /** The path of its address, which links on pages begin with: `/acme`; empty where the site has a host for itself. */
  readonly path: string
  /** The path that the files of the pages are below. */
  readonly base: string
}

/** The address of a site: its own where it has one, else its name below the address of the deployment. */
export function addressOfSite({ origin, siteAddresses }: Addresses, name: string): string {
  return siteAddresses?.get(name) ?? `${origin}/${name}`
}

export function atAddress(addresses: Addresses, site: Site): SiteAtAddress {
  const address = addressOfSite(addresses, site.name)
  const path = pathOfAddress(address)
  return {
    ...site,
    address,
    path,
    base: addresses.siteAddresses?.has(site.name) ? path : pathOfAddress(addresses.origin),
  }
}

/** The path of an address, as links on its pages begin: without a slash at the end, and empty for a whole host. */
export function pathOfAddress(address: string): string {
  return new URL(address).pathname.replace(/\/$/, '')
}
