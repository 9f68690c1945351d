import type { z } from 'zod'
import { issueWords } from '#domain/issue-words.ts'
import type { Call } from '#http/call.ts'
import { readJson } from '#http/json-body.ts'
import { problem } from '#http/problems.ts'

export type Input<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'refused'; readonly response: Response }

export interface FieldError {
  readonly pointer: string
  readonly detail: string
}

/** The body of a request in the shape it must have. `optional`: no body is an empty one. */
export async function readInput<Shape extends z.ZodType>(
  call: Call,
  shape: Shape,
  optional = false,
): Promise<Input<z.output<Shape>>> {
  const body = await readJson(call.request, { requestId: call.origin.request, optional })
  return body.kind === 'refused' ? body : fit(call, shape, body.value)
}

/** The query of a request in the shape it must have; a name that comes twice has none. */
export function readQuery<Shape extends z.ZodType>(call: Call, shape: Shape): Input<z.output<Shape>> {
  const names = [...call.url.searchParams.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return fit(call, shape, Object.fromEntries(call.url.searchParams))
  return { kind: 'refused', response: invalid(call, [{ pointer: pointer([twice]), detail: 'comes twice' }]) }
}

/** Refuses values, each with the place it stands at. */
export function invalid(call: Call, errors: readonly FieldError[]): Response {
  const said = errors.map(({ pointer: at, detail }) => (at === '' ? detail : `${at.slice(1)}: ${detail}`))
  const detail = said.join('; ') || undefined
  return problem('invalid_request', { detail, requestId: call.origin.request, extensions: { errors } })
}

/** A place in a JSON value (RFC 6901). */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((each) => `/${String(each).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function fit<Shape extends z.ZodType>(call: Call, shape: Shape, value: unknown): Input<z.output<Shape>> {
  const parsed = shape.safeParse(value)
  if (parsed.success) return { kind: 'ok', value: parsed.data }
  const { issues } = parsed.error
  const unknown = issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return []
    return issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), detail: 'there is no such field' }))
  })
  if (unknown.length > 0) {
    const response = problem('unknown_field', { requestId: call.origin.request, extensions: { errors: unknown } })
    return { kind: 'refused', response }
  }
  const errors = issues.map((issue) => ({ pointer: pointer(issue.path), detail: issueWords(issue) }))
  return { kind: 'refused', response: invalid(call, errors) }
}

/** What was given, without what was left out. */
export function given<Fields extends object>(fields: Fields): { [K in keyof Fields]?: Exclude<Fields[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof Fields]?: Exclude<Fields[K], undefined> }
}
