import { sameCode } from '#authenticators/same-code.ts'
import type { Asked } from '#challenge/challenge.ts'
import { FEW_RECOVERY_CODES } from '#domain/recovery.ts'
import { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { recoveryLeft } from './facts.ts'
import { noticeTo } from './new-code.ts'
import type { CodeVerdict } from './verify-code.ts'

/**
 * One slow digest, whoever is asked about: a user without recovery codes is told no different, and takes no less time. A right code
 * is dead with its commit, and its owner is told.
 */
export async function verifyRecoveryCode(
  ports: Pick<Ports, 'passwords' | 'random'>,
  file: ChallengeFile,
  state: Asked,
  code: string,
  now: Instant,
): Promise<CodeVerdict | 'busy'> {
  const { recovery, user } = file
  const digest = await ports.passwords.stretch(new Secret(code), recovery?.salt ?? NO_SALT)
  if (digest === undefined) return 'busy'
  const known = (recovery?.digests ?? []).filter((each) => sameCode(each, digest)).length > 0
  const left = recoveryLeft(file)
  if (!known || left === 0 || !state.methods.includes('recovery')) return { kind: 'wrong', why: 'recovery' }
  const notice = left - 1 <= FEW_RECOVERY_CODES ? 'recovery_codes_few' : 'recovery_code_used'
  const spends: Change[] = [
    { kind: 'spend-recovery-code', user: user.id, digest },
    ...noticeTo(ports, file, notice, now),
  ]
  return { kind: 'right', evidence: { kind: 'recovery', at: now }, spends }
}

/** Where nobody has codes, something is stretched all the same. */
const NO_SALT = 'bm8gcmVjb3ZlcnkgY29kZXM'
