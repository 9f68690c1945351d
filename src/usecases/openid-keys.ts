import { type AuditEvent, SYSTEM } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import { keySeal, type OpenIdKey } from '#domain/openid.ts'
import { days, type Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

/** For how long a replaced key is still published: longer than any token lives that it has signed, and than others keep a list of keys. */
export const KEY_OVERLAP = days(2)

/** A new private key as JWK, whose `kid` is its thumbprint. */
export interface NewKey {
  readonly kid: string
  readonly [parameter: string]: unknown
}

const AT_START: Act = { actor: SYSTEM, origin: { request: 'openid', address: null, userAgent: null } }

/** The published keys of a site as JWK, the one that signs first. A site without one that goes on signing gets a new one. */
export async function openIdKeys(
  ports: Ports,
  site: SiteId,
  newKey: () => Promise<NewKey>,
): Promise<readonly NewKey[] | 'busy'> {
  const stored = await ports.store.openIdKeys(site, ports.clock.now())
  if (stored.some(({ retiredAt }) => retiredAt === null)) return stored.map((key) => opened(ports, key))
  const made = await newKey()
  return inRounds(async () => {
    const at = ports.clock.now()
    const key: OpenIdKey = { site, kid: made.kid, sealedKey: sealed(ports, site, made), createdAt: at, retiredAt: null }
    const committed = await ports.store.commit({
      site,
      at,
      origin: AT_START.origin,
      changes: [{ kind: 'add-openid-key', key }],
      events: [eventOf('key.created', AT_START, site, { kid: made.kid })],
    })
    if (committed === 'conflict') return 'conflict'
    return (await ports.store.openIdKeys(site, at)).map((each) => opened(ports, each))
  })
}

export interface RotateOpenIdKeys extends Act {
  readonly site: string
  /** The keys are lost or in other hands: they are published no more from this moment, and their tokens are worth nothing. */
  readonly compromised: boolean
}

export type RotateOpenIdKeysOutcome =
  | { readonly kind: 'rotated'; readonly kids: readonly string[]; readonly publishedUntil: Instant }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** The next token is signed by a new key. Those before it stay published for a while, unless they are compromised. */
export async function rotateOpenIdKeys(ports: Ports, order: RotateOpenIdKeys): Promise<RotateOpenIdKeysOutcome> {
  const outcome = await inRounds<RotateOpenIdKeysOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const site = file.site.id
    const at = ports.clock.now()
    const publishedUntil = order.compromised ? at : at + KEY_OVERLAP
    const stored = await ports.store.openIdKeys(site, at)
    const ending = stored.filter(({ retiredAt }) => retiredAt === null || retiredAt > publishedUntil)
    const kids = ending.map(({ kid }) => kid)
    const committed = await ports.store.commit({
      site,
      at,
      origin: order.origin,
      changes: kids.map((kid): Change => ({ kind: 'retire-openid-key', site, kid, at: publishedUntil })),
      events: [eventOf('key.rotated', order, site, { kids, compromised: order.compromised })],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'rotated', kids, publishedUntil }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

function eventOf(ev: AuditEvent['ev'], { actor }: Act, site: SiteId, data: AuditEvent['data']): AuditEvent {
  return { ev, actor, subject: { type: 'site', id: site, name: null }, application: null, data }
}

function sealed({ vault }: Ports, site: SiteId, key: NewKey): string {
  return vault.seal(new TextEncoder().encode(JSON.stringify(key)), keySeal(site, key.kid))
}

function opened({ vault }: Ports, { site, kid, sealedKey }: OpenIdKey): NewKey {
  return JSON.parse(new TextDecoder().decode(vault.open(sealedKey, keySeal(site, kid)))) as NewKey
}
