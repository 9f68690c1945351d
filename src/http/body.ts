import { problem } from './problems.ts'

/** Bytes of a request body that are read at most, where its door says nothing else. */
export const BODY_LIMIT = 64 * 1024

const UTF_8 = new TextDecoder('utf-8', { fatal: true })

export type BodyText =
  | { readonly kind: 'ok'; readonly text: string }
  | { readonly kind: 'refused'; readonly response: Response }

/** The body as text. Reading stops at the limit, whatever length was announced. */
export async function readText(request: Request, requestId?: string, limit = BODY_LIMIT): Promise<BodyText> {
  const tooLarge = (): BodyText => ({ kind: 'refused', response: problem('body_too_large', { requestId }) })
  if (announcesTooMuch(request, limit)) return tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    // With a length the connection ends the body there, and it is had in one piece.
    if (request.headers.has('content-length')) {
      const whole = await request.arrayBuffer()
      return whole.byteLength > limit ? tooLarge() : { kind: 'ok', text: UTF_8.decode(whole) }
    }
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength
      if (size > limit) return tooLarge()
      chunks.push(chunk)
    }
    return { kind: 'ok', text: UTF_8.decode(Buffer.concat(chunks)) }
  } catch {
    // Either the bytes are no UTF-8, or the client went away in the middle of them: nobody reads this answer then.
    const detail = 'The body is not text in UTF-8.'
    return { kind: 'refused', response: problem('invalid_request', { detail, requestId }) }
  }
}

/** Whether the Content-Length alone is reason enough to refuse. */
export function announcesTooMuch(request: Request, limit = BODY_LIMIT): boolean {
  return Number(request.headers.get('content-length') ?? 0) > limit
}

/** Whether the body is of this media type, and in UTF-8 if it says anything about it. */
export function isOfType(request: Request, wanted: string): boolean {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';')
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='))
  return type.trim() === wanted && (charset === undefined || /^charset="?utf-?8"?$/.test(charset))
}
