import type { AuditEvent } from '#audit/event.ts'
import { normaliseCode } from '#authenticators/code-input.ts'
import { verifyTotp } from '#authenticators/totp.ts'
import { clearFailures } from '#challenge/attempts.ts'
import { step } from '#challenge/step.ts'
import type { AppAuthenticator, Enrolment } from '#domain/authenticator.ts'
import type { Evidence } from '#domain/evidence.ts'
import { newId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import type { Answer, AnswerOutcome } from './answer-challenge.ts'
import { commitProved, type ProvedFactor } from './commit-proved.ts'
import { completeLogin } from './complete-login.ts'
import { failedCode } from './failed-code.ts'
import { noticeTo } from './new-code.ts'
import { boundMeanwhile, liveEnrolment } from './new-enrolment.ts'
import { endOthers } from './own-account.ts'
import { rememberHours } from './remember-hours.ts'
import { renewSession } from './renew-session.ts'
import { roomForDevice } from './room-for-device.ts'

/** After so many wrong codes the secret is thrown away and a new one has to be shown. */
const WRONG_CODES_UNTIL_ABORTED = 5

/**
 * The first right code binds the authenticator, passes the challenge and signs in. That code is spent by it: `last_step` of the new
 * authenticator is its step (RFC 6238 5.2). Wrong codes count for the user like all others: where the secret goes by mail, who
 * types them need not have seen it.
 */
export async function confirmEnrolment(
  ports: Ports,
  file: ChallengeFile,
  answer: Answer,
  now: Instant,
): Promise<AnswerOutcome | 'conflict'> {
  if (boundMeanwhile(file)) return { kind: 'gone' }
  const enrolment = liveEnrolment(file, now)
  if (!enrolment) return { kind: 'enrolment-over' }
  // Another sign-in of this user has shown a secret of its own since. By a mailed link that may be the person's own other browser, and the
  // page that waits here has told them to type the code here. Seen on a screen alone it was somebody else's.
  const elsewhere = enrolment.challenge !== file.challenge.id
  if (elsewhere && enrolment.linkDigest === null) return { kind: 'enrolment-over' }
  const { parameters } = enrolment
  const code = normaliseCode(answer.code, parameters.digits)
  if (code === undefined) return { kind: 'malformed', digits: parameters.digits }
  const secret = ports.vault.open(enrolment.sealedSecret, enrolment.id)
  const skewSteps = file.settings['totp.skew_steps']
  const said = verifyTotp({ secret, code, at: now, lastStep: undefined, skewSteps, parameters })
  if (said.kind !== 'accepted') return countWrong(ports, file, { enrolment, elsewhere }, answer, now)

  const challenge = step(file.challenge, { kind: 'pass', evidence: { kind: 'app', at: now } }, now)
  const id = newId('aut', ports.random.bytes(16))
  const authenticator: AppAuthenticator = {
    kind: 'app',
    id,
    site: file.site.id,
    user: file.user.id,
    label: 'Authenticator app',
    sealedSecret: ports.vault.seal(secret, id),
    parameters,
    lastStep: said.step,
    createdAt: now,
    lastUsedAt: now,
  }
  const evidence: Evidence[] = [challenge.firstProof, { kind: 'app', at: now }]
  const { user, counters } = file
  const changes: Change[] = [
    { kind: 'end-enrolment', enrolment: enrolment.id, from: enrolment.version },
    { kind: 'add-authenticator', authenticator },
    { kind: 'change-user', user: { ...user, hadAuthenticator: true, version: user.version + 1 }, from: user.version },
    { kind: 'move-challenge', challenge, from: file.challenge.version },
    ...(counters.consecutive > 0
      ? [{ kind: 'set-counters', counters: clearFailures(counters), from: counters.version } as const]
      : []),
    ...noticeTo(ports, file, 'authenticator_added', now),
  ]
  const events: [AuditEvent, ...AuditEvent[]] = [
    ownEvent(user, file.challenge.application, 'factor.enrolled', { authenticator: id, method: 'app' }),
    ownEvent(user, file.challenge.application, 'auth.factor.ok', { challenge: challenge.id, method: 'app' }),
  ]
  if (challenge.purpose === 'step_up') return confirmInSession(ports, file, { answer, challenge, changes, events, now })
  if (challenge.purpose === 'second_factor')
    return commitProved(ports, file, { answer, challenge, evidence, changes, events, now })
  const { application } = challenge
  const remember = answer.remember && rememberHours(file, challenge, now) > 0
  const room = await roomForDevice(ports, file, { wanted: remember, application, now })
  const login = completeLogin(ports, {
    file,
    application,
    evidence,
    decision: challenge.decision,
    challenge: challenge.id,
    remember,
    onPage: answer.onPage,
    now,
    origin: answer.origin,
  })
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [...changes, ...room.changes, ...login.changes],
    events: [...events, ...room.events, ...login.events],
  })
  if (committed === 'conflict') return 'conflict'
  const { token, deviceToken, session } = login
  return { kind: 'signed-in', token, expiresAt: session.endsAt, deviceToken, challenge }
}

/** Inside a session: it goes on under another token, and every other one of this user ends. */
async function confirmInSession(
  ports: Ports,
  file: ChallengeFile,
  { answer, challenge, changes, events, now }: Omit<ProvedFactor, 'evidence'>,
): Promise<AnswerOutcome | 'conflict'> {
  const { session } = file
  if (!session) return { kind: 'gone' }
  const renewed = renewSession(ports, file, session, { kind: 'app', at: now }, now)
  const others = endOthers({ ...file, session })
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [...changes, renewed.change, ...others.changes],
    events: [...events, ...others.events],
  })
  if (committed === 'conflict') return 'conflict'
  return { kind: 'signed-in', token: renewed.token, expiresAt: renewed.expiresAt, deviceToken: null, challenge }
}

/** What is typed elsewhere counts for the user and not against the secret: a few such guesses would take it away from who is right. */
async function countWrong(
  ports: Ports,
  file: ChallengeFile,
  { enrolment, elsewhere }: { readonly enrolment: Enrolment; readonly elsewhere: boolean },
  answer: Answer,
  now: Instant,
): Promise<AnswerOutcome | 'conflict'> {
  const { settings } = file
  const wrongCodes = enrolment.wrongCodes + (elsewhere ? 0 : 1)
  const over = wrongCodes >= WRONG_CODES_UNTIL_ABORTED
  const change: Change = over
    ? { kind: 'end-enrolment', enrolment: enrolment.id, from: enrolment.version }
    : {
        kind: 'move-enrolment',
        enrolment: { ...enrolment, wrongCodes, version: enrolment.version + 1 },
        from: enrolment.version,
      }
  const failed = await failedCode(ports, file, { ev: 'auth.challenge.fail', reason: 'enrolment' }, now)
  const aborted = ownEvent(file.user, file.challenge.application, 'factor.enrol.aborted', { reason: 'wrong_codes' })
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [...failed.changes, ...(elsewhere ? [] : [change])],
    events: over ? [...failed.events, aborted] : failed.events,
  })
  if (committed === 'conflict') return 'conflict'
  if (over || elsewhere) return { kind: 'enrolment-over' }
  return {
    kind: 'refused',
    reason: 'invalid',
    failedCodes: failed.failedCodes,
    attemptsLeft: WRONG_CODES_UNTIL_ABORTED - wrongCodes,
    contacts: failed.failedCodes >= settings['contact.show_after'] ? settings['contact.persons'] : [],
    reference: failed.reference,
    clock: null,
    channelsOffered: [],
  }
}
