import { newToken, type SiteId } from '#domain/id.ts'
import { hours, type Instant, minutes } from '#domain/time.ts'
import type { Writes } from '#ports/changes.ts'
import type { KeptRequestChange } from '#ports/kept-requests.ts'
import type { Ports } from '#ports/ports.ts'

/** How long a repeat is known for one. */
export const REQUESTS_KEPT_FOR = hours(24)
/** Longer than this no request takes; whoever has not come back by then has crashed. */
const LONGEST_REQUEST = minutes(2)

export interface OnceOrder {
  readonly site: SiteId
  /** Who asks, and the key they gave the request: somebody else's key is another one. */
  readonly caller: string
  readonly key: string
  /** All that is asked for, as one text. */
  readonly request: string
}

export type OnceOutcome =
  | { readonly kind: 'answered'; readonly answer: string }
  /** It was done before, and this was answered then. */
  | { readonly kind: 'repeated'; readonly answer: string }
  /** The key was given to another request before. Nothing was done. */
  | { readonly kind: 'other-request' }
  /** The same request is being answered now. */
  | { readonly kind: 'under-way'; readonly retryAt: Instant }
  /** It was done before; what was answered is lost. */
  | { readonly kind: 'answer-lost' }

/** What came of the work: an answer to be kept, or a refusal, after which the same request may be sent again. */
export interface OnceWork {
  readonly answer: string
  readonly keep: boolean
}

/**
 * Does something once, however often it is asked for under one key within 24 hours and by whatever node. `work` is given ports of its own:
 * what it commits over them happens together with the mark that it was done, and only while the claim on the request is this one's.
 * So a node that was too slow, and one that died between doing and answering, do nothing twice.
 */
export async function doOnce(
  ports: Ports,
  order: OnceOrder,
  work: (ports: Ports) => Promise<OnceWork>,
): Promise<OnceOutcome> {
  const { store, vault, clock, random } = ports
  const { site } = order
  const keyDigest = vault.digest(`${order.caller} ${order.key}`)
  const fingerprint = vault.digest(order.request)
  const claim = newToken(random.bytes(16))
  const now = clock.now()
  const claimedUntil = now + LONGEST_REQUEST
  const goneBefore = now - REQUESTS_KEPT_FOR
  const kept = await store.claimRequest(site, keyDigest, { fingerprint, claim, claimedUntil, now, goneBefore })
  const boundTo = `answer:${site}:${keyDigest}`
  if (kept.claim !== claim) {
    if (kept.fingerprint !== fingerprint) return { kind: 'other-request' }
    if (kept.sealedAnswer !== null)
      return { kind: 'repeated', answer: Buffer.from(vault.open(kept.sealedAnswer, boundTo)).toString() }
    return kept.done && now >= kept.claimedUntil
      ? { kind: 'answer-lost' }
      : { kind: 'under-way', retryAt: Math.min(kept.claimedUntil, now + SOON) }
  }
  const release = (): Promise<void> => store.releaseRequest(site, keyDigest, claim)
  try {
    const { answer, keep } = await work(marking(ports, { kind: 'do-request', keyDigest, claim }))
    // An answer may hold what is shown once, such as a new API key.
    if (keep) await store.keepAnswer(site, keyDigest, claim, vault.seal(Buffer.from(answer), boundTo))
    else await release()
    return { kind: 'answered', answer }
  } catch (error) {
    // Whether it happened may be open; the row knows, and is let go only if it did not.
    await release()
    throw error
  }
}

/** After this long it is worth asking again. */
const SOON = 1_000

/** The same ports, over which nothing is committed without the mark. That somebody was refused is no part of what was asked for. */
function marking(ports: Ports, mark: KeptRequestChange): Ports {
  const { store } = ports
  const isDenial = ({ events }: Writes): boolean => events.every(({ ev }) => ev === 'authz.denied')
  return {
    ...ports,
    store: {
      ...store,
      commit: (writes) => store.commit(isDenial(writes) ? writes : { ...writes, changes: [...writes.changes, mark] }),
    },
  }
}
