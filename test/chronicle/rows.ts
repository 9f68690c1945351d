import { DatabaseSync } from 'node:sqlite'

type Values = Readonly<Record<string, unknown>>
/** Every row of every table, by table and what identifies it. */
export type Rows = ReadonlyMap<string, Values>

/** Told by its entries already, or of the machine and not of the site. */
const LEFT_OUT = /^(?:sqlite_|migrations|audit_heads|nodes)/
/** Columns that move at every use, or follow from the others. */
const PASSED_OVER = new Set(['last_used_at', 'hash', 'prev_hash', 'salt'])

export interface Watched {
  readonly rows: () => Rows
  readonly close: () => void
}

/** A second reader of a database file, which sees what is committed. */
export function watch(file: string): Watched {
  const db = new DatabaseSync(file, { readOnly: true })
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !LEFT_OUT.test(name))
  const all = tables.map((table) => {
    const keys = db
      .prepare(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`)
      .all()
      .map(({ name }) => String(name))
    return { table, keys, select: db.prepare(`SELECT * FROM "${table}"`) }
  })
  return {
    rows: () =>
      new Map(
        all.flatMap(({ table, keys, select }) =>
          select.all().map((row) => [`${table} ${keys.map((key) => said(row[key])).join(' ')}`, row] as const),
        ),
      ),
    close: () => db.close(),
  }
}

/** Of the library for OpenID Connect, whose chance comes from no seed: their keys and contents, and with them their order, are others each time. */
const OF_CHANCE = /^(\s+[-+~] openid_artifacts) [^:]*:?/

/** One line for each row that came, went or is another. */
export function difference(before: Rows, after: Rows): readonly string[] {
  const lines = linesOf(before, after)
  const of = (line: string): boolean => OF_CHANCE.test(line)
  const kept = lines.filter(of).map((line) => {
    const [head = ''] = OF_CHANCE.exec(line) ?? []
    const columns = line
      .slice(head.length)
      .match(/(?<=\s)(?:kind|created_at|expires_at|consumed_at)\b[^,]*?(?=\s\w+=|,|$)/g)
    return `${head.replace(OF_CHANCE, '$1')} ${(columns ?? []).join(' ')}`.trimEnd()
  })
  return [...lines.filter((line) => !of(line)), ...kept.toSorted()]
}

function linesOf(before: Rows, after: Rows): readonly string[] {
  const lines: string[] = []
  for (const [key, row] of after) {
    const old = before.get(key)
    if (key.startsWith('audit_entries ') && old !== undefined) continue
    if (key.startsWith('audit_entries ')) lines.push(`  log ${entry(row)}`)
    // Who and from where an entry is about: only that it is erased is worth a line.
    else if (old === undefined && key.startsWith('audit_personal ')) continue
    else if (old === undefined) lines.push(`  + ${key}: ${pairs(row)}`)
    else {
      const moved = Object.entries(row).filter(
        ([name, value]) => said(value) !== said(old[name]) && !PASSED_OVER.has(name),
      )
      if (moved.length > 0)
        lines.push(
          `  ~ ${key}: ${moved.map(([name, value]) => `${name} ${said(old[name])} → ${said(value)}`).join(', ')}`,
        )
    }
  }
  for (const key of before.keys()) if (!after.has(key)) lines.push(`  - ${key}`)
  return lines
}

function pairs(row: Values): string {
  return Object.entries(row)
    .filter(([name, value]) => value !== null && !PASSED_OVER.has(name))
    .map(([name, value]) => `${name}=${said(value)}`)
    .join(' ')
}

interface Entry {
  readonly ev: string
  readonly actor: { readonly id: string }
  readonly subject: { readonly id: string } | null
  readonly app: string | null
  readonly data: unknown
}

/** What an entry of the audit log says, without what makes it a link of a chain. */
function entry(row: Values): string {
  const { ev, actor, subject, app, data } = JSON.parse(String(row['entry'])) as Entry
  const about = subject === null ? '' : ` of ${subject.id}`
  const where = app === null ? '' : ` at ${app}`
  return `${ev} by ${actor.id}${about}${where} ${JSON.stringify(data)}`
}

/** Bytes are sealed, or a digest: that they are there, and how many, is all that can be told of them. */
function said(value: unknown): string {
  if (value instanceof Uint8Array) return `(${value.length} bytes)`
  return String(value)
}
