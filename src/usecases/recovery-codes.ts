import { RECOVERY_CODE_BYTES, recoveryCode } from '#authenticators/recovery-code.ts'
import { RECOVERY_CODES } from '#domain/recovery.ts'
import { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { noticeTo } from './new-code.ts'
import { type OwnOrder, type OwnRefusal, overOwn } from './own-account.ts'

const SALT_BYTES = 16

export type MakeRecoveryCodesOutcome =
  /** They are shown this once and stored nowhere. */
  { readonly kind: 'made'; readonly codes: readonly Secret[]; readonly madeAt: Instant } | OwnRefusal

/**
 * Ten new codes, in place of those before. Each has 50 bits and is kept as a slow, keyed digest under the salt of its set. They
 * open something once their owner has said that they are kept safe.
 */
export async function makeRecoveryCodes(ports: Ports, order: OwnOrder): Promise<MakeRecoveryCodesOutcome> {
  const codes = distinctCodes(ports)
  const salt = Buffer.from(ports.random.bytes(SALT_BYTES)).toString('base64url')
  return overOwn<Exclude<MakeRecoveryCodesOutcome, OwnRefusal> | OwnRefusal>(
    ports,
    order,
    'recovery-codes',
    async (file, now) => {
      const digests = await Promise.all(codes.map((code) => ports.passwords.stretch(new Secret(code), salt)))
      const made = digests.filter((digest) => digest !== undefined)
      if (made.length < digests.length) return { kind: 'busy' }
      const { user, session } = file
      return {
        changes: [
          { kind: 'set-recovery-codes', user: user.id, codes: { salt, madeAt: now, savedAt: null, digests: made } },
          ...noticeTo(ports, file, 'recovery_codes_made', now),
        ],
        events: [ownEvent(user, session.application, 'recovery.issued', { codes: codes.length })],
        outcome: { kind: 'made', codes: codes.map((code) => new Secret(code)), madeAt: now },
      }
    },
  )
}

export type KeepRecoveryCodesOutcome =
  | { readonly kind: 'kept' }
  /** Another set was made meanwhile, or this one is confirmed already. */
  | { readonly kind: 'over' }
  | OwnRefusal

/** Their owner says that the codes of this very set are kept safe: from now on they open something. */
export async function keepRecoveryCodes(
  ports: Ports,
  order: OwnOrder & { readonly madeAt: Instant },
): Promise<KeepRecoveryCodesOutcome> {
  return overOwn<Exclude<KeepRecoveryCodesOutcome, OwnRefusal>>(ports, order, null, async (file, now) => {
    const { recovery, user, session } = file
    if (recovery === null || recovery.savedAt !== null || recovery.madeAt !== order.madeAt) return { kind: 'over' }
    return {
      changes: [{ kind: 'keep-recovery-codes', user: user.id, madeAt: order.madeAt, at: now }],
      events: [ownEvent(user, session.application, 'recovery.kept', {})],
      outcome: { kind: 'kept' },
    }
  })
}

function distinctCodes({ random }: Pick<Ports, 'random'>): readonly string[] {
  const codes = new Set<string>()
  while (codes.size < RECOVERY_CODES) codes.add(recoveryCode(random.bytes(RECOVERY_CODE_BYTES)))
  return [...codes]
}
