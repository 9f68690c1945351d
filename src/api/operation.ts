import type { z } from 'zod'
import type { ProblemCode } from '#http/problems.ts'

/** What is said of one door of the API; its shapes go by the names they have in the documentation. */
export interface Operation<Shape extends string> {
  /** The name of the method in a client that is made from the document. */
  readonly id: string
  readonly summary: string
  readonly group: 'Login' | 'Session' | 'Administration' | 'Documentation'
  readonly body?: { readonly shape: Shape; readonly optional?: true }
  /** The media type of a body that is no JSON. */
  readonly file?: string
  readonly query?: z.ZodObject
  /** It honours If-Match. */
  readonly versioned?: true
  /** It honours Idempotency-Key. */
  readonly repeatable?: true
  /** By status; without shapes: without a body of ours. Several shapes: one of them. */
  readonly answers: Readonly<Record<number, { readonly says: string; readonly shapes: readonly Shape[] }>>
  readonly problems: readonly ProblemCode[]
}

export const BODY = ['invalid_request', 'unknown_field', 'unsupported_media_type'] as const satisfies ProblemCode[]
export const CALLER = [
  'unauthenticated',
  'ambiguous_credentials',
  'key_throttled',
  'busy',
] as const satisfies ProblemCode[]
