import type { AuditEvent } from '#audit/event.ts'
import { seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { LASTING_SECRETS } from '#ports/system.ts'
import type { Act } from './act.ts'
import { HEARD_OF } from './announce-node.ts'
import { keysInUse, replaceKeyCheck, replaceKeysInUse } from './keys-in-use.ts'
import { inRounds } from './rounds.ts'
import { resealAll } from './reseal-all.ts'

export interface RotateKeys extends Act {
  /** Told before the first batch and after each, and waited for. */
  readonly progress: (done: number, total: number) => void | Promise<void>
  /** Waits a second or so for other nodes. */
  readonly pause: () => Promise<void>
  /** Values of one batch: 200. */
  readonly batch?: number
}

export type RotateKeysOutcome =
  | { readonly kind: 'rotated'; readonly key: string; readonly before: readonly string[]; readonly resealed: number }
  /** The first key of the file seals everything already. */
  | { readonly kind: 'nothing-to-do'; readonly key: string; readonly idle: readonly string[] }
  /** These have an older key file; nothing was changed. */
  | { readonly kind: 'nodes-without-key'; readonly key: string; readonly nodes: readonly string[] }
  /** These go on sealing with the old key, or messages hang: the rest is done when it is taken up again. */
  | { readonly kind: 'unfinished'; readonly left: number; readonly nodes: readonly string[] }
  /** Values that do not open, by table and key: the old key cannot go before they do. */
  | { readonly kind: 'damaged'; readonly rows: readonly string[] }
  | { readonly kind: 'busy' }

/** How long a request that has sealed something may take until it is written. */
const UNDER_WAY = seconds(30)
/** Twice that, with room for nodes that look every five seconds. */
const MOST_PAUSES = 90

/**
 * Puts the first key of the key file in the place of the one in use, while everything goes on. First every node that serves has to know
 * it; then it seals; then everything that is sealed with another one is sealed anew, batch by batch, each value only while it is still
 * what was read; and only when every node has sealed with the new key for as long as a request takes, and nothing is left, is the old one
 * out of use. Interrupted anywhere, it is taken up by being called again.
 */
export async function rotateKeys(ports: Ports, order: RotateKeys): Promise<RotateKeysOutcome> {
  const { store, vault } = ports
  const [to = ''] = vault.ring.ids
  const known = await keysInUse(store)
  if (known.join(' ') === to && (await store.countSealed(to)) === 0)
    return { kind: 'nothing-to-do', key: to, idle: vault.ring.ids.slice(1) }

  const lacking = await nodesWithout(ports, to)
  if (lacking.length > 0) return { kind: 'nodes-without-key', key: to, nodes: lacking }
  const taken = await takeUp(ports, order, to)
  if (taken !== null) return taken

  let resealed = 0
  for (let pauses = 0; ; pauses += 1) {
    const pass = await resealAll(ports, to, order)
    resealed += pass.resealed
    const behind = await nodesBehind(ports, to)
    const left = await store.countSealed(to)
    if (left === 0 && behind.length === 0) break
    if (left > 0 && left === pass.damaged.length && behind.length === 0) return { kind: 'damaged', rows: pass.damaged }
    if (pauses === MOST_PAUSES) return { kind: 'unfinished', left, nodes: behind }
    await order.pause()
  }
  return finish(ports, order, to, resealed)
}

/** The new key seals from here on; null: it does. */
async function takeUp(ports: Ports, order: Act, to: string): Promise<RotateKeysOutcome | null> {
  const { store, vault } = ports
  const outcome = await inRounds<RotateKeysOutcome | 'taken'>(async () => {
    const before = await keysInUse(store)
    if (before[0] === to) {
      vault.ring.sealWith(to)
      return 'taken'
    }
    const after = [to, ...before.filter((each) => each !== to)]
    if (!(await tell(ports, order, 'vault.key.taken', { key: to, before: before.join(' ') }))) return 'conflict'
    if (!(await replaceKeysInUse(store, before, after))) return 'conflict'
    // A node that started meanwhile has said so before it read which keys are in use.
    const late = await nodesWithout(ports, to)
    if (late.length > 0 && (await replaceKeysInUse(store, after, before)))
      return { kind: 'nodes-without-key', key: to, nodes: late }
    vault.ring.sealWith(to)
    return 'taken'
  })
  if (outcome === 'busy') return { kind: 'busy' }
  if (outcome !== 'taken') return outcome
  // What digests and hashes are made with was derived from the first key there was, and stays when that is gone.
  await store.keep(LASTING_SECRETS, vault.ring.sealLasting())
  return null
}

async function finish(ports: Ports, order: Act, to: string, resealed: number): Promise<RotateKeysOutcome> {
  const { store, vault } = ports
  const outcome = await inRounds<RotateKeysOutcome>(async () => {
    const inUse = await keysInUse(store)
    const before = inUse.filter((each) => each !== to)
    if (before.length === 0) return { kind: 'rotated', key: to, before, resealed }
    if (!(await tell(ports, order, 'vault.key.rotated', { key: to, before: before.join(' ') }))) return 'conflict'
    for (const each of before) await replaceKeyCheck(store, vault.ring.checkOf(each), vault.ring.checkOf(to))
    return (await replaceKeysInUse(store, inUse, [to])) ? { kind: 'rotated', key: to, before, resealed } : 'conflict'
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** In the log of each site: told before it is so, because a crash in between must not leave it untold. */
async function tell(
  ports: Ports,
  { actor, origin }: Act,
  ev: AuditEvent['ev'],
  data: AuditEvent['data'],
): Promise<boolean> {
  for (const site of await ports.store.sites()) {
    const subject = { type: 'site', id: site.id, name: site.name } as const
    const events = [{ ev, actor, subject, application: null, data }] as const
    const at = ports.clock.now()
    if ((await ports.store.commit({ site: site.id, at, origin, changes: [], events })) === 'conflict') return false
  }
  return true
}

async function nodesWithout({ store, clock }: Ports, key: string): Promise<readonly string[]> {
  const nodes = await store.servingNodes(clock.now() - HEARD_OF)
  return nodes.filter(({ keys }) => !keys.includes(key)).map(({ name }) => name)
}

/** Those that sealed with another key so lately that something of it may be on its way. */
async function nodesBehind({ store, clock }: Ports, key: string): Promise<readonly string[]> {
  const now = clock.now()
  const nodes = await store.servingNodes(now - HEARD_OF)
  return nodes
    .filter(({ sealsWith, sealsSince }) => sealsWith !== key || sealsSince > now - UNDER_WAY)
    .map(({ name }) => name)
}
