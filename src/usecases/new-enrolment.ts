import { type Enrolment, NEW_TOTP } from '#domain/authenticator.ts'
import type { Delivery } from '#domain/delivery.ts'
import type { ChallengeId } from '#domain/id.ts'
import { newId, newToken } from '#domain/id.ts'
import { type Duration, type Instant, seconds } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile, PersonFile } from '#ports/store.ts'
import { addWithinCaps } from './within-caps.ts'

/** 160 bits, as RFC 4226 section 4 (R6) recommends. */
const SECRET_BYTES = 20

/** Until when the QR code and the link of an enrolment can be used: the end it was made with, or the one of today's setting if that is sooner. */
export function enrolmentEnd(file: Pick<PersonFile, 'settings'>, enrolment: Enrolment): Instant {
  return Math.min(enrolment.expiresAt, enrolment.createdAt + lifeOf(file))
}

function lifeOf({ settings }: Pick<PersonFile, 'settings'>): Duration {
  return seconds(settings['enrolment.qr_ttl_seconds'])
}

export function liveEnrolment(file: PersonFile, now: Instant): Enrolment | null {
  return file.enrolment && now < enrolmentEnd(file, file.enrolment) ? file.enrolment : null
}

/**
 * Whether a sign-in that waits for an enrolment comes too late: its user has an app by now, or has got something else since, and one
 * more is not bound on the password alone. Inside a session that was proved a moment ago it is.
 */
export function boundMeanwhile({ challenge, apps, passkeys }: Omit<ChallengeFile, 'issuedCode'>): boolean {
  if (challenge.state.kind !== 'enrolling' || challenge.purpose === 'step_up') return false
  const since = passkeys.some(({ createdAt }) => createdAt > challenge.openedAt)
  return apps.length > 0 || since
}

export interface NewEnrolment {
  readonly enrolment: Enrolment
  readonly changes: readonly Change[]
  /** The mail with the link; it has no secret in it. */
  readonly delivery: Delivery | null
}

/**
 * A new secret to bind, for one pending login, in place of the one before. `mailTo`: the address its link goes to; null: no mail goes.
 * `link`: an emailed link that was opened in another browser; it goes on leading here, for as long as it would have.
 */
export function newEnrolment(
  { random, vault }: Pick<Ports, 'random' | 'vault'>,
  file: PersonFile,
  order: {
    readonly challenge: ChallengeId
    readonly mailTo: string | null
    readonly now: Instant
    readonly link?: Pick<Enrolment, 'linkDigest' | 'createdAt' | 'expiresAt'>
  },
): NewEnrolment {
  const { user, site } = file
  const id = newId('enr', random.bytes(16))
  const link = order.mailTo === null ? null : newToken(random.bytes(32))
  const enrolment: Enrolment = {
    id,
    site: site.id,
    user: user.id,
    challenge: order.challenge,
    sealedSecret: vault.seal(random.bytes(SECRET_BYTES), id),
    parameters: NEW_TOTP,
    linkDigest: link === null ? (order.link?.linkDigest ?? null) : vault.digest(link),
    wrongCodes: 0,
    createdAt: order.link?.createdAt ?? order.now,
    expiresAt: order.link?.expiresAt ?? order.now + lifeOf(file),
    version: 1,
  }
  const before = file.enrolment
  const ending: Change[] = before ? [{ kind: 'end-enrolment', enrolment: before.id, from: before.version }] : []
  const deliveryId = newId('dlv', random.bytes(16))
  const delivery: Delivery | null =
    order.mailTo === null || link === null
      ? null
      : {
          id: deliveryId,
          site: site.id,
          user: user.id,
          challenge: order.challenge,
          channel: 'email',
          recipient: order.mailTo,
          content: { kind: 'enrolment_link', enrolment: id, sealedToken: vault.seal(Buffer.from(link), deliveryId) },
          state: { kind: 'queued' },
          createdAt: order.now,
          expiresAt: enrolmentEnd(file, enrolment),
          claimedUntil: order.now + seconds(60),
          version: 1,
        }
  return {
    enrolment,
    delivery,
    changes: [...ending, { kind: 'add-enrolment', enrolment }, ...(delivery ? addWithinCaps(file, delivery) : [])],
  }
}
