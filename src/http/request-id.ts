import { newToken } from '#domain/id.ts'
import type { Random } from '#ports/system.ts'

const BYTES = 12
/** Drawn at once: asking the operating system for each would cost more than much of what is asked of the server. */
const AT_ONCE = 100

/** Names for requests that nobody has chosen. They are no secrets: whoever is answered reads theirs. */
export function requestIds(random: Pick<Random, 'bytes'>): () => string {
  let drawn: Uint8Array = new Uint8Array()
  let next = 0
  return () => {
    if (next === drawn.length) [drawn, next] = [random.bytes(BYTES * AT_ONCE), 0]
    next += BYTES
    return `req_${newToken(drawn.subarray(next - BYTES, next))}`
  }
}
