import type { Store } from '#ports/store.ts'
import { StoreUnavailable } from '../../src/store/database.ts'

/** `before`: nothing was done. `after`: it was done and nobody was told, as when a connection breaks while it commits. */
export type FaultKind = 'before' | 'after'

export interface FaultyStore {
  readonly store: Store
  /** The call with this number, from now on, fails. */
  arm(nth: number, kind: FaultKind): void
  /** From now on nothing fails. Answers whether the call that was to fail was made. */
  disarm(): boolean
}

/** A real store that fails once, at the call it is told to. */
export function faultyStore(real: Store): FaultyStore {
  let calls = 0
  let at: { readonly nth: number; readonly kind: FaultKind } | null = null
  const store = new Proxy(real, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || name === 'close') return member
      return (...given: readonly unknown[]): unknown => {
        calls += 1
        const due = at?.nth === calls ? at.kind : null
        if (due === 'before') return Promise.reject(new StoreUnavailable('a fault before it was done'))
        const answer: unknown = Reflect.apply(member, target, given)
        if (due === null || !(answer instanceof Promise)) return answer
        return answer.then(() => Promise.reject(new StoreUnavailable('a fault after it was done')))
      }
    },
  })
  return {
    store,
    arm: (nth, kind) => {
      calls = 0
      at = { nth, kind }
    },
    disarm: () => {
      const came = at !== null && calls >= at.nth
      at = null
      return came
    },
  }
}
