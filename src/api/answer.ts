import type { z } from 'zod'

/** An answer of the shape that the documentation promises for it. */
export function json<Shape extends z.ZodType>(
  _shape: Shape,
  body: z.input<Shape>,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  return Response.json(body, { status, headers })
}
