/** One check taken out of the source: this text, which is there once, becomes that one; the tests that must notice. */
export interface Mutant {
  readonly what: string
  readonly file: string
  readonly from: string
  readonly to: string
  readonly tests: readonly string[]
}

const mutant = (what: string, file: string, from: string, to: string, ...tests: string[]): Mutant => ({
  what,
  file,
  from,
  to,
  tests,
})

const RULES = 'src/policy/rules.ts'
const ATTEMPTS = 'src/challenge/attempts.ts'
const STEP = 'src/challenge/step.ts'
const CHALLENGE = 'src/challenge/challenge.ts'
const THROTTLE = 'src/challenge/password-throttle.ts'
const TOTP = 'src/authenticators/totp.ts'
const HOTP = 'src/authenticators/hotp.ts'
const ANSWER = 'src/usecases/answer-challenge.ts'
const ACCESS = 'src/usecases/check-access.ts'
const SIGN_IN = 'src/usecases/sign-in.ts'
const ENROL = 'src/usecases/enrol.ts'

/** Forty checks. What each of them keeps out is told by the test that dies with it. */
export const MUTANTS: readonly Mutant[] = [
  // The policy
  mutant(
    'an exemption never ends',
    RULES,
    'facts.now >= granted.expiresAt) return',
    'facts.now < 0) return',
    'policy/decide',
  ),
  mutant(
    'a role cannot forbid exemptions',
    RULES,
    "if (!flaggingRoles(facts).every((role) => role.bypassAllowed)) return 'bypass_forbidden_by_role'",
    '',
    'policy/decide',
  ),
  mutant(
    'a remembered browser is remembered for ever',
    RULES,
    "if (now >= until) return 'passed_too_long_ago'",
    '',
    'policy/decide',
  ),
  mutant('an interval of 0 hours remembers', RULES, "if (count === 0) return 'every_sign_in'", '', 'policy/decide'),
  mutant(
    'a browser is remembered by a method that is not allowed any more',
    RULES,
    "if (!allowedMethods(facts).includes(earlier.method)) return 'remembered_method_not_allowed'",
    '',
    'policy/decide',
  ),
  mutant(
    'administrators are let in where no channel is set up',
    RULES,
    "if (isAdministrator(facts.user)) return 'administrators_never_fail_open'",
    '',
    'policy/decide',
  ),
  mutant(
    '"block" does not block',
    RULES,
    "if (then === 'block') return { outcome: 'deny', reason: 'channel_unconfigured_blocked', ...because }",
    '',
    'policy/decide',
  ),
  mutant(
    'who had an authenticator is let in without one',
    RULES,
    "if (facts.user.hadAuthenticator) return 'had_an_authenticator'",
    '',
    'policy/decide',
  ),
  mutant('the days of grace never end', RULES, "if (facts.now >= until) return 'grace_used_up'", '', 'policy/decide'),
  mutant(
    'a service account signs in by password whatever is permitted',
    RULES,
    "outcome: mayPass ? 'skip' : 'deny',",
    "outcome: 'skip',",
    'policy/decide',
  ),
  mutant(
    'the word of any identity provider counts as two factors',
    RULES,
    "if (!via.proved) return 'external_not_proved'",
    '',
    'policy/decide',
  ),
  // The challenge
  mutant(
    'failed codes lock nobody',
    ATTEMPTS,
    'if (inWindow < terms.lockAfter) return',
    'if (inWindow < 1e9) return',
    'challenge/attempts',
  ),
  mutant('a lock forgets all it has counted', ATTEMPTS, 'Math.ceil(terms.lockAfter / 2)', '0', 'challenge/attempts'),
  mutant(
    'a hundred failed codes disable nothing',
    ATTEMPTS,
    'consecutive >= FAILURES_UNTIL_DISABLED',
    'consecutive >= 1e9',
    'challenge/attempts',
  ),
  mutant(
    'who is disabled is not locked',
    ATTEMPTS,
    'return counters.disabled || now',
    'return now',
    'challenge/attempts',
    'attacks/guess-burst',
  ),
  mutant(
    'a pending sign-in never expires',
    CHALLENGE,
    "now < challenge.expiresAt ? 'live' : 'expired'",
    "now >= 0 ? 'live' : 'expired'",
    'challenge/step',
    'attacks/half-way-in',
  ),
  mutant(
    'a passed challenge can be passed again',
    CHALLENGE,
    "if (challenge.state.kind === 'passed' || challenge.state.kind === 'closed') return",
    "if (challenge.state.kind === 'closed') return",
    'challenge/step',
  ),
  mutant(
    'a replaced password leaves its pending sign-ins alive',
    CHALLENGE,
    "user.status === 'active' && challenge.userEpoch === user.sessionEpoch",
    "user.status === 'active'",
    'challenge/step',
    'behaviours/s1-sessions',
  ),
  mutant(
    'a disabled user goes on with a pending sign-in',
    CHALLENGE,
    "user.status === 'active' && challenge.userEpoch",
    'challenge.userEpoch',
    'challenge/step',
  ),
  mutant(
    'five failed codes do not close a challenge',
    STEP,
    'failed >= command.maxAttempts ?',
    'failed >= 1e9 ?',
    'challenge/step',
  ),
  mutant(
    'messages put the end off for ever',
    STEP,
    'Math.min(now + PENDING_LIFE, challenge.openedAt + PENDING_LIMIT)',
    'now + PENDING_LIFE',
    'challenge/step',
  ),
  mutant(
    'wrong passwords are free for ever',
    THROTTLE,
    'if (!throttle || throttle.failures < free) return 0',
    'if (free > 0) return 0',
    'challenge/password-throttle',
  ),
  mutant(
    'the bucket of a user leaves out the source',
    THROTTLE,
    '`user ${who} ${source}`',
    '`user ${who}`',
    'challenge/password-throttle',
  ),
  // The authenticators
  mutant(
    'a code of an app passes twice',
    TOTP,
    "if (lastStep !== undefined && step <= lastStep) return { kind: 'replayed', step }",
    '',
    'authenticators/totp',
  ),
  mutant(
    'of two steps with one code the earlier is spent',
    TOTP,
    'skewSteps).at(-1)',
    'skewSteps).at(0)',
    'authenticators/totp',
  ),
  mutant(
    'the window has no limit',
    TOTP,
    "if (skewSteps !== 0 && skewSteps !== 1) throw new RangeError('the window is 0 or 1 steps to each side')",
    '',
    'authenticators/totp',
  ),
  mutant('a code loses its leading zeros', HOTP, ".padStart(digits, '0')", '', 'authenticators/hotp'),
  mutant(
    'the counter of a token stays where it was',
    HOTP,
    'counter: counter + ahead + 1',
    'counter',
    'authenticators/hotp',
  ),
  mutant(
    'one code, twice, finds a lost token',
    HOTP,
    'matches && seconds[index + 1] === true',
    'matches && seconds[index] === true',
    'authenticators/hotp',
  ),
  // The use cases
  mutant(
    'a lock does not close the second step',
    ANSWER,
    'if (!isLocked(file.counters, now)) return null',
    'if (now > 0) return null',
    'attacks/guess-burst',
  ),
  mutant(
    'a pending sign-in outlives the password it rests on',
    ANSWER,
    "if (!stillProved(challenge, file.user)) return { kind: 'gone' }",
    '',
    'behaviours/s1-sessions',
  ),
  mutant(
    'a wrong password is right',
    SIGN_IN,
    "if (verdict === 'wrong' || seen.user?.status !== 'active') {",
    "if (seen.user?.status !== 'active') {",
    'attacks/password-guessing',
  ),
  mutant(
    'a disabled user signs in',
    SIGN_IN,
    "if (verdict === 'wrong' || seen.user?.status !== 'active') {",
    "if (verdict === 'wrong' || seen.user === null) {",
    'attacks/password-guessing',
  ),
  mutant(
    'of many guesses at once the right one gets through',
    SIGN_IN,
    "if (now < retryAt) return { kind: 'password-throttled', retryAt }",
    '',
    'attacks/password-guessing',
  ),
  mutant(
    'a service account gets a browser session',
    SIGN_IN,
    "if (user.kind === 'service' && input.surface === 'form')",
    'if (now < 0)',
    'behaviours/s1-users',
  ),
  mutant(
    'an ended session goes on',
    ACCESS,
    "if (session.endedAt !== null || stale) return { kind: 'refused', why: 'ended' }",
    '',
    'behaviours/s1-sessions',
    'attacks/stolen-session',
  ),
  mutant(
    'a session has no end',
    ACCESS,
    "if (now >= expiresAt) return { kind: 'refused', why: 'expired' }",
    '',
    'behaviours/s1-sessions',
    'attacks/stolen-session',
  ),
  mutant(
    'a disabled user keeps the session',
    ACCESS,
    "if (user.status !== 'active') return { kind: 'refused', why: 'disabled' }",
    '',
    'attacks/stolen-session',
  ),
  mutant(
    'the secret is shown without the emailed link',
    ENROL,
    "if (byLinkOnly && linkDigest === null) return { kind: 'link-required' }",
    '',
    'attacks/mail-scanner',
  ),
  mutant(
    'the secret of another pending sign-in is shown',
    ENROL,
    "if (enrolment?.challenge !== challenge.id) return { kind: 'over' }",
    "if (!enrolment) return { kind: 'over' }",
    'attacks/shared-enrolment',
    'attacks/mail-scanner',
  ),
  mutant(
    'an app is bound beside the one that is there',
    'src/usecases/new-enrolment.ts',
    'return apps.length > 0 || since',
    'return since',
    'attacks/enrolment-guess',
  ),
  mutant(
    'every proof is fresh',
    'src/usecases/fresh-proof.ts',
    'return at !== undefined && now - at <= FRESH_FOR',
    'return at !== undefined',
    'src/api/step-up',
  ),
  mutant(
    'the helpdesk reaches administrators',
    'src/usecases/helpdesk.ts',
    "if (reach.kind === 'within' && !isOwnAct(help, reach.user)) return null",
    'if (!isOwnAct(help, reach.user)) return null',
    'behaviours/helpdesk',
    'src/api/sessions',
  ),
  mutant(
    'wrong confirmations never end an enrolment',
    'src/usecases/confirm-enrolment.ts',
    'const over = wrongCodes >= WRONG_CODES_UNTIL_ABORTED',
    'const over = wrongCodes < 0',
    'attacks/shown-secret',
  ),
]
