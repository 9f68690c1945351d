import type { Origin } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import { isOpenRequest } from '#domain/recovery-request.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import type { RequestOf } from '#ports/recovery-requests.ts'
import { ownEvent } from './act.ts'
import { inRounds } from './rounds.ts'

interface ByLink {
  readonly site: SiteId
  /** Of the mailed link. */
  readonly token: string
}

/** Whether the link still takes something back. Looking changes nothing, so that a scanner that opens mails does no harm. */
export async function cancelStanding(ports: Ports, link: ByLink): Promise<'open' | 'over'> {
  return (await find(ports, link)) === null ? 'over' : 'open'
}

/** The owner did not ask: the request is over, and whoever asked knows the password. */
export async function cancelRecovery(
  ports: Ports,
  link: ByLink & { readonly origin: Origin },
): Promise<'cancelled' | 'over' | 'busy'> {
  return inRounds<'cancelled' | 'over'>(async () => {
    const found = await find(ports, link)
    if (!found) return 'over'
    const { request, file } = found
    const next = { ...request, state: 'cancelled', code: null, version: request.version + 1 } as const
    const committed = await ports.store.commit({
      site: link.site,
      at: ports.clock.now(),
      origin: link.origin,
      changes: [{ kind: 'change-recovery-request', request: next, from: request.version }],
      events: [ownEvent(file.user, null, 'recovery.cancelled')],
    })
    return committed === 'conflict' ? 'conflict' : 'cancelled'
  })
}

async function find(
  ports: Ports,
  { site, token }: ByLink,
): Promise<(RequestOf & { readonly file: PersonFile }) | null> {
  const now = ports.clock.now()
  const found = await ports.store.recoveryRequestByLink(site, ports.vault.digest(token))
  const file = found && (await ports.store.personFile(site, found.username, now))
  return found && file?.user.id === found.request.user && isOpenRequest(found.request, file.user, now)
    ? { ...found, file }
    : null
}
