import type { SiteId } from '#domain/id.ts'
import { CHANNELS } from '#domain/method.ts'
import type { WaitingAddress } from '#domain/waiting-address.ts'
import type { WaitingAddressChange, WaitingAddressStore } from '#ports/waiting-addresses.ts'
import { id, integer, text, textOrNull, word } from './columns.ts'
import { all, type Database, readAt, type Row, run, type Work } from './database.ts'

const WAITING = {
  keep: `INSERT INTO waiting_addresses (site_id, user_id, channel, address, code_digest, asked_at, expires_at, wrong)
      SELECT site_id, id, ?, ?, ?, ?, ?, ? FROM users WHERE site_id = ? AND id = ?
    ON CONFLICT (site_id, user_id, channel) DO UPDATE SET address = excluded.address, code_digest = excluded.code_digest,
      asked_at = excluded.asked_at, expires_at = excluded.expires_at, wrong = excluded.wrong`,
  count: `UPDATE waiting_addresses SET wrong = wrong + 1
    WHERE site_id = ? AND user_id = ? AND channel = ? AND code_digest = ? AND wrong = ?`,
  drop: `DELETE FROM waiting_addresses
    WHERE site_id = ? AND user_id = ? AND channel = ? AND code_digest = ? AND wrong = ?`,
  ofUser: 'SELECT * FROM waiting_addresses WHERE site_id = ? AND user_id = ? ORDER BY channel',
} as const

/** Under the same promise as `applyChange`. */
export function* applyWaitingAddressChange({ kind, waiting }: WaitingAddressChange): Work<number> {
  const { site, user, channel, address, codeDigest, askedAt, expiresAt, wrong } = waiting
  switch (kind) {
    case 'keep-address-waiting':
      return yield* run(WAITING.keep, channel, address, codeDigest, askedAt, expiresAt, wrong, site, user)
    case 'count-address-code':
      return yield* run(WAITING.count, site, user, channel, codeDigest, wrong)
    case 'drop-waiting-address':
      return yield* run(WAITING.drop, site, user, channel, codeDigest, wrong)
    default:
      return kind satisfies never
  }
}

/** What is asked about addresses that wait until they are proved. */
export function waitingAddressReads(database: Database): WaitingAddressStore {
  return {
    waitingAddresses: (site: SiteId, user) =>
      readAt(database, site, function* () {
        return (yield* all(WAITING.ofUser, site, user)).map(waitingOf)
      }),
  }
}

function waitingOf(row: Row): WaitingAddress {
  return {
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    channel: word(row, 'channel', CHANNELS),
    address: textOrNull(row, 'address'),
    codeDigest: text(row, 'code_digest'),
    askedAt: integer(row, 'asked_at'),
    expiresAt: integer(row, 'expires_at'),
    wrong: integer(row, 'wrong'),
  }
}
