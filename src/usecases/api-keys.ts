import type { ApiKey, Scope } from '#domain/api-key.ts'
import { newId, newToken } from '#domain/id.ts'
import type { SiteId } from '#domain/id.ts'
import { covers, type Rights, withImplied } from '#domain/rights.ts'
import { type Instant, seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'
import type { FieldProblem } from './user-input.ts'

export const KEY_PREFIX = 'cs_live_'

/** The last use of a key is written down this often at most. */
const TOUCH_EVERY = seconds(60)

/** Who asks for a key. Nobody gives a key more than they may do themselves; a key also not for longer, nor the right to go on. */
export interface KeyMaker {
  readonly rights: Rights
  /** The key that asks; null: a person does. */
  readonly key: ApiKey | null
}

export type CreateApiKeyOutcome =
  /** `text` is the key itself; it is shown this once and stored nowhere. */
  | { readonly kind: 'created'; readonly key: ApiKey; readonly text: string }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** The key would be able to do more than whoever asks for it. */
  | { readonly kind: 'beyond-maker'; readonly why: string }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'busy' }

export interface CreateApiKey extends Act {
  readonly site: string
  readonly name: string
  readonly username?: string | undefined
  readonly scopes: readonly Scope[]
  readonly expiresAt: Instant | null
  /** Left out: an operator at the server, who may do everything. */
  readonly maker?: KeyMaker | undefined
}

/** A named key for a program: with scopes, with an end if one is given, for a service account if one is named. */
export async function createApiKey(ports: Ports, order: CreateApiKey): Promise<CreateApiKeyOutcome> {
  const outcome = await inRounds(() => create(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function create(ports: Ports, order: CreateApiKey): Promise<CreateApiKeyOutcome | 'conflict'> {
  const at = ports.clock.now()
  if (order.expiresAt !== null && order.expiresAt <= at)
    return { kind: 'invalid', problems: [{ field: 'expires_at', problem: 'lies in the past' }] }
  const beyond = order.maker && beyondMaker(order.maker, order)
  if (beyond !== undefined) return { kind: 'beyond-maker', why: beyond }
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
    lastUsedAt: null,
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
  return committed === 'conflict' ? 'conflict' : { kind: 'created', key, text }
}

/** What is wrong with giving this key to this maker; undefined: nothing. */
function beyondMaker(maker: KeyMaker, { scopes, expiresAt }: CreateApiKey): string | undefined {
  if (!covers(maker.rights, withImplied(scopes))) return 'A key is given only what its maker may do.'
  if (maker.key === null) return undefined
  if (scopes.includes('keys:write')) return 'A key does not pass on the right to make keys.'
  const end = maker.key.expiresAt
  return end !== null && (expiresAt === null || expiresAt > end) ? 'A key makes no key that outlives it.' : undefined
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
  if (over || ownerGone) return { kind: 'refused' }
  if (key.lastUsedAt === null || now - key.lastUsedAt >= TOUCH_EVERY) await ports.store.touchApiKey(key.id, now)
  return { kind: 'granted', key, person }
}
