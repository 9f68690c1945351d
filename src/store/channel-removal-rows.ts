import type { ChannelRemoval } from '#domain/channel-removal.ts'
import { CHANNELS } from '#domain/method.ts'
import type { ChannelRemovalChange, ChannelRemovalStore } from '#ports/channel-removals.ts'
import { id, integer, text, word } from './columns.ts'
import { all, type Database, EVERY_SITE, readAt, type Row, run, type Work } from './database.ts'

const REMOVALS = {
  keep: `INSERT INTO channel_removals (site_id, channel, leaves, asked_by, asked_at, due_at)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (site_id, channel) DO NOTHING`,
  drop: 'DELETE FROM channel_removals WHERE site_id = ? AND channel = ? AND asked_at = ?',
  ofSite: 'SELECT * FROM channel_removals WHERE site_id = ? ORDER BY channel',
  due: `SELECT r.*, s.name AS site_name FROM channel_removals r JOIN sites s ON s.id = r.site_id
    WHERE r.due_at <= ? ORDER BY r.due_at, r.site_id, r.channel LIMIT ?`,
} as const

/** Under the same promise as `applyChange`. */
export function* applyChannelRemovalChange({ kind, removal }: ChannelRemovalChange): Work<number> {
  const { site, channel, leaves, askedBy, askedAt, dueAt } = removal
  return kind === 'keep-channel-removal'
    ? yield* run(REMOVALS.keep, site, channel, leaves, askedBy, askedAt, dueAt)
    : yield* run(REMOVALS.drop, site, channel, askedAt)
}

/** What is asked about channels that are to be taken away. */
export function channelRemovalReads(database: Database): ChannelRemovalStore {
  return {
    channelRemovals: (site) =>
      readAt(database, site, function* () {
        return (yield* all(REMOVALS.ofSite, site)).map(removalOf)
      }),
    dueChannelRemovals: ({ now, limit }) =>
      database.together(
        'read',
        function* () {
          const rows = yield* all(REMOVALS.due, now, limit)
          return rows.map((row) => ({ removal: removalOf(row), siteName: text(row, 'site_name') }))
        },
        EVERY_SITE,
      ),
  }
}

function removalOf(row: Row): ChannelRemoval {
  return {
    site: id(row, 'site_id', 'site'),
    channel: word(row, 'channel', CHANNELS),
    leaves: word(row, 'leaves', ['off', 'unset']),
    askedBy: text(row, 'asked_by'),
    askedAt: integer(row, 'asked_at'),
    dueAt: integer(row, 'due_at'),
  }
}
