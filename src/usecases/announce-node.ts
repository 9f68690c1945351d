import { days, seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ServingNode } from '#ports/sealed-values.ts'
import { keysInUse } from './keys-in-use.ts'

/** A node that was not heard of for so long serves no more. */
export const HEARD_OF = seconds(30)
const GONE = days(1)

export interface NodeName {
  readonly id: string
  readonly name: string
}

/**
 * Says which keys this node has, and then takes up the one that is in use; in this order, because whoever puts another key in use does it
 * the other way round: one of the two sees the other. Answers null, or the sentence that says why this node can serve nobody.
 * `before` is what this node said last, and what it says now is given to `said`.
 */
export async function announceNode(
  { store, vault, clock }: Pick<Ports, 'store' | 'vault' | 'clock'>,
  self: NodeName,
  before: ServingNode | null,
  said: (node: ServingNode) => void,
): Promise<string | null> {
  const { ring } = vault
  const announce = async (sealsSince: number): Promise<ServingNode> => {
    const now = clock.now()
    const node = { ...self, keys: ring.ids, sealsWith: ring.sealsWith(), sealsSince, seenAt: now }
    await store.announceNode(node, now - GONE)
    said(node)
    return node
  }
  const told = await announce(before?.sealsSince ?? clock.now())
  const inUse = await keysInUse(store)
  const missing = inUse.filter((key) => !ring.ids.includes(key))
  if (missing.length > 0) return withoutKeys(missing)
  const [seals] = inUse
  if (seals !== undefined && seals !== told.sealsWith) {
    ring.sealWith(seals)
    await announce(clock.now())
  }
  return null
}

/** A sentence for the operator of a node that has read an older key file than the others. */
export function withoutKeys(missing: readonly string[]): string {
  return `The key file lacks ${missing.join(' and ')}, which secrets of this database are sealed with: give this node the key file of the others and restart it.`
}
