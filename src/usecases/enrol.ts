import type { Origin } from '#audit/event.ts'
import { base32 } from '#authenticators/base32.ts'
import { otpauthUri } from '#authenticators/otpauth-uri.ts'
import { standing, stillProved } from '#challenge/challenge.ts'
import type { DeliveryId, SiteId } from '#domain/id.ts'
import { type Instant, seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { reachableChannels } from './facts.ts'
import { boundMeanwhile, enrolmentEnd, liveEnrolment, newEnrolment } from './new-enrolment.ts'
import { inRounds } from './rounds.ts'
import { messageLimit } from './send-limit.ts'
import { sendNow } from './send-now.ts'

export interface Enrol {
  readonly site: SiteId
  readonly pendingToken: string
  /** The token of the emailed link, where the enrolment goes by mail. */
  readonly link?: string | undefined
  readonly origin: Origin
}

/** The secret to bind, for the eyes of who has proved the password; it can be seen until it is confirmed, then never again. */
export interface ShownSecret {
  readonly kind: 'shown'
  readonly otpauthUri: string
  readonly secret: string
  readonly account: string
  readonly expiresAt: Instant
}

export type ShowEnrolmentOutcome =
  | ShownSecret
  /** The link in the email is needed as well: the password alone does not bind an authenticator here. */
  | { readonly kind: 'link-required' }
  /** Out of time, or replaced by a newer one. */
  | { readonly kind: 'over' }
  | { readonly kind: 'gone' }

/** Shows the QR code's content. Nothing changes: mail scanners and reloads do no harm. */
export async function showEnrolment(ports: Ports, input: Enrol): Promise<ShowEnrolmentOutcome> {
  const now = ports.clock.now()
  const file = await ports.store.challengeFile(input.site, ports.vault.digest(input.pendingToken), now)
  if (!file || !enrolling(file, now)) return { kind: 'gone' }
  return show(ports, file, input, now)
}

/**
 * Shows the secret, making a new one where the one before ran out and the screen is a place to enrol; a new secret in place of an
 * emailed link goes by mail again, through `sendEnrolmentLink`.
 */
export async function startEnrolment(
  ports: Ports,
  input: Enrol,
): Promise<ShowEnrolmentOutcome | { readonly kind: 'busy' }> {
  const outcome = await inRounds<ShowEnrolmentOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.challengeFile(input.site, ports.vault.digest(input.pendingToken), now)
    if (!file || !enrolling(file, now)) return { kind: 'gone' }
    const shown = show(ports, file, input, now)
    const onScreen = file.challenge.state.kind === 'enrolling' && file.challenge.state.channel !== 'email_link'
    if (shown.kind !== 'over' || !onScreen) return shown
    const made = newEnrolment(ports, file, { challenge: file.challenge.id, mailTo: null, now })
    const committed = await ports.store.commit({
      site: file.site.id,
      at: now,
      origin: input.origin,
      changes: made.changes,
      events: [
        ownEvent(file.user, file.challenge.application, 'factor.enrol.started', {
          challenge: file.challenge.id,
          renewed: true,
        }),
      ],
    })
    return committed === 'conflict' ? 'conflict' : show(ports, { ...file, enrolment: made.enrolment }, input, now)
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

export type SendLinkOutcome =
  | { readonly kind: 'sent'; readonly delivery: DeliveryId }
  | { readonly kind: 'cooldown'; readonly retryAt: Instant }
  | { readonly kind: 'send-limit'; readonly retryAt: Instant | null }
  /** This enrolment does not go by mail, or no mail reaches the user. */
  | { readonly kind: 'no-mail' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'busy' }

/** A new link with a new secret behind it; the link before leads nowhere from now on. */
export async function sendEnrolmentLink(ports: Ports, input: Omit<Enrol, 'link'>): Promise<SendLinkOutcome> {
  const outcome = await inRounds<SendLinkOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.challengeFile(input.site, ports.vault.digest(input.pendingToken), now)
    if (!file || !enrolling(file, now)) return { kind: 'gone' }
    const { challenge, user, settings } = file
    const mailTo = user.email
    const byMail = challenge.state.kind === 'enrolling' && challenge.state.channel !== 'screen'
    if (!byMail || mailTo === null || !reachableChannels(file).includes('email')) return { kind: 'no-mail' }
    const last = file.deliveries[0]?.createdAt
    const retryAt = last === undefined ? 0 : last + seconds(settings['delivery.resend_cooldown_seconds'])
    if (now < retryAt) return { kind: 'cooldown', retryAt }
    if (file.deliveries.length >= settings['delivery.max_sends_per_login']) return { kind: 'send-limit', retryAt: null }
    const limit = messageLimit(file, 'email', now)
    if (limit) return { kind: 'send-limit', retryAt: limit.until }
    const { changes, delivery } = newEnrolment(ports, file, { challenge: challenge.id, mailTo, now })
    if (!delivery) throw new Error('an enrolment with an address has a delivery')
    const committed = await ports.store.commit({
      site: file.site.id,
      at: now,
      origin: input.origin,
      changes,
      events: [
        ownEvent(user, challenge.application, 'factor.enrol.started', { challenge: challenge.id, renewed: true }),
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'sent', delivery: delivery.id }
  })
  if (outcome !== 'busy' && outcome.kind === 'sent') await sendNow(ports, outcome.delivery)
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** Whether an emailed link still leads to an enrolment: what its page can say to who has proved nothing yet. */
export async function linkStanding(ports: Ports, query: { site: SiteId; link: string }): Promise<'live' | 'over'> {
  const now = ports.clock.now()
  const file = await ports.store.enrolmentFile(query.site, ports.vault.digest(query.link), now)
  return file && liveEnrolment(file, now) ? 'live' : 'over'
}

function enrolling(file: ChallengeFile, now: Instant): boolean {
  const { challenge, user } = file
  if (!stillProved(challenge, user) || boundMeanwhile(file)) return false
  return challenge.state.kind === 'enrolling' && standing(challenge, now) === 'live'
}

function show(ports: Ports, file: ChallengeFile, input: Enrol, now: Instant): ShowEnrolmentOutcome {
  const { user, site, settings, challenge } = file
  const byLinkOnly = challenge.state.kind === 'enrolling' && challenge.state.channel === 'email_link'
  const enrolment = liveEnrolment(file, now)
  const linkDigest = input.link === undefined ? null : ports.vault.digest(input.link)
  if (linkDigest !== null && linkDigest !== enrolment?.linkDigest) return { kind: 'over' }
  if (byLinkOnly && linkDigest === null) return { kind: 'link-required' }
  // Another pending login of this user has a secret of its own by now.
  if (enrolment?.challenge !== challenge.id) return { kind: 'over' }
  const secret = ports.vault.open(enrolment.sealedSecret, enrolment.id)
  const issuer = settings['otp.issuer'] || site.title
  const account = user.email ?? user.username
  return {
    kind: 'shown',
    otpauthUri: otpauthUri({ secret, issuer, account, parameters: enrolment.parameters }),
    secret: base32(secret),
    account,
    expiresAt: enrolmentEnd(file, enrolment),
  }
}
