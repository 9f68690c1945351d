import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export type RemoveOpenIdClientOutcome =
  | { readonly kind: 'removed' }
  | { readonly kind: 'unknown-client' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** The application signs nobody in by OpenID Connect any more; it stays an application. Its tokens are worth nothing from then on. */
export async function removeOpenIdClient(
  ports: Ports,
  order: { readonly site: string; readonly application: string } & Act,
): Promise<RemoveOpenIdClientOutcome> {
  const outcome = await inRounds<RemoveOpenIdClientOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const site = file.site.id
    const { application } = order
    const client = await ports.store.openIdClient(site, application)
    if (!client) return { kind: 'unknown-client' }
    const committed = await ports.store.commit({
      site,
      at: ports.clock.now(),
      origin: order.origin,
      changes: [{ kind: 'remove-openid-client', site, application, from: client.version }],
      events: [
        {
          ev: 'openid.client.removed',
          actor: order.actor,
          subject: { type: 'application', id: application, name: application },
          application: null,
          data: {},
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'removed' }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
