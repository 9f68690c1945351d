import type { EventName, Origin } from '#audit/event.ts'
import { isLocked } from '#challenge/attempts.ts'
import { type Challenge, standing, stillProved } from '#challenge/challenge.ts'
import type { SiteId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import type { ContactPerson } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { type ClockTrouble, strayCode } from './clock-trouble.ts'
import { confirmEnrolment } from './confirm-enrolment.ts'
import { inTurn } from './in-turn.ts'
import { judgeCode } from './judge-code.ts'
import { passChallenge } from './pass-challenge.ts'
import { refuseCode } from './refuse-code.ts'
import { isOpen } from './renew-session.ts'
import { inRounds } from './rounds.ts'
import { judgePasskey } from './verify-passkey.ts'

export interface Answer {
  readonly site: SiteId
  readonly pendingToken: string
  /** As it was typed. */
  readonly code: unknown
  /** The answer of a passkey, as a browser gives it, in place of a code. */
  readonly passkey?: unknown
  /** The person says that this browser is their own. */
  readonly remember: boolean
  /** Typed on a page of ours: only there can a new password be waiting for it, and a cookie be replaced. */
  readonly onPage?: boolean
  readonly origin: Origin
}

/** What a refused code is told. Wrong, used and foreign codes are told apart in the audit log only. */
export interface Refused {
  readonly kind: 'refused'
  readonly reason: 'invalid' | 'expired'
  readonly failedCodes: number
  /** 0: this sign-in is over, the next one starts with the password. */
  readonly attemptsLeft: number
  readonly contacts: readonly ContactPerson[]
  /** What to read out to them, so that they find this very sign-in; null before it is time to turn to them. */
  readonly reference: string | null
  /** The phone's clock is off; null: nothing says so. */
  readonly clock: ClockTrouble | null
  readonly channelsOffered: readonly Channel[]
}

export type AnswerOutcome =
  | {
      readonly kind: 'signed-in'
      readonly token: string
      readonly expiresAt: Instant
      readonly deviceToken: string | null
      readonly challenge: Challenge
    }
  /** A second factor for another application; it opens no session here. */
  | {
      readonly kind: 'proved'
      readonly acr: string
      readonly amr: readonly string[]
      readonly deviceToken: string | null
      readonly challenge: Challenge
    }
  /** A forgotten password is replaced. It signs nobody in. */
  | { readonly kind: 'password-set' }
  | Refused
  /** Not digits of the right number: nothing was counted. */
  | { readonly kind: 'malformed'; readonly digits: number }
  | { readonly kind: 'code-locked'; readonly retryAt: Instant }
  /** Too many failed codes in this sign-in. */
  | { readonly kind: 'exhausted' }
  /** No such pending login, or not any more. */
  | { readonly kind: 'gone' }
  /** The enrolment ran out, or was ended after too many wrong codes; a new QR code has to be asked for. */
  | { readonly kind: 'enrolment-over' }
  | { readonly kind: 'busy' }

/**
 * Somebody answers a challenge. The verdict is told only after the commit that counted it or spent it has held: a guess that was
 * not counted was never answered, and a right code opens exactly one session. Answers of one user are taken in the order they came:
 * if a right one could overtake the wrong ones sent with it, fifty guesses at once would count as none.
 */
export async function answerChallenge(ports: Ports, answer: Answer): Promise<AnswerOutcome> {
  const tokenDigest = ports.vault.digest(answer.pendingToken)
  const read = async () => {
    const now = ports.clock.now()
    return { now, file: await ports.store.challengeFile(answer.site, tokenDigest, now) }
  }
  const first = await read()
  if (!first.file) return { kind: 'gone' }
  const outcome = await inTurn(ports.store, first.file.user.id, (waited) => {
    let known = waited ? null : first
    return inRounds<AnswerOutcome>(async () => {
      const { file, now } = known ?? (await read())
      known = null
      return file ? judge(ports, file, answer, now) : { kind: 'gone' }
    })
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function judge(
  ports: Ports,
  file: ChallengeFile,
  answer: Answer,
  now: Instant,
): Promise<AnswerOutcome | 'conflict'> {
  if (file.challenge.purpose === 'password_reset' && answer.onPage !== true) return { kind: 'gone' }
  const ended = await answerWhatIsOver(ports, file, answer.origin, now)
  if (ended) return ended
  const { state } = file.challenge
  if (state.kind === 'enrolling') return confirmEnrolment(ports, file, answer, now)
  if (state.kind !== 'asked') return { kind: 'gone' }
  const verdict =
    answer.passkey === undefined
      ? await judgeCode(ports, file, state, answer.code, now)
      : await judgePasskey(ports, file, state, answer.passkey, now)
  if (verdict === 'busy') return { kind: 'busy' }
  if (verdict === 'malformed') return { kind: 'malformed', digits: file.settings['code.digits'] }
  return verdict.kind === 'right'
    ? passChallenge(ports, file, answer, verdict, now)
    : refuseCode(ports, file, answer, verdict, strayCode(ports, file, state, answer.code, now), now)
}

/** What cannot be answered any more is said without looking at the code, and written down. */
async function answerWhatIsOver(
  ports: Ports,
  file: ChallengeFile,
  origin: Origin,
  now: Instant,
): Promise<AnswerOutcome | 'conflict' | null> {
  const { challenge } = file
  const note = async (ev: EventName, outcome: AnswerOutcome): Promise<AnswerOutcome | 'conflict'> => {
    const event = ownEvent(file.user, challenge.application, ev, { challenge: challenge.id })
    const committed = await ports.store.commit({ site: file.site.id, at: now, origin, changes: [], events: [event] })
    return committed === 'conflict' ? 'conflict' : outcome
  }
  if (!stillProved(challenge, file.user)) return { kind: 'gone' }
  if (challenge.purpose === 'step_up' && !(file.session && isOpen(file, file.session, now))) return { kind: 'gone' }
  switch (standing(challenge, now)) {
    case 'expired':
      return { kind: 'gone' }
    case 'passed':
      return note('auth.challenge.replayed', { kind: 'gone' })
    case 'closed':
      return challenge.state.kind === 'closed' && challenge.state.why === 'exhausted'
        ? note('auth.challenge.exhausted', { kind: 'exhausted' })
        : { kind: 'gone' }
    case 'live': {
      if (!isLocked(file.counters, now)) return null
      const retryAt = file.counters.disabled ? Number.POSITIVE_INFINITY : file.counters.lockedUntil
      return note('auth.challenge.locked', { kind: 'code-locked', retryAt })
    }
  }
}
