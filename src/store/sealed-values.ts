import { keySeal } from '#domain/openid.ts'
import {
  SEALED_PLACES,
  type SealedPlace,
  type SealedStore,
  type SealedValue,
  type ServingNode,
} from '#ports/sealed-values.ts'
import { LASTING_SECRETS } from '#ports/system.ts'
import { id, integer, text } from './columns.ts'
import { all, Contended, type Database, EVERY_SITE, one, type Row, run, type Work } from './database.ts'
import { SERVER_VALUES } from './statements.ts'

interface Place {
  readonly column: string
  readonly key: readonly string[]
  readonly boundTo: (row: Row) => string
  /** Rows with a version are written as a whole by others: raised, it makes them read again. */
  readonly versioned?: true
  /** Which rows have something sealed; all that are not NULL, if it is left out. */
  readonly where?: string
  /** What stands before the seal in the column; nothing, if it is left out. */
  readonly lead?: string
  /** Which rows are not to be touched at this moment. */
  readonly free?: string
}

const ofSite = (row: Row): string => id(row, 'site_id', 'site')

const PLACES: Readonly<Record<SealedPlace, Place>> = {
  server_values: {
    column: 'value',
    key: ['name'],
    boundTo: () => LASTING_SECRETS,
    where: `name = '${LASTING_SECRETS}'`,
  },
  channels: {
    column: 'sealed',
    key: ['site_id', 'channel'],
    boundTo: (row) => `channel:${text(row, 'site_id') || 'server'}:${text(row, 'channel')}`,
  },
  audit_keys: {
    column: 'sealed_seed',
    key: ['site_id', 'id'],
    boundTo: (row) => `audit-key:${text(row, 'site_id')}:${text(row, 'id')}`,
  },
  audit_streams: {
    column: 'sealed_config',
    key: ['site_id', 'name'],
    boundTo: (row) => `audit-stream:${ofSite(row)}:${text(row, 'name')}`,
  },
  openid_keys: {
    column: 'sealed_key',
    key: ['site_id', 'kid'],
    boundTo: (row) => keySeal(id(row, 'site_id', 'site'), text(row, 'kid')),
  },
  authenticators: { column: 'sealed_secret', key: ['id'], boundTo: (row) => text(row, 'id') },
  hardware_tokens: { column: 'sealed_secret', key: ['id'], boundTo: (row) => text(row, 'id'), versioned: true },
  enrolments: { column: 'sealed_secret', key: ['id'], boundTo: (row) => text(row, 'id'), versioned: true },
  code_counters: {
    column: 'sealed_code_secret',
    key: ['site_id', 'user_id'],
    boundTo: (row) => `codes:${text(row, 'user_id')}`,
    versioned: true,
  },
  deliveries: {
    // JSON of ours: a quote inside a text has a backslash before it, so that the lead meets the token alone.
    column: 'content',
    lead: '"sealedToken":"',
    key: ['id'],
    boundTo: (row) => text(row, 'id'),
    versioned: true,
    where: `content LIKE '%"sealedToken":"v1.%'`,
    // Whoever sends it writes down afterwards what became of it, over the version that was claimed.
    free: '(queued = 0 OR claimed_until <= ?)',
  },
  kept_requests: {
    column: 'sealed_answer',
    key: ['site_id', 'key_digest'],
    boundTo: (row) => `answer:${ofSite(row)}:${text(row, 'key_digest')}`,
  },
}

/** What is sealed with another key than the one that the parameter names; see `pattern`. */
function others({ column, where = `${column} IS NOT NULL` }: Place): string {
  return `${where} AND ${column} NOT LIKE ?`
}

function statementsOf(table: SealedPlace, place: Place) {
  const { column, key, versioned, free } = place
  const raised = versioned ? ', version = version + 1' : ''
  const places = key.map(() => '?').join(', ')
  return {
    count: `SELECT COUNT(*) AS n FROM ${table} WHERE ${others(place)}`,
    page: `SELECT ${key.join(', ')}, ${column} AS stored FROM ${table}
      WHERE ${others(place)} AND (${key.join(', ')}) > (${places})${free === undefined ? '' : ` AND ${free}`}
      ORDER BY ${key.join(', ')} LIMIT ?`,
    reseal: `UPDATE ${table} SET ${column} = ?${raised} WHERE ${key.map((each) => `${each} = ?`).join(' AND ')} AND ${column} = ?`,
  }
}

export const SEALED = Object.fromEntries(
  SEALED_PLACES.map((table) => [table, statementsOf(table, PLACES[table])]),
) as Readonly<Record<SealedPlace, ReturnType<typeof statementsOf>>>

export const NODES = {
  since: 'SELECT * FROM nodes WHERE seen_at >= ? ORDER BY name, id',
  announce: `INSERT INTO nodes (id, name, key_ids, seals_with, seals_since, seen_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, key_ids = excluded.key_ids, seals_with = excluded.seals_with,
      seals_since = excluded.seals_since, seen_at = excluded.seen_at`,
  forget: 'DELETE FROM nodes WHERE id = ?',
  forgetGone: 'DELETE FROM nodes WHERE seen_at < ?',
} as const

export function sealedStore(database: Database): SealedStore {
  // One key seals for all sites.
  const read = <T>(work: () => Work<T>): Promise<T> => database.together('read', work, EVERY_SITE)
  const write = (work: () => Work<number>): Promise<number> => database.together('write', work, EVERY_SITE)
  return {
    countSealed: (except) =>
      read(function* () {
        let sum = 0
        for (const place of SEALED_PLACES)
          sum += integer((yield* one(SEALED[place].count, pattern(place, except))) ?? {}, 'n')
        return sum
      }),

    sealedValues: ({ place, except, after, limit, now }) =>
      read(function* () {
        const { key, free } = PLACES[place]
        const from = after ?? key.map(() => '')
        const rows = yield* all(SEALED[place].page, pattern(place, except), ...from, ...(free ? [now] : []), limit)
        return rows.map((row) => sealedValue(place, row))
      }),

    reseal: (values) =>
      unlessContended(
        write(function* () {
          let held = 0
          for (const { value, sealed } of values) {
            const stored = value.stored.replace(value.sealed, sealed)
            held += yield* run(SEALED[value.place].reseal, stored, ...value.key, value.stored)
          }
          return held
        }),
      ),

    kept: (name) =>
      read(function* () {
        const row = yield* one(SERVER_VALUES.byName, name)
        return row ? text(row, 'value') : null
      }),

    servingNodes: (since) =>
      read(function* () {
        return (yield* all(NODES.since, since)).map(node)
      }),

    async announceNode({ id: of, name, keys, sealsWith, sealsSince, seenAt }, goneBefore) {
      await unlessContended(
        write(function* () {
          yield* run(NODES.forgetGone, goneBefore)
          return yield* run(NODES.announce, of, name, keys.join(' '), sealsWith, sealsSince, seenAt)
        }),
      )
    },

    async forgetNode(of) {
      await write(() => run(NODES.forget, of))
    },
  }
}

/** Somebody else was in the way: nothing held. Whoever asked comes again. */
async function unlessContended(work: Promise<number>): Promise<number> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Contended) return 0
    throw error
  }
}

/** Of columns whose seal names this key. */
function pattern(place: SealedPlace, key: string): string {
  const { lead } = PLACES[place]
  return `${lead === undefined ? '' : `%${lead}`}v1.${key}.%`
}

function sealedValue(place: SealedPlace, row: Row): SealedValue {
  const { key, boundTo, lead } = PLACES[place]
  const stored = text(row, 'stored')
  const [sealed = ''] = lead === undefined ? [stored] : (stored.split(lead)[1]?.split('"') ?? [])
  return { place, key: key.map((column) => text(row, column)), stored, sealed, boundTo: boundTo(row) }
}

function node(row: Row): ServingNode {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    keys: text(row, 'key_ids').split(' '),
    sealsWith: text(row, 'seals_with'),
    sealsSince: integer(row, 'seals_since'),
    seenAt: integer(row, 'seen_at'),
  }
}
