import fc from 'fast-check'

// Requests as nobody writes them, and as somebody almost would: the second kind gets past the first check and meets the next one.

type Schema = Readonly<Record<string, unknown>>

/** Texts that have broken programs before, among any others. */
export const oddText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\r\nSet-Cookie: a=b',
    '../../etc/passwd',
    '%00%0d%0a',
    '__proto__',
    '\u202Ekim',
    '＇ OR 1=1',
    '{{7*7}}',
    '${7*7}',
    '9'.repeat(400),
    'null',
    'NaN',
    '-0',
    '1e999',
    '\uFFFF\uD800',
    'kim',
    'web',
    'email',
    '123456',
  ),
)

/** A value in the shape of a schema, with something else in one place of four. */
export function bodyLike(schema: Schema, shapes: Schema, depth = 0): fc.Arbitrary<unknown> {
  const other = fc.jsonValue({ maxDepth: 2 })
  return fc.oneof({ weight: 3, arbitrary: rightKind(schema, shapes, depth) }, { weight: 1, arbitrary: other })
}

function rightKind(schema: Schema, shapes: Schema, depth: number): fc.Arbitrary<unknown> {
  const { $ref, type, properties, items } = schema
  if (depth > 5) return fc.constant(null)
  if (typeof $ref === 'string') {
    const named = shapes[$ref.slice($ref.lastIndexOf('/') + 1)]
    return rightKind((named ?? {}) as Schema, shapes, depth + 1)
  }
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  const either = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(either) && either.length > 0)
    return fc.oneof(...either.map((each: Schema) => rightKind(each, shapes, depth + 1)))
  const first: unknown = Array.isArray(type) ? type[0] : type
  switch (first) {
    case 'object': {
      const fields = Object.entries((properties ?? {}) as Record<string, Schema>)
      const known = Object.fromEntries(fields.map(([name, each]) => [name, bodyLike(each, shapes, depth + 1)]))
      return fields.length === 0
        ? fc.dictionary(oddText, oddText, { maxKeys: 3 })
        : fc.record(known, { requiredKeys: [] })
    }
    case 'array':
      return fc.array(bodyLike((items ?? {}) as Schema, shapes, depth + 1), { maxLength: 4 })
    case 'integer':
      return fc.oneof(fc.integer(), fc.integer({ min: -1, max: 20 }), fc.maxSafeInteger())
    case 'number':
      return fc.double()
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return oddText
  }
}
