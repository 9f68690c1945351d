import { normaliseCode } from '#authenticators/code-input.ts'
import { readRecoveryCode } from '#authenticators/recovery-code.ts'
import type { Asked } from '#challenge/challenge.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ISSUED_CODE_DIGITS } from './issued-code.ts'
import { type CodeVerdict, verifyCode } from './verify-code.ts'
import { verifyRecoveryCode } from './verify-recovery-code.ts'

/** What was typed is a code of digits, of whatever kind, or a recovery code; anything else is no guess and is not counted. */
export async function judgeCode(
  ports: Ports,
  file: ChallengeFile,
  state: Asked,
  typed: unknown,
  now: Instant,
): Promise<CodeVerdict | 'malformed' | 'busy'> {
  const code = typedDigits(file, state, typed)
  if (code !== undefined) return verifyCode(ports, file, state, code, now)
  const recovery = readRecoveryCode(typed)
  return recovery === undefined ? 'malformed' : verifyRecoveryCode(ports, file, state, recovery, now)
}

/** The digits that were typed, if their number fits anything this challenge can be answered with. */
function typedDigits(file: ChallengeFile, state: Asked, typed: unknown): string | undefined {
  const lengths = new Set<number>(state.sent ? [state.sent.digits] : [])
  if (state.methods.includes('app')) for (const app of file.apps) lengths.add(app.parameters.digits)
  if (state.methods.includes('hardware')) for (const token of file.hardware) lengths.add(token.parameters.digits)
  if (lengths.size === 0) lengths.add(file.settings['code.digits'])
  // Whether one was given or not: a person who tries shall not learn that from the answer.
  lengths.add(ISSUED_CODE_DIGITS)
  for (const digits of lengths) {
    const code = normaliseCode(typed, digits)
    if (code !== undefined) return code
  }
  return undefined
}
