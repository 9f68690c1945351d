import type { Store } from '#ports/store.ts'
import { LASTING_SECRETS, type Random, type Vault } from '#ports/system.ts'
import type { Keys } from '#system/key-file.ts'
import { keyCheck, keyId, lastingSecretsOf, openLasting, openVault } from '#system/vault.ts'
import { withoutKeys } from '#usecases/announce-node.ts'
import { findKeysInUse } from '#usecases/keys-in-use.ts'

export type Unlocked =
  | { readonly kind: 'unlocked'; readonly vault: Vault; readonly pepper: Uint8Array }
  /** A sentence for the operator. */
  | { readonly kind: 'failed'; readonly message: string }

/** The vault of this database with the keys of a key file; sealing with the one that all nodes seal with. */
export async function unlock(
  store: Pick<Store, 'keep' | 'kept'>,
  { keys, keyFile, random }: { readonly keys: Keys; readonly keyFile: string; readonly random: Random },
): Promise<Unlocked> {
  const [first, ...others] = keys
  const found = await findKeysInUse(store, [named(first), ...others.map(named)])
  if (found.kind === 'other-key')
    return {
      kind: 'failed',
      message: `The key in ${keyFile} is not the one that this database was made with; put the right key file back.`,
    }
  if (found.kind === 'missing') return { kind: 'failed', message: withoutKeys(found.keys) }
  const carried = await store.kept(LASTING_SECRETS)
  const origin = keys.find((each) => keyId(each) === found.known) ?? first
  const lasting = carried === null ? lastingSecretsOf(origin) : openLasting(openVault(keys, random), carried)
  const vault = openVault(keys, random, lasting)
  const [seals] = found.inUse
  if (seals !== undefined) vault.ring.sealWith(seals)
  return { kind: 'unlocked', vault, pepper: lasting.pepper }
}

function named(key: Uint8Array) {
  return { id: keyId(key), check: keyCheck(key) }
}
