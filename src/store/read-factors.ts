import type { HeldFactors } from '#ports/factor-store.ts'
import { text } from './columns.ts'
import { all, one, type Row, type Work } from './database.ts'
import { hardwareToken, passkey, recoverySet } from './factor-rows.ts'
import { HARDWARE, PASSKEYS, RECOVERY } from './factor-statements.ts'

/** What one user holds. */
export function* readFactors(site: string, user: string): Work<HeldFactors> {
  const passkeys = yield* all(PASSKEYS.ofUser, site, user)
  const hardware = yield* all(HARDWARE.ofUser, site, user)
  const set = yield* one(RECOVERY.ofUser, site, user)
  const codes = yield* all(RECOVERY.digestsOfUser, site, user)
  return factorsOf(passkeys, hardware, set, codes)
}

/** The same of a page of users, by user; whoever holds nothing is asked for with an id that is not among them. */
export function* readFactorsOfPage(
  page: readonly [string, string, string, number],
): Work<(user: string) => HeldFactors> {
  const passkeys = byUser(yield* all(PASSKEYS.ofPage, ...page))
  const hardware = byUser(yield* all(HARDWARE.ofPage, ...page))
  const sets = byUser(yield* all(RECOVERY.ofPage, ...page))
  const codes = byUser(yield* all(RECOVERY.digestsOfPage, ...page))
  return (user) => {
    const of = (found: ReadonlyMap<string, readonly Row[]>): readonly Row[] => found.get(user) ?? []
    return factorsOf(of(passkeys), of(hardware), of(sets)[0], of(codes))
  }
}

function factorsOf(
  passkeys: readonly Row[],
  hardware: readonly Row[],
  set: Row | undefined,
  codes: readonly Row[],
): HeldFactors {
  return {
    passkeys: passkeys.map(passkey),
    hardware: hardware.map(hardwareToken),
    recovery: set === undefined ? null : recoverySet(set, codes),
  }
}

function byUser(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (row) => text(row, 'user_id'))
}
