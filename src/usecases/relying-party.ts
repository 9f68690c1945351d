import type { RelyingParty } from '#ports/passkeys.ts'

/** Why no passkey can be used here; it is said on the page. */
export type NoPasskeys = 'insecure' | 'address'

/**
 * Whom passkeys are made for: the host of the configured origin, never of a request. Browsers offer them over https and on localhost
 * only, and for names, not for addresses of numbers.
 */
export function relyingParty(origin: string): RelyingParty | NoPasskeys {
  const { protocol, hostname } = new URL(origin)
  if (/^[\d.]+$|^\[/.test(hostname)) return 'address'
  if (protocol !== 'https:' && hostname !== 'localhost') return 'insecure'
  return { id: hostname, origin }
}
