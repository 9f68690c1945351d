import type { ApiKey } from '#domain/api-key.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export type RevokeApiKeyOutcome =
  | { readonly kind: 'revoked'; readonly key: ApiKey }
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** Ends a key for good; it stays in the list, with the moment of its end. One that has ended so already is no failure. */
export async function revokeApiKey(
  ports: Ports,
  order: { readonly site: string; readonly key: string } & Act,
): Promise<RevokeApiKeyOutcome> {
  const outcome = await inRounds<RevokeApiKeyOutcome>(async () => {
    const at = ports.clock.now()
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const key = (await ports.store.apiKeys(file.site.id)).find(({ id }) => id === order.key)
    if (!key) return { kind: 'unknown-key' }
    if (key.revokedAt !== null) return { kind: 'revoked', key }
    const committed = await ports.store.commit({
      site: file.site.id,
      at,
      origin: order.origin,
      changes: [{ kind: 'revoke-api-key', key: key.id, at }],
      events: [
        {
          ev: 'apikey.revoked',
          actor: order.actor,
          subject: { type: 'api_key', id: key.id, name: key.name },
          application: null,
          data: {},
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'revoked', key: { ...key, revokedAt: at } }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
