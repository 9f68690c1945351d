import { inNetworks } from '#policy/network.ts'

/** Whether a channel may connect to this address. */
export type Reach = (address: string) => boolean

/**
 * What is not the public internet (the special-purpose registries of RFC 6890, multicast, and the forms of IPv6 that carry an IPv4
 * address): an administrator of a site could otherwise have the server talk to its own neighbours, or to a cloud's metadata.
 */
export const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/127',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
] as const

/** The public internet, and the networks that the deployment allows (`COUNTERSIGN_CHANNEL_NETWORKS`). */
export function reachOf(allowed: readonly string[]): Reach {
  return (address) => inNetworks(address, allowed) || !inNetworks(address, NOT_PUBLIC)
}

export const ANYWHERE: Reach = () => true

/** Said where an address is refused. The address itself is not repeated: it would tell an administrator about the network inside. */
export const PRIVATE =
  'its address is a private one, and only the operator of this server can allow those (COUNTERSIGN_CHANNEL_NETWORKS)'
