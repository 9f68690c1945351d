import type { Store } from '#ports/store.ts'

const IN_USE = 'keys_in_use'
const CHECK = 'key_check'

/**
 * The names of the keys that something may be sealed with: the first seals, and while there are others it is taking their place. Empty
 * for a database from before its key had a name.
 */
export async function keysInUse(store: Pick<Store, 'kept'>): Promise<readonly string[]> {
  return ((await store.kept(IN_USE)) ?? '').split(' ').filter((id) => id !== '')
}

/** Puts others in their place, if they are still these: somebody else may take keys up at the same time. */
export function replaceKeysInUse(
  store: Pick<Store, 'replaceKept'>,
  from: readonly string[],
  to: readonly string[],
): Promise<boolean> {
  return store.replaceKept(IN_USE, from.join(' '), to.join(' '))
}

/** Of a key that is there, name and check value. */
export interface NamedKey {
  readonly id: string
  readonly check: string
}

export type FoundKeys =
  | {
      readonly kind: 'found'
      /** The key that the check value is of. */
      readonly known: string
      readonly inUse: readonly string[]
    }
  | { readonly kind: 'other-key' }
  | { readonly kind: 'missing'; readonly keys: readonly string[] }

/**
 * Which of the keys of a key file this database uses. A new database takes the first one. A wrong file is found here, before it does
 * harm: no key of it has the check value that was kept, or one is missing that something is sealed with.
 */
export async function findKeysInUse(
  store: Pick<Store, 'keep' | 'kept'>,
  keys: readonly [NamedKey, ...NamedKey[]],
): Promise<FoundKeys> {
  const check = (await store.kept(CHECK)) ?? (await store.keep(CHECK, keys[0].check))
  const known = keys.find((each) => each.check === check)
  if (known === undefined) return { kind: 'other-key' }
  const kept = await keysInUse(store)
  const inUse = kept.length > 0 ? kept : (await store.keep(IN_USE, known.id)).split(' ')
  const missing = inUse.filter((id) => !keys.some((each) => each.id === id))
  return missing.length > 0 ? { kind: 'missing', keys: missing } : { kind: 'found', known: known.id, inUse }
}

/** The database is known by another key from now on, if it still is by the first. */
export function replaceKeyCheck(store: Pick<Store, 'replaceKept'>, from: string, to: string): Promise<boolean> {
  return store.replaceKept(CHECK, from, to)
}
