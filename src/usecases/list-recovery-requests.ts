import type { SiteId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import type { RequestOf } from '#ports/recovery-requests.ts'
import { heldBy } from './held.ts'

/** More than a company loses in a week: whoever sees so many has another problem. */
const SHOWN = 100

export interface RecoveryLine extends RequestOf {
  /** Something that is said to be lost was used after the request. */
  readonly usedSince: boolean
}

/** The requests that wait for somebody, the oldest first. */
export async function listRecoveryRequests(ports: Ports, site: SiteId): Promise<readonly RecoveryLine[]> {
  const now = ports.clock.now()
  const found = await ports.store.recoveryRequests(site, { now, limit: SHOWN })
  return Promise.all(
    found.map(async (each) => {
      const file = await ports.store.personFile(site, each.username, now)
      const usedSince = file !== null && usedAfter(file, each.request.requestedAt)
      return { ...each, usedSince }
    }),
  )
}

/** Whether something in the user's hands proved a sign-in after that moment. */
export function usedAfter(hands: Parameters<typeof heldBy>[0], at: number): boolean {
  return heldBy(hands).some(({ lastUsedAt }) => lastUsedAt !== null && lastUsedAt > at)
}
