import type { Html } from './html.ts'

export interface Extras {
  readonly cookies?: readonly string[]
  /** Seconds. */
  readonly retryAfter?: number | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** A page. What is on it belongs to one person at one moment, so nothing between us keeps it. */
export function respond(page: Html, status: number, extras: Extras = {}): Response {
  const headers = headersWith(extras)
  headers.set('content-type', 'text/html; charset=utf-8')
  return new Response(page.toString(), { status, headers })
}

/** To another page, always with GET: going back never sends a form again. */
export function seeOther(location: string, extras: Extras = {}): Response {
  const headers = headersWith(extras)
  headers.set('location', location)
  return new Response(null, { status: 303, headers })
}

function headersWith({ cookies = [], retryAfter, headers: more = {} }: Extras): Headers {
  const headers = new Headers({ ...more, 'cache-control': 'no-store', vary: 'Accept-Language, Cookie' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  return headers
}
