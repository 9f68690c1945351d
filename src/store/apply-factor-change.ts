import type { SiteId } from '#domain/id.ts'
import { hours } from '#domain/time.ts'
import type { FactorChange } from '#ports/factor-changes.ts'
import { run, type Work } from './database.ts'
import { hardwareValues, passkeyValues } from './factor-rows.ts'
import { CEREMONIES, HARDWARE, OWN, PASSKEYS, RECOVERY } from './factor-statements.ts'

const NAMED = { app: OWN.nameApp, passkey: PASSKEYS.name, hardware: HARDWARE.name } as const

/** See `applyChange`. */
export function* applyFactorChange(site: SiteId, change: FactorChange): Work<number> {
  switch (change.kind) {
    case 'add-passkey':
      return yield* run(PASSKEYS.add, ...passkeyValues(change.passkey))
    case 'use-passkey': {
      const { counter, backedUp, at, passkey, from } = change
      return yield* run(PASSKEYS.use, counter, Number(backedUp), at, site, passkey, from)
    }
    case 'remove-passkey':
      return yield* run(PASSKEYS.remove, site, change.passkey)
    case 'spend-ceremony':
      yield* run(CEREMONIES.forget, site, change.expiresAt - hours(1))
      return yield* run(CEREMONIES.spend, site, change.nonce, change.expiresAt)
    case 'name-authenticator':
      return yield* run(NAMED[change.of], change.label, site, change.authenticator)
    case 'set-recovery-codes': {
      const { salt, madeAt, savedAt, digests } = change.codes
      yield* run(RECOVERY.dropCodes, site, change.user)
      const set = yield* run(RECOVERY.set, site, change.user, salt, madeAt, savedAt)
      for (const digest of digests) yield* run(RECOVERY.addCode, site, change.user, digest)
      return set
    }
    case 'keep-recovery-codes':
      return yield* run(RECOVERY.keep, change.at, site, change.user, change.madeAt)
    case 'spend-recovery-code':
      return yield* run(RECOVERY.spend, site, change.user, change.digest)
    case 'drop-recovery-codes':
      return yield* run(RECOVERY.drop, site, change.user)
    case 'add-hardware':
      return yield* run(HARDWARE.add, ...hardwareValues(change.token, change.token.version))
    case 'move-hardware':
      return yield* run(HARDWARE.change, ...hardwareValues(change.token, change.from + 1), change.from)
    case 'spend-hardware':
      return yield* run(HARDWARE.spend, change.last, change.at, site, change.token, change.last)
    case 'remove-hardware':
      return yield* run(HARDWARE.remove, site, change.token)
    case 'carry-session':
      return yield* run(OWN.carrySession, change.userEpoch, site, change.user, change.session, change.userEpoch)
    default:
      return change satisfies never
  }
}
