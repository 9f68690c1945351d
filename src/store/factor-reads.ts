import type { FactorStore } from '#ports/factor-store.ts'
import { id, text, textOrNull } from './columns.ts'
import { all, one, type Work } from './database.ts'
import { hardwareToken } from './factor-rows.ts'
import { CEREMONIES, HARDWARE, PASSKEYS } from './factor-statements.ts'

/** The questions about passkeys and hardware tokens that are about no one user. */
export function factorReads(read: <T>(work: () => Work<T>) => Promise<T>): FactorStore {
  return {
    ceremonySpent: (site, nonce) =>
      read(function* () {
        return (yield* one(CEREMONIES.spent, site, nonce)) !== undefined
      }),

    passkeyOwner: (site, credential) =>
      read(function* () {
        const row = yield* one(PASSKEYS.owner, site, credential)
        return row ? { user: id(row, 'id', 'usr'), username: text(row, 'username') } : null
      }),

    hardwareTokens: (site) =>
      read(function* () {
        const rows = yield* all(HARDWARE.ofSite, site)
        return rows.map((row) => ({ token: hardwareToken(row), username: textOrNull(row, 'username') }))
      }),

    hardwareToken: (site, token) =>
      read(function* () {
        const row = yield* one(HARDWARE.byId, site, token)
        return row ? hardwareToken(row) : null
      }),
  }
}
