import type { TotpParameters } from '#domain/authenticator.ts'
import type { Instant } from '#domain/time.ts'
import { hotp } from './hotp.ts'
import { sameCode } from './same-code.ts'

/**
 * The number of whole periods since 1970 (RFC 6238 4.2); `period` in seconds. Throws RangeError for a moment before
 * 1970.
 */
export function totpStep(at: Instant, period: number): number {
  // Division, never a shift: the step must stay exact long after 2038 and beyond 2³¹ seconds.
  const step = Math.floor(at / (period * 1_000))
  if (!Number.isSafeInteger(step) || step < 0) throw new RangeError(`no time step at ${at} with a period of ${period}`)
  return step
}

/** The code of one time step (RFC 6238 4.2): HOTP with the step as its counter. */
export function totp(secret: Uint8Array, step: number, parameters: TotpParameters): string {
  return hotp(secret, step, parameters)
}

interface Attempt {
  readonly secret: Uint8Array
  /** As `normaliseCode` gives it. */
  readonly code: string
  readonly at: Instant
  readonly parameters: TotpParameters
}

export interface TotpAttempt extends Attempt {
  /** The last step accepted for this authenticator; undefined when none was. */
  readonly lastStep: number | undefined
  /** How many steps to each side of the server's own are accepted (RFC 6238 5.2 recommends at most one). */
  readonly skewSteps: 0 | 1
}

/**
 * `replayed`: a code of the window, but of a step at or below the last accepted one. The caller answers it like
 * `wrong`.
 */
export type TotpVerdict =
  | { readonly kind: 'accepted'; readonly step: number }
  | { readonly kind: 'replayed'; readonly step: number }
  | { readonly kind: 'wrong' }

/**
 * A code of an authenticator app against the server's clock. The step of an accepted code is to be stored by a write
 * that succeeds only while it is greater than the stored one: two requests may come here with the same code at once.
 */
export function verifyTotp({ secret, code, at, lastStep, skewSteps, parameters }: TotpAttempt): TotpVerdict {
  if (skewSteps !== 0 && skewSteps !== 1) throw new RangeError('the window is 0 or 1 steps to each side')
  // The latest of them: if two steps of the window share a code, accepting the earlier would let it pass once more.
  const step = matchingSteps({ secret, code, at, parameters }, skewSteps).at(-1)
  if (step === undefined) return { kind: 'wrong' }
  // At or below the last accepted step a code is a replay, even inside the window (RFC 6238 5.2).
  if (lastStep !== undefined && step <= lastStep) return { kind: 'replayed', step }
  return { kind: 'accepted', step }
}

/**
 * How many steps the clock that made this code is ahead of ours (positive) or behind it (negative), the smallest such
 * number within `reachSteps`; undefined when the code belongs to none. It explains a wrong clock to a person and
 * accepts nothing: one guessed code finds a step among 41 by chance once in 24,000 times, so that a message should rest
 * on more than one.
 */
export function nearestStep(attempt: Attempt & { readonly reachSteps: number }): number | undefined {
  const now = totpStep(attempt.at, attempt.parameters.period)
  const offsets = matchingSteps(attempt, attempt.reachSteps).map((step) => step - now)
  return offsets.toSorted((left, right) => Math.abs(left) - Math.abs(right))[0]
}

/** In ascending order. Every step is computed and compared, so that the time taken does not tell which one matched. */
function matchingSteps({ secret, code, at, parameters }: Attempt, reach: number): number[] {
  const first = totpStep(at, parameters.period) - reach
  return Array.from({ length: 2 * reach + 1 }, (_, index) => first + index)
    .filter((step) => step >= 0)
    .filter((step) => sameCode(totp(secret, step, parameters), code))
}
