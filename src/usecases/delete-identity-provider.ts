import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export type DeleteIdentityProviderOutcome =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'unknown-identity-provider'; readonly known: readonly string[] }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** From now on its word counts for nobody. Sessions that it opened go on; they are ended like any others. */
export async function deleteIdentityProvider(
  ports: Ports,
  order: { readonly site: string; readonly name: string } & Act,
): Promise<DeleteIdentityProviderOutcome> {
  const outcome = await inRounds<DeleteIdentityProviderOutcome>(async () => {
    const site = await ports.store.site(order.site)
    if (!site) return { kind: 'unknown-site' }
    const all = await ports.store.identityProviders(site.id)
    const provider = all.find(({ name }) => name === order.name)
    if (!provider) return { kind: 'unknown-identity-provider', known: all.map(({ name }) => name) }
    const { name, version } = provider
    const committed = await ports.store.commit({
      site: site.id,
      at: ports.clock.now(),
      origin: order.origin,
      changes: [{ kind: 'remove-identity-provider', site: site.id, name, from: version }],
      events: [
        {
          ev: 'identity_provider.deleted',
          actor: order.actor,
          subject: { type: 'identity_provider', id: name, name },
          application: null,
          data: {},
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'deleted' }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
