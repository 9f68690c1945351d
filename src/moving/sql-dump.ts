/** A value of a row: SQL's NULL is null, everything else is text as it was stored. */
export type SqlRow = ReadonlyMap<string, string | null>

export interface DumpReader {
  /** Takes the next line of the dump; answers the rows that ended on it. */
  line(text: string): readonly { readonly table: string; readonly line: number; readonly row: SqlRow }[]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', b: '\b', Z: '\u001a' }

/**
 * Reads what mysqldump and mariadb-dump write, line by line, so that a dump of any size needs little memory: `CREATE TABLE` for the
 * order of the columns, `INSERT INTO` for the rows. Only the tables that are asked for are looked into.
 */
export function dumpReader(tables: readonly string[]): DumpReader {
  const columns = new Map<string, string[]>()
  let creating: string[] | null = null
  let number = 0
  return {
    line(text) {
      number += 1
      const create = /^CREATE TABLE (?:IF NOT EXISTS )?`(?<name>[^`]+)` \(/.exec(text)?.groups?.['name']
      if (create !== undefined) {
        creating = tables.includes(create) ? [] : null
        if (creating) columns.set(create, creating)
        return []
      }
      const column = creating && /^\s+`(?<name>[^`]+)` /.exec(text)?.groups?.['name']
      if (column) creating?.push(column)
      if (creating && text.startsWith(')')) creating = null
      const insert = /^(?:INSERT(?: IGNORE)?|REPLACE) INTO `(?<table>[^`]+)` (?:\((?<named>[^)]*)\) )?VALUES\s*/.exec(
        text,
      )
      const { table = '', named } = insert?.groups ?? {}
      if (!insert || !tables.includes(table)) return []
      const order =
        named === undefined
          ? (columns.get(table) ?? [])
          : [...named.matchAll(/`([^`]+)`/g)].map(([, each = '']) => each)
      const line = number
      return tuples(text, insert[0].length).map((values) => ({
        table,
        line,
        row: new Map(order.map((name, index) => [name, values[index] ?? null])),
      }))
    },
  }
}

/** The tuples of VALUES, from this place on. What is no tuple ends them. */
function tuples(text: string, from: number): readonly (readonly (string | null)[])[] {
  const found: (string | null)[][] = []
  let at = from
  while (text[at] === '(') {
    const values: (string | null)[] = []
    at += 1
    for (;;) {
      const read = valueAt(text, at)
      values.push(read.value)
      at = read.end
      if (text[at] !== ',') break
      at += 1
    }
    if (text[at] !== ')') break
    found.push(values)
    at += 1
    if (text[at] === ',') at += 1
  }
  return found
}

function valueAt(text: string, from: number): { readonly value: string | null; readonly end: number } {
  const quote = text.startsWith("_binary '", from) ? from + 8 : from
  if (text[quote] === "'") return quotedAt(text, quote + 1)
  let end = from
  while (end < text.length && text[end] !== ',' && text[end] !== ')') end += 1
  const plain = text.slice(from, end)
  return { value: plain === 'NULL' ? null : plain, end }
}

function quotedAt(text: string, from: number): { readonly value: string; readonly end: number } {
  // A line can have megabytes: the search goes on from its place and copies nothing.
  const special = /['\\]/g
  let value = ''
  let at = from
  for (;;) {
    special.lastIndex = at
    const next = special.exec(text)
    if (!next) break
    value += text.slice(at, next.index)
    at = next.index
    const after = text[at + 1] ?? ''
    if (text[at] === '\\') value += ESCAPES[after] ?? after
    else if (after === "'") value += "'"
    else return { value, end: at + 1 }
    at += 2
  }
  return { value, end: text.length }
}
