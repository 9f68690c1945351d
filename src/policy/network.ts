import { z } from 'zod'

/** An address as a number of `bits` bits. IPv4-mapped IPv6 addresses are IPv4, so that one client has one form. */
export interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

/** Parses an IPv4 or IPv6 address in any of its textual forms; undefined for anything else. */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) return parseIpv6(text.replace(/^\[(.*)\]$/, '$1').replace(/%[^%\s]+$/, ''))
  const value = parseIpv4(text)
  return value === undefined ? undefined : { bits: 32, value }
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0n
  for (const part of parts) {
    // No leading zeros: some parsers read them as octal, and two readings of one address are an attack.
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined
    value = (value << 8n) | BigInt(part)
  }
  return value
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = groups(halves[0] ?? '', halves.length === 1)
  const tail = halves.length === 2 ? groups(halves[1] ?? '', true) : []
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  let value = 0n
  for (const group of [...head, ...Array<number>(Math.max(missing, 0)).fill(0), ...tail])
    value = (value << 16n) | BigInt(group)
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value }
}

/** The 16-bit groups; only the end of an address can be written like IPv4. */
function groups(text: string, endsHere: boolean): number[] | undefined {
  if (text === '') return []
  const found: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    if (part.includes('.') && endsHere && index === parts.length - 1) {
      const v4 = parseIpv4(part)
      if (v4 === undefined) return undefined
      found.push(Number(v4 >> 16n), Number(v4 & 0xffffn))
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) found.push(Number.parseInt(part, 16))
    else return undefined
  }
  return found
}

interface Network extends Address {
  readonly prefix: number
}

export function parseNetwork(text: string): Network | undefined {
  const [base = '', length, ...rest] = text.split('/')
  const address = parseAddress(base)
  // A zone belongs to an interface of one machine and says nothing about a network.
  if (!address || rest.length > 0 || /[[%]/.test(base)) return undefined
  if (length === undefined) return { ...address, prefix: address.bits }
  if (!/^(?:0|[1-9]\d{0,2})$/.test(length)) return undefined
  // A mapped network keeps its meaning: ::ffff:10.0.0.0/104 is 10.0.0.0/8.
  const prefix = Number(length) - (base.includes(':') && address.bits === 32 ? 96 : 0)
  return prefix >= 0 && prefix <= address.bits ? { ...address, prefix } : undefined
}

/** Whether the address lies in one of the CIDR blocks; text prefixes are never compared. */
export function inNetworks(address: string | null, networks: readonly string[]): boolean {
  return address !== null && networks.length > 0 && networkTest(networks)(address)
}

/** The same for blocks that are asked about again and again: they are read once. */
export function networkTest(networks: readonly string[]): (address: string) => boolean {
  const known = networks.flatMap((text) => parseNetwork(text) ?? [])
  return (address) => {
    const parsed = known.length === 0 ? undefined : parseAddress(address)
    return parsed !== undefined && known.some((network) => contains(network, parsed))
  }
}

function contains({ bits, prefix, value }: Network, address: Address): boolean {
  const shift = BigInt(bits - prefix)
  return bits === address.bits && address.value >> shift === value >> shift
}

/** One bucket per client: the IPv4 address, or the /64 of an IPv6 address. */
export function sourceOf(address: string | null): string {
  const parsed = address === null ? undefined : parseAddress(address)
  if (!parsed) return 'unknown'
  return parsed.bits === 32 ? `4:${parsed.value.toString(16)}` : `6:${(parsed.value >> 64n).toString(16)}`
}

/** A CIDR block such as 10.0.0.0/8 or 2001:db8::/32. */
export const cidr = z
  .string()
  .refine((text) => parseNetwork(text) !== undefined, 'is not a network like 10.0.0.0/8 or 2001:db8::/32')
  .meta({ title: 'network' })
