import { openApi } from '#api/openapi.ts'
import { PROBLEMS } from '#http/problems.ts'
import { key, typeOf } from './typescript.ts'

interface Described {
  readonly operationId: string
  readonly summary: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly description?: string }[]
  readonly requestBody?: {
    readonly required: boolean
    readonly content: Readonly<Record<string, { readonly schema: unknown }>>
  }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }>
  >
}

interface Told {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly operation: Described
}

/** Operations that a client of programs has no method for, with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  getDocs: 'a page for people',
  takeReceipt: 'called by SMS gateways, in the form of each',
  takeReceiptByAddress: 'called by SMS gateways, in the form of each',
}

const NOTE = '// Made from the API by scripts/client.ts; do not edit.\n\n'

/** `client/operations.js`: what the client has to know of each operation to call it, and the closed list of codes. */
export function operationsModule(): string {
  const rows = operations().map(({ id, method, path, operation }) => {
    const query = named(operation, 'query')
    const row = { method, path, query, body: bodyType(operation), pages: isList(operation) }
    return `  ${id}: ${JSON.stringify(row)},`
  })
  const codes = Object.keys(PROBLEMS).map((code) => `  ${JSON.stringify(code)},`)
  return `${NOTE}export const OPERATIONS = {\n${rows.join('\n')}\n}\n\nexport const PROBLEM_CODES = [\n${codes.join('\n')}\n]\n`
}

/** `client/operations.d.ts`: every shape of the API, and a method for each operation. */
export function operationsTypes(): string {
  const { components } = document()
  const shapes = Object.entries(components.schemas)
    .filter(([name]) => name !== 'Problem')
    .map(([name, schema]) => `export type ${name} = ${typeOf(schema)}\n`)
  const codes = Object.keys(PROBLEMS).map((code) => JSON.stringify(code))
  const methods = operations().map(({ id, operation, path }) => {
    const args = argumentsOf(operation, path)
    const question = args.needed ? '' : '?'
    return `  /** ${operation.summary} */\n  ${id}(call${question}: ${args.type}): Promise<${answerOf(operation)}>\n`
  })
  const lists = operations().filter(({ operation }) => isList(operation))
  return [
    NOTE,
    `import type { CallOptions } from './countersign.d.ts'\n\n`,
    `export type ProblemCode = ${codes.join(' | ')}\n`,
    'export declare const PROBLEM_CODES: readonly ProblemCode[]\n',
    `export declare const OPERATIONS: Readonly<Record<OperationId, { readonly method: string; readonly path: string; readonly query: readonly string[]; readonly body: string | null; readonly pages: boolean }>>\n`,
    `export type OperationId = keyof Operations\n`,
    `/** Operations whose answers come in pages. */\nexport type ListId = ${lists.map(({ id }) => JSON.stringify(id)).join(' | ')}\n\n`,
    shapes.join(''),
    `\nexport interface Operations {\n${methods.join('')}}\n`,
  ].join('')
}

function argumentsOf(operation: Described, path: string): { readonly type: string; readonly needed: boolean } {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => `readonly ${name}: string`)
  const query = named(operation, 'query').map((name) => `readonly ${key(name)}?: string | number | boolean | undefined`)
  const sent = operation.requestBody
  const [content] = Object.values(sent?.content ?? {})
  const optional = sent?.required === true ? '' : '?'
  const body =
    sent && content
      ? [`readonly body${optional}: ${typeOf(content.schema)}${optional === '' ? '' : ' | undefined'}`]
      : []
  const fields = [...inPath, ...query, ...body]
  const type = fields.length === 0 ? 'CallOptions' : `CallOptions & { ${fields.join('; ')} }`
  return { type, needed: inPath.length > 0 || sent?.required === true }
}

function answerOf({ responses }: Described): string {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  const types = good.map(([, { content }]) =>
    content?.['application/json'] ? typeOf(content['application/json'].schema) : 'undefined',
  )
  // An answer whose form is not described is text: a file, or the description itself.
  const told =
    types.every((each) => each === 'undefined') && good.some(([status]) => status === '200') ? ['unknown'] : types
  return [...new Set(told)].join(' | ')
}

function bodyType({ requestBody }: Described): string | null {
  return Object.keys(requestBody?.content ?? {})[0] ?? null
}

function named({ parameters = [] }: Described, where: string): readonly string[] {
  return parameters.filter((each) => each.in === where).map(({ name }) => name)
}

/** It takes a cursor and answers one. */
function isList(operation: Described): boolean {
  return named(operation, 'query').includes('cursor')
}

function operations(): readonly Told[] {
  return Object.entries(document().paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation.operationId in LEFT_OUT
        ? []
        : [{ id: operation.operationId, method: method.toUpperCase(), path, operation }],
    ),
  )
}

function document() {
  return openApi({ address: 'https://login.example.com/acme', name: 'acme' }) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
    readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
  }
}
