import { isIP } from 'node:net'

/** A chain of proxies longer than this is none. */
const MOST_HOPS = 20

/**
 * The address a request came from: the peer, or, as long as a proxy that is trusted names somebody, the one it names. The list
 * in X-Forwarded-For is read from its end, where the nearest proxy has written; what strangers wrote at its beginning is never reached.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | null,
  trusted: (address: string) => boolean,
): string | null {
  let address = peer === undefined ? null : canonicalAddress(peer)
  const hops = (forwardedFor ?? '').split(',').slice(-MOST_HOPS)
  while (address !== null && trusted(address)) {
    const hop = canonicalAddress(hops.pop() ?? '')
    if (hop === null) break
    address = hop
  }
  return address
}

/** One text for each address, however it is written: without port, brackets and zone, an IPv4 address inside IPv6 as IPv4. */
export function canonicalAddress(text: string): string | null {
  if (isIP(text) === 4) return text
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/%.*$/, '')
  if (isIP(bare) === 4) return bare
  if (isIP(bare) !== 6) return null
  const ipv6 = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(ipv6)
  if (!mapped) return ipv6
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
