import type { ProblemCode } from './shapes.ts'

/** What the server answered instead of what was asked for (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: ProblemCode | 'unknown'
  readonly title: string
  readonly request: string | null
  readonly retryAt: string | null
  /** What is wrong, by field: `email`, or the key of a setting; inside something also by its place: `config/entity_id`. */
  readonly fields: Readonly<Record<string, string>>
  /** Whom the change would strike, by name. */
  readonly users: readonly string[]

  constructor(status: number, body: unknown) {
    const told = (typeof body === 'object' && body !== null ? body : {}) as Partial<{
      title: string
      detail: string
      code: ProblemCode
      instance: string
      retry_at: string | null
      users: readonly string[]
      errors: readonly { readonly pointer: string; readonly detail: string }[]
    }>
    super(told.detail ?? '')
    this.status = status
    this.code = told.code ?? 'unknown'
    this.title = told.title ?? ''
    this.request = told.instance ?? null
    this.retryAt = told.retry_at ?? null
    this.users = told.users ?? []
    const errors = (told.errors ?? []).map(({ pointer, detail }) => [partsOf(pointer), detail] as const)
    const whole = errors.map(([parts, detail]) => [parts.join('/'), detail])
    this.fields = Object.fromEntries([...whole, ...errors.map(([[first = ''], detail]) => [first, detail])])
  }
}

/** The server could not be reached: nothing is known of what became of the request. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

function partsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
