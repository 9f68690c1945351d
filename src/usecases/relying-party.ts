import type { Site } from '#domain/site.ts'
import { type Addresses, addressOfSite } from '#domain/site-address.ts'
import type { RelyingParty } from '#ports/passkeys.ts'

/** Why no passkey can be used here; it is said on the page. */
export type NoPasskeys = 'insecure' | 'address'

/**
 * Whom passkeys are made for: the host of the site's configured address, never of a request. Browsers offer them over https and on
 * localhost only, and for names, not for addresses of numbers.
 */
export function relyingParty(addresses: Addresses, site: Pick<Site, 'name'>): RelyingParty | NoPasskeys {
  const { protocol, hostname, origin } = new URL(addressOfSite(addresses, site.name))
  if (/^[\d.]+$|^\[/.test(hostname)) return 'address'
  if (protocol !== 'https:' && hostname !== 'localhost') return 'insecure'
  return { id: hostname, origin }
}
