import { ANONYMOUS, type AuditEvent, type Origin } from '#audit/event.ts'
import { blockedUntil, type Bucket, countWrongPassword } from '#challenge/password-throttle.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import { sourceOf } from '#policy/network.ts'
import type { Ports } from '#ports/ports.ts'
import { type ApiKeyAccess, checkApiKey } from './api-keys.ts'
import { inRounds } from './rounds.ts'

export type ShowApiKeyOutcome =
  | ApiKeyAccess
  /** Too many wrong keys came from there: none is counted or told before `retryAt`. */
  | { readonly kind: 'throttled'; readonly retryAt: Instant }
  /** It could not be counted, and so it is not answered. */
  | { readonly kind: 'busy' }

/**
 * Somebody shows an API key, at whatever door. A wrong one is counted for the network it came from, as a wrong password is, and in a bucket
 * of its own. A right one opens even then: 256 bits are not guessed at any speed, and who shares an address with a guesser must not
 * stand still for it. What is bounded is what wrong keys cost.
 */
export async function showApiKey(
  ports: Ports,
  { site, text, origin }: { readonly site: SiteId; readonly text: string; readonly origin: Origin },
): Promise<ShowApiKeyOutcome> {
  const access = await checkApiKey(ports, { site, text })
  if (access.kind === 'granted') return access
  const bucket: Bucket = { key: `key ${sourceOf(origin.address)}`, kind: 'source' }
  return inRounds<ShowApiKeyOutcome>(async () => {
    const now = ports.clock.now()
    const query = { username: '', deviceDigest: null, buckets: [bucket.key], now }
    const before = (await ports.store.signInFile(site, query)).throttles.find(({ bucket: key }) => key === bucket.key)
    const retryAt = blockedUntil(before, bucket)
    if (now < retryAt) return { kind: 'throttled', retryAt }
    const throttle = countWrongPassword(bucket, before, now)
    const event: AuditEvent = { ev: 'apikey.refused', actor: ANONYMOUS, subject: null, application: null, data: {} }
    const committed = await ports.store.commit({
      site,
      at: now,
      origin,
      changes: [{ kind: 'count-password', site, throttle, from: before?.failures ?? null }],
      events: [event],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'refused' }
  }).then((outcome) => (outcome === 'busy' ? { kind: 'busy' } : outcome))
}
