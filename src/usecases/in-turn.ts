import type { Store } from '#ports/store.ts'

const queues = new WeakMap<Store, Map<string, Promise<unknown>>>()

/**
 * Does `work` when everybody who came before with the same key, to the same store, is through; `waited` says whether there was anybody.
 * For the order among those that one process serves: what holds between processes is held by the commit.
 */
export async function inTurn<T>(store: Store, key: string, work: (waited: boolean) => Promise<T>): Promise<T> {
  const queue = queues.get(store) ?? new Map<string, Promise<unknown>>()
  queues.set(store, queue)
  const before = queue.get(key)
  const own = (before ?? Promise.resolve()).then(() => work(before !== undefined))
  // Whoever comes next is not held up by what went wrong here.
  const done = own.catch(() => undefined)
  queue.set(key, done)
  try {
    return await own
  } finally {
    if (queue.get(key) === done) queue.delete(key)
  }
}
