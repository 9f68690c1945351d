import { sameServer } from './loopback.ts'

/**
 * Whether a request comes from a page of ours: the proof that a form was not sent by somebody else's page. Browsers say so in
 * Sec-Fetch-Site; older ones, and all of them on plain http, in Origin; where both are missing a Referer of ours will do. A program
 * that says nothing of the kind is refused too: it has the API.
 */
export function fromSameOrigin(request: Request, origin: string): boolean {
  const ours = sameServer(origin)
  const site = request.headers.get('sec-fetch-site')
  if (site === 'same-origin') return true
  if (site !== null && site !== 'none') return false
  const from = request.headers.get('origin')
  if (from !== null) return ours.includes(from)
  const referer = request.headers.get('referer')
  return site === null && referer !== null && URL.canParse(referer) && ours.includes(new URL(referer).origin)
}
