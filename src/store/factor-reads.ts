import type { FactorStore } from '#ports/factor-store.ts'
import { id, text, textOrNull } from './columns.ts'
import { all, type Database, one, readAt } from './database.ts'
import { hardwareToken } from './factor-rows.ts'
import { CEREMONIES, HARDWARE, PASSKEYS } from './factor-statements.ts'

/** The questions about passkeys and hardware tokens that are about no one user. */
export function factorReads(database: Database): FactorStore {
  return {
    ceremonySpent: (site, nonce) =>
      readAt(database, site, function* () {
        return (yield* one(CEREMONIES.spent, site, nonce)) !== undefined
      }),

    passkeyOwner: (site, credential) =>
      readAt(database, site, function* () {
        const row = yield* one(PASSKEYS.owner, site, credential)
        return row ? { user: id(row, 'id', 'usr'), username: text(row, 'username') } : null
      }),

    hardwareTokens: (site) =>
      readAt(database, site, function* () {
        const rows = yield* all(HARDWARE.ofSite, site)
        return rows.map((row) => ({ token: hardwareToken(row), username: textOrNull(row, 'username') }))
      }),

    hardwareToken: (site, token) =>
      readAt(database, site, function* () {
        const row = yield* one(HARDWARE.byId, site, token)
        return row ? hardwareToken(row) : null
      }),
  }
}
