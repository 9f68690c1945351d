import { normaliseCode } from '#authenticators/code-input.ts'
import { nearestStep, totpStep } from '#authenticators/totp.ts'
import type { Asked, StrayCode } from '#challenge/challenge.ts'
import { minutes, type Duration, type Instant, seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'

/** Clocks further off than this are not looked for. */
const REACH = minutes(10)

export interface ClockTrouble {
  /** How far the phone is behind us, to the half minute; negative where it is ahead. */
  readonly slowBy: Duration
}

export interface Strayed {
  /** What the next wrong code is held against; null: this one belongs to no other time. */
  readonly stray: StrayCode | null
  readonly trouble: ClockTrouble | null
}

/**
 * Whether a refused code tells of a wrong clock: it and the one before it in this sign-in are of two different steps of one app,
 * off by the same amount. It never speaks of a step that could still be used, so that nobody learns which guess will be right in a
 * while (F13, decision 026).
 */
export function strayCode(
  { vault }: Pick<Ports, 'vault'>,
  file: ChallengeFile,
  state: Asked,
  typed: unknown,
  now: Instant,
): Strayed {
  const skew = file.settings['totp.skew_steps']
  if (!state.methods.includes('app')) return { stray: null, trouble: null }
  for (const app of file.apps) {
    const { parameters } = app
    const code = normaliseCode(typed, parameters.digits)
    if (code === undefined) continue
    const reachSteps = Math.floor(REACH / seconds(parameters.period))
    const secret = vault.open(app.sealedSecret, app.id)
    const offset = nearestStep({ secret, code, at: now, parameters, reachSteps })
    if (offset === undefined || Math.abs(offset) <= skew) continue
    const current = totpStep(now, parameters.period)
    const stray: StrayCode = { authenticator: app.id, step: current + offset, offset }
    const before = state.stray ?? null
    const two = before?.authenticator === app.id && before.offset === offset && before.step !== stray.step
    const over = two && Math.max(before.step, stray.step) < current - skew
    return { stray, trouble: over ? { slowBy: -offset * seconds(parameters.period) } : null }
  }
  return { stray: null, trouble: null }
}
