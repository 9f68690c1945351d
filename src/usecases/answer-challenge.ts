import type { AuditEvent, Origin } from '#audit/event.ts'
import { normaliseCode } from '#authenticators/code-input.ts'
import { type AttemptTerms, clearFailures, countFailure, isLocked } from '#challenge/attempts.ts'
import { type Asked, type Challenge, firstProof, standing, stillProved } from '#challenge/challenge.ts'
import { offeredChannels } from '#challenge/offers.ts'
import { step } from '#challenge/step.ts'
import { acr, amr, type Evidence, secondFactor } from '#domain/evidence.ts'
import type { SiteId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import type { ContactPerson, Settings } from '#policy/settings.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { completeLogin } from './complete-login.ts'
import { confirmEnrolment } from './confirm-enrolment.ts'
import { noticeTo } from './new-code.ts'
import { offerTerms } from './pending-view.ts'
import { rememberHours } from './remember-hours.ts'
import { inRounds } from './rounds.ts'
import { type CodeVerdict, verifyCode } from './verify-code.ts'

export interface Answer {
  readonly site: SiteId
  readonly pendingToken: string
  /** As it was typed. */
  readonly code: unknown
  /** The person says that this browser is their own. */
  readonly remember: boolean
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
  | { readonly kind: 'proved'; readonly acr: string; readonly amr: readonly string[]; readonly challenge: Challenge }
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
 * not counted was never answered, and a right code opens exactly one session.
 */
export async function answerChallenge(ports: Ports, answer: Answer): Promise<AnswerOutcome> {
  const tokenDigest = ports.vault.digest(answer.pendingToken)
  const outcome = await inRounds<AnswerOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.challengeFile(answer.site, tokenDigest, now)
    if (!file) return { kind: 'gone' }
    const ended = await answerWhatIsOver(ports, file, answer.origin, now)
    if (ended) return ended
    const { state } = file.challenge
    if (state.kind === 'enrolling') return confirmEnrolment(ports, file, state, answer, now)
    if (state.kind !== 'asked') return { kind: 'gone' }
    const code = typedCode(file, state, answer.code)
    if (code === undefined) return { kind: 'malformed', digits: file.settings['code.digits'] }
    const verdict = verifyCode(ports, file, state, code, now)
    return verdict.kind === 'right'
      ? pass(ports, file, state, answer, verdict, now)
      : refuse(ports, file, answer, verdict, now)
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** What cannot be answered any more is said without looking at the code, and written down. */
async function answerWhatIsOver(
  ports: Ports,
  file: ChallengeFile,
  origin: Origin,
  now: Instant,
): Promise<AnswerOutcome | 'conflict' | null> {
  const { challenge } = file
  const note = async (ev: AuditEvent['ev'], outcome: AnswerOutcome): Promise<AnswerOutcome | 'conflict'> => {
    const events: NonEmpty<AuditEvent> = [
      ownEvent(file.user, file.challenge.application, ev, { challenge: challenge.id }),
    ]
    const committed = await ports.store.commit({ site: file.site.id, at: now, origin, changes: [], events })
    return committed === 'conflict' ? 'conflict' : outcome
  }
  if (!stillProved(challenge, file.user)) return { kind: 'gone' }
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

/** One right code: the proof is spent, the challenge passed and the session made in one commit, or none of it. */
async function pass(
  ports: Ports,
  file: ChallengeFile,
  state: Asked,
  answer: Answer,
  verdict: Extract<CodeVerdict, { kind: 'right' }>,
  now: Instant,
): Promise<AnswerOutcome | 'conflict'> {
  const { counters } = file
  const challenge = step(file.challenge, { kind: 'pass', evidence: verdict.evidence }, now)
  const cleared: Change[] =
    counters.consecutive > 0 || counters.inWindow > 0
      ? [{ kind: 'set-counters', counters: clearFailures(counters), from: counters.version }]
      : []
  const changes: Change[] = [
    ...verdict.spends,
    { kind: 'move-challenge', challenge, from: file.challenge.version },
    ...cleared,
  ]
  const evidence: Evidence[] = [firstProof(challenge, state), verdict.evidence]
  const method = secondFactor(evidence) ?? null
  const ok = ownEvent(file.user, file.challenge.application, 'auth.factor.ok', {
    challenge: challenge.id,
    method,
    amr: amr(evidence),
  })
  if (challenge.purpose === 'second_factor') {
    const committed = await ports.store.commit({
      site: file.site.id,
      at: now,
      origin: answer.origin,
      changes,
      events: [ok],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'proved', acr: acr(evidence), amr: amr(evidence), challenge }
  }
  const login = completeLogin(ports, {
    file,
    application: challenge.application,
    evidence,
    decision: challenge.decision,
    challenge: challenge.id,
    remember: answer.remember && rememberHours(file, challenge, now) > 0,
    now,
    origin: answer.origin,
  })
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [...changes, ...login.changes],
    events: [ok, ...login.events],
  })
  if (committed === 'conflict') return 'conflict'
  const { token, deviceToken, session } = login
  return { kind: 'signed-in', token, expiresAt: session.endsAt, deviceToken, challenge }
}

async function refuse(
  ports: Ports,
  file: ChallengeFile,
  answer: Answer,
  verdict: Exclude<CodeVerdict, { kind: 'right' }>,
  now: Instant,
): Promise<Refused | 'conflict'> {
  const { settings } = file
  const { counters, reached } = countFailure(file.counters, attemptTerms(settings), now)
  const maxAttempts = settings['code.max_attempts']
  const challenge = step(file.challenge, { kind: 'fail', maxAttempts }, now)
  const events: [AuditEvent, ...AuditEvent[]] = [
    ownEvent(
      file.user,
      file.challenge.application,
      verdict.kind === 'replayed' ? 'auth.challenge.replayed' : 'auth.challenge.fail',
      {
        challenge: challenge.id,
        reason: verdict.kind,
        failed_codes: counters.consecutive,
      },
    ),
  ]
  if (reached.includes('audit_threshold'))
    events.push(
      ownEvent(file.user, file.challenge.application, 'auth.challenge.failures', {
        failed_codes: counters.consecutive,
      }),
    )
  if (reached.includes('locked'))
    events.push(
      ownEvent(file.user, file.challenge.application, 'factor.locked', {
        until: new Date(counters.lockedUntil).toISOString(),
      }),
    )
  if (reached.includes('disabled'))
    events.push(ownEvent(file.user, file.challenge.application, 'factor.disabled', { reason: 'nist_cap' }))
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [
      { kind: 'set-counters', counters, from: file.counters.version },
      { kind: 'move-challenge', challenge, from: file.challenge.version },
      ...(reached.includes('locked') || reached.includes('disabled')
        ? noticeTo(ports, file, 'factor_locked', now)
        : []),
    ],
    events,
  })
  if (committed === 'conflict') return 'conflict'
  const state = challenge.state
  return {
    kind: 'refused',
    reason: verdict.kind === 'expired' ? 'expired' : 'invalid',
    failedCodes: counters.consecutive,
    attemptsLeft: state.kind === 'asked' ? maxAttempts - state.failed : 0,
    contacts: counters.consecutive >= settings['contact.show_after'] ? settings['contact.persons'] : [],
    channelsOffered: state.kind === 'asked' ? offeredChannels(state, offerTerms(settings)) : [],
  }
}

function attemptTerms(settings: Settings): AttemptTerms {
  return {
    auditAt: settings['audit.failed_codes_at'],
    lockAfter: settings['lock.after'],
    lockWindowSeconds: settings['lock.window_seconds'],
    lockSeconds: settings['lock.seconds'],
  }
}

/** The digits that were typed, if their number fits anything this challenge can be answered with. */
function typedCode(file: ChallengeFile, state: Asked, typed: unknown): string | undefined {
  const lengths = new Set<number>(state.sent ? [file.settings['code.digits']] : [])
  if (state.methods.includes('app')) for (const app of file.apps) lengths.add(app.parameters.digits)
  if (lengths.size === 0) lengths.add(file.settings['code.digits'])
  for (const digits of lengths) {
    const code = normaliseCode(typed, digits)
    if (code !== undefined) return code
  }
  return undefined
}
