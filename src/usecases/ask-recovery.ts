import type { Origin } from '#audit/event.ts'
import { standing, stillProved } from '#challenge/challenge.ts'
import type { Delivery } from '#domain/delivery.ts'
import { newId, newToken, type SiteId } from '#domain/id.ts'
import { isOpenRequest, RECOVERY_REQUEST_LIFE, type RecoveryRequest } from '#domain/recovery-request.ts'
import { hours, type Instant, minutes, rfc3339 } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { addressOf, reachableChannels } from './facts.ts'
import { heldBy } from './held.ts'
import { noticeOver } from './new-code.ts'
import { inRounds } from './rounds.ts'

/** A user asks once in this time, whatever became of the request before. */
export const RECOVERY_COOLDOWN = minutes(60)
/** Characters of the note, on one line. */
export const LONGEST_NOTE = 200

export interface AskRecovery {
  readonly site: SiteId
  readonly pendingToken: string
  /** What happened, in the person's words. */
  readonly note: string
  readonly origin: Origin
}

export type AskRecoveryOutcome =
  | { readonly kind: 'asked'; readonly request: RecoveryRequest }
  /** There is one that is open, or was one a moment ago. */
  | { readonly kind: 'asked-before'; readonly request: RecoveryRequest }
  | { readonly kind: 'malformed' }
  /** They hold nothing that could be lost: what they need is another address, and that is for an administrator. */
  | { readonly kind: 'nothing-held' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'busy' }

/**
 * Somebody who has shown the right password says that everything else is lost. It opens nothing: the request is written down, waits for
 * `recovery.wait_hours` and for a helper, and the user is told at every address there is, by email with a link that takes it back.
 */
export async function askRecovery(ports: Ports, order: AskRecovery): Promise<AskRecoveryOutcome> {
  const note = order.note.trim()
  if (note.length > LONGEST_NOTE || /\p{Cc}/u.test(note)) return { kind: 'malformed' }
  const outcome = await inRounds<AskRecoveryOutcome>(async () => {
    const now = ports.clock.now()
    const file = await lostFile(ports, order, now)
    if (!file) return { kind: 'gone' }
    const { user, site, settings } = file
    if (heldBy(file).length === 0) return { kind: 'nothing-held' }
    const before = await ports.store.recoveryRequest(site.id, user.id)
    const early = before !== null && now < before.requestedAt + RECOVERY_COOLDOWN
    if (before && (early || isOpenRequest(before, user, now))) return { kind: 'asked-before', request: before }
    const token = newToken(ports.random.bytes(32))
    const request: RecoveryRequest = {
      site: site.id,
      user: user.id,
      userEpoch: user.sessionEpoch,
      requestedAt: now,
      waitsUntil: now + hours(settings['recovery.wait_hours']),
      expiresAt: now + RECOVERY_REQUEST_LIFE + hours(settings['recovery.wait_hours']),
      note,
      cancelDigest: ports.vault.digest(token),
      state: 'asked',
      decidedBy: null,
      code: null,
      version: (before?.version ?? 0) + 1,
    }
    const write: Change = before
      ? { kind: 'change-recovery-request', request, from: before.version }
      : { kind: 'add-recovery-request', request }
    const told = [
      ...linkToCancel(ports, file, { token, request }),
      ...noticeOver(ports, file, 'sms', { kind: 'notice', notice: 'recovery_requested' }, now),
    ]
    // The note stays out of the log, which forgets nothing: people write down whatever they like.
    const said = { challenge: file.challenge.id, waits_until: rfc3339(request.waitsUntil), told: told.length }
    const committed = await ports.store.commit({
      site: site.id,
      at: now,
      origin: order.origin,
      changes: [write, ...told],
      events: [ownEvent(user, file.challenge.application, 'recovery.requested', said)],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'asked', request }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** The request of whoever holds this sign-in, as their page shows it; `request: null`: there is none that is open. */
export async function ownRecovery(
  ports: Ports,
  order: Pick<AskRecovery, 'site' | 'pendingToken'>,
): Promise<{ readonly file: ChallengeFile; readonly request: RecoveryRequest | null; readonly now: Instant } | null> {
  const now = ports.clock.now()
  const file = await lostFile(ports, order, now)
  if (!file) return null
  const found = await ports.store.recoveryRequest(order.site, file.user.id)
  return { file, request: found && isOpenRequest(found, file.user, now) ? found : null, now }
}

/** A living sign-in that waits for a second factor; null: there is none. */
export async function lostFile(
  ports: Ports,
  { site, pendingToken }: Pick<AskRecovery, 'site' | 'pendingToken'>,
  now: Instant,
): Promise<ChallengeFile | null> {
  const file = await ports.store.challengeFile(site, ports.vault.digest(pendingToken), now)
  if (!file || !stillProved(file.challenge, file.user) || standing(file.challenge, now) !== 'live') return null
  return file.challenge.purpose === 'login' && file.challenge.state.kind === 'asked' ? file : null
}

function linkToCancel(
  { random, vault }: Pick<Ports, 'random' | 'vault'>,
  file: ChallengeFile,
  { token, request }: { readonly token: string; readonly request: RecoveryRequest },
): readonly Change[] {
  const recipient = addressOf(file, 'email')
  if (recipient === null || !reachableChannels(file).includes('email')) return []
  const id = newId('dlv', random.bytes(16))
  const delivery: Delivery = {
    id,
    site: request.site,
    user: request.user,
    // Of no challenge: the page of the sign-in speaks of its own messages alone.
    challenge: null,
    channel: 'email',
    recipient,
    content: { kind: 'cancel_link', sealedToken: vault.seal(Buffer.from(token), id) },
    state: { kind: 'queued' },
    createdAt: request.requestedAt,
    expiresAt: request.expiresAt,
    claimedUntil: request.requestedAt,
    version: 1,
  }
  return [{ kind: 'add-delivery', delivery }]
}
