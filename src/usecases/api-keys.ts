import type { ApiKey, Scope } from '#domain/api-key.ts'
import { newId, newToken } from '#domain/id.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import type { Act } from './act.ts'

export const KEY_PREFIX = 'cs_live_'

export type CreateApiKeyOutcome =
  /** `text` is the key itself; it is shown this once and stored nowhere. */
  | { readonly kind: 'created'; readonly key: ApiKey; readonly text: string }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'busy' }

/** A named key for a program: with scopes, with an end if one is given, for a service account if one is named. */
export async function createApiKey(
  ports: Ports,
  order: { site: string; name: string; username?: string; scopes: readonly Scope[]; expiresAt: Instant | null } & Act,
): Promise<CreateApiKeyOutcome> {
  const at = ports.clock.now()
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  const person = order.username === undefined ? null : await ports.store.personFile(file.site.id, order.username, at)
  if (order.username !== undefined && !person) return { kind: 'unknown-user' }
  const text = `${KEY_PREFIX}${newToken(ports.random.bytes(32))}`
  const key: ApiKey = {
    id: newId('key', ports.random.bytes(16)),
    site: file.site.id,
    name: order.name,
    user: person?.user.id ?? null,
    secretDigest: ports.vault.digest(text),
    scopes: order.scopes,
    createdAt: at,
    expiresAt: order.expiresAt,
    revokedAt: null,
  }
  const committed = await ports.store.commit({
    site: file.site.id,
    at,
    origin: order.origin,
    changes: [{ kind: 'add-api-key', key }],
    events: [
      {
        ev: 'apikey.created',
        actor: order.actor,
        subject: { type: 'api_key', id: key.id, name: key.name },
        application: null,
        data: { scopes: order.scopes },
      },
    ],
  })
  return committed === 'conflict' ? { kind: 'busy' } : { kind: 'created', key, text }
}

export type ApiKeyAccess =
  | { readonly kind: 'granted'; readonly key: ApiKey; readonly person: PersonFile | null }
  | { readonly kind: 'refused' }

/** Whether a key opens anything on this site now: not revoked, not expired, and its account not disabled. */
export async function checkApiKey(ports: Ports, query: { site: SiteId; text: string }): Promise<ApiKeyAccess> {
  const now = ports.clock.now()
  const found = await ports.store.apiKeyFile(query.site, ports.vault.digest(query.text), now)
  if (!found) return { kind: 'refused' }
  const { key, person } = found
  const over = key.revokedAt !== null || (key.expiresAt !== null && now >= key.expiresAt)
  const ownerGone = key.user !== null && person?.user.status !== 'active'
  return over || ownerGone ? { kind: 'refused' } : { kind: 'granted', key, person }
}
