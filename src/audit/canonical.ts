/** Data that JSON can hold, and nothing else. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/**
 * The one text of a JSON value (RFC 8785): no white space, keys in the order of their UTF-16 code units, numbers and
 * strings as ECMAScript writes them. Two values have the same text exactly when they are the same JSON data, except
 * that −0 is 0. Throws TypeError for what JSON would drop or bend in silence: undefined, functions, bigints, NaN, the
 * infinities, lone surrogates, holes, dates, maps and other objects that are not plain.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw notJson('a text with half a surrogate pair')
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw notJson(String(value))
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value)
    default:
      throw notJson(typeof value)
  }
}

/**
 * Whether `text`, which JSON.parse made `value` from, is its canonical JSON. That is what `canonicalJson` tells as well; most texts
 * can be told with less work, which matters to whoever reads a log of millions.
 */
export function isCanonical(text: string, value: unknown): boolean {
  // Without escaped surrogates JSON.stringify is RFC 8785 but for the order of keys.
  const simple = !text.includes('\\ud') && keysInOrder(value) && JSON.stringify(value) === text
  return simple || canonicalOrNone(value) === text
}

function keysInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(keysInOrder)
  let last = ''
  for (const key in value) {
    if (key < last || !keysInOrder((value as Record<string, unknown>)[key])) return false
    last = key
  }
  return true
}

/** What was bent until JSON cannot hold it has no canonical text. */
function canonicalOrNone(value: unknown): string | undefined {
  try {
    return canonicalJson(value)
  } catch {
    return undefined
  }
}

function canonicalArray(values: readonly unknown[]): string {
  // By index, not by `map`, which would leave holes out.
  return `[${Array.from(values, canonicalJson).join(',')}]`
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw notJson('an object that is not plain')
  if (Object.getOwnPropertySymbols(value).length > 0) throw notJson('a key that is a symbol')
  const members = value as Readonly<Record<string, unknown>>
  // The default order of `sort` is that of UTF-16 code units, which RFC 8785 3.2.3 asks for.
  const keys = Object.keys(members).sort()
  return `{${keys.map((key) => `${canonicalJson(key)}:${canonicalJson(members[key])}`).join(',')}}`
}

function notJson(what: string): TypeError {
  return new TypeError(`${what} has no canonical JSON`)
}
