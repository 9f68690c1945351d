import type { Ports } from '#ports/ports.ts'
import { REQUESTS_KEPT_FOR } from './do-once.ts'

/** Rows of one transaction: nobody waits long for it. */
const BATCH = 500

/** Removes the requests that are not known for repeats any more, batch by batch; answers how many there were. */
export async function dropKeptRequests({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<number> {
  const goneBefore = clock.now() - REQUESTS_KEPT_FOR
  let dropped = 0
  for (;;) {
    const rows = await store.dropKeptRequests({ goneBefore, limit: BATCH })
    dropped += rows
    if (rows < BATCH) return dropped
  }
}
