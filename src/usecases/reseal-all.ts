import type { Ports } from '#ports/ports.ts'
import { SEALED_PLACES, type SealedPlace, type SealedValue } from '#ports/sealed-values.ts'
import type { RotateKeys } from './rotate-keys.ts'

const BATCH = 200

export interface Resealed {
  readonly resealed: number
  /** What does not open under any key, as `table key`. */
  readonly damaged: readonly string[]
}

/**
 * Goes once over everything that is sealed with another key than `to`, and seals it with that. A value that somebody changed since it
 * was read is left to the next pass; one that does not open stays as it is, and is named.
 */
export async function resealAll(
  ports: Ports,
  to: string,
  { progress, batch = BATCH }: Pick<RotateKeys, 'progress' | 'batch'>,
): Promise<Resealed> {
  const { store, clock } = ports
  const total = await store.countSealed(to)
  const damaged: string[] = []
  let resealed = 0
  await progress(0, total)
  for (const place of SEALED_PLACES) {
    let after: readonly string[] | null = null
    for (;;) {
      const found: readonly SealedValue[] = await page(store, {
        place,
        except: to,
        after,
        limit: batch,
        now: clock.now(),
      })
      const last = found.at(-1)
      if (last === undefined) break
      const anew = found.flatMap((value) => {
        const sealed = sealedAnew(ports, value)
        if (sealed === null) damaged.push(`${place} ${value.key.join(' ')}`)
        return sealed === null ? [] : [{ value, sealed }]
      })
      resealed += await store.reseal(anew)
      after = last.key
      await progress(Math.min(resealed, total), total)
    }
  }
  return { resealed, damaged }
}

function page(
  store: Ports['store'],
  query: { place: SealedPlace; except: string; after: readonly string[] | null; limit: number; now: number },
): Promise<readonly SealedValue[]> {
  return store.sealedValues(query)
}

function sealedAnew({ vault }: Ports, { sealed, boundTo }: SealedValue): string | null {
  try {
    return vault.seal(vault.open(sealed, boundTo), boundTo)
  } catch (error) {
    if (error instanceof Error && error.name === 'CannotUnseal') return null
    throw error
  }
}
