type Schema = Record<string, unknown>

/** A JSON Schema as our API's document has it, as a TypeScript type. Unknown parts become `unknown`, so that nothing is claimed. */
export function typeOf(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return 'unknown'
  const { $ref, const: constant, enum: words, type, anyOf, oneOf, allOf } = schema as Schema
  if (typeof $ref === 'string') return nameOf($ref)
  if (constant !== undefined) return JSON.stringify(constant)
  if (Array.isArray(words)) return union(words.map((word) => JSON.stringify(word)))
  const choices = anyOf ?? oneOf
  if (Array.isArray(choices)) return union(choices.map(typeOf))
  if (Array.isArray(allOf)) return allOf.map(typeOf).join(' & ')
  if (Array.isArray(type)) return union(type.map((each) => typeOf({ ...schema, type: each })))
  switch (type) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return `readonly ${inBrackets(typeOf((schema as Schema)['items']))}[]`
    case 'object':
      return objectType(schema as Schema)
    default:
      return 'unknown'
  }
}

/** `#/components/schemas/User` is `User`. */
export function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}

/** A property name, quoted where it has to be. */
export function key(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name)
}

function objectType({ properties, required, additionalProperties }: Schema): string {
  const fields = Object.entries((properties ?? {}) as Record<string, unknown>)
  const needed = Array.isArray(required) ? (required as readonly string[]) : []
  if (fields.length === 0) {
    const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'
    return additionalProperties === false ? 'Readonly<Record<string, never>>' : `Readonly<Record<string, ${values}>>`
  }
  const lines = fields.map(([name, each]) => {
    const optional = needed.includes(name) ? '' : '?'
    return `readonly ${key(name)}${optional}: ${typeOf(each)}${optional === '' ? '' : ' | undefined'}`
  })
  return `{ ${lines.join('; ')} }`
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ') || 'never'
}

function inBrackets(type: string): string {
  return /[|&]/.test(type) ? `(${type})` : type
}
