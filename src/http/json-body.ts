import { isOfType, readText } from './body.ts'
import { problem } from './problems.ts'

const DEEPEST = 16
/** Names that mean something to the language itself (IV-03). */
const NO_KEYS = ['__proto__', 'constructor', 'prototype']

export type JsonBody =
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly response: Response }

/**
 * The JSON value in a request body, read strictly: what two readers could read differently is refused. `optional`: no body at all is
 * an empty object.
 */
export async function readJson(
  request: Request,
  { requestId, optional = false }: { requestId?: string; optional?: boolean } = {},
): Promise<JsonBody> {
  const announced = request.headers.has('content-type')
  if ((announced || !optional) && !isOfType(request, 'application/json')) {
    return {
      kind: 'refused',
      response: problem('unsupported_media_type', { detail: 'The body is sent as application/json.', requestId }),
    }
  }
  const body = await readText(request, requestId)
  if (body.kind === 'refused') return body
  if (optional && body.text === '') return { kind: 'ok', value: {} }
  if (!announced) return { kind: 'refused', response: problem('unsupported_media_type', { requestId }) }
  const wrong = (detail: string): JsonBody => ({
    kind: 'refused',
    response: problem('invalid_request', { detail, requestId }),
  })
  let value: unknown
  try {
    value = JSON.parse(body.text)
  } catch {
    return wrong('The body is not JSON.')
  }
  const oddity = whatIsOdd(body.text)
  return oddity === undefined ? { kind: 'ok', value } : wrong(oddity)
}

/** What JSON.parse lets pass and we do not. `text` is known to be JSON, so that its brackets and strings can be counted off. */
function whatIsOdd(text: string): string | undefined {
  const open: (Set<string> | null)[] = []
  let last = ''
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const key = JSON.parse(last) as string
      const keys = open.at(-1)
      if (NO_KEYS.includes(key)) return `The body has a field named ${key}.`
      if (keys?.has(key)) return 'A field of the body comes twice.'
      keys?.add(key)
    }
    if (open.length > DEEPEST) return 'The body is nested too deeply.'
    last = token
  }
  return undefined
}
