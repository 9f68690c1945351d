import { isLoopback } from './loopback.ts'

/** What a page may do. `leadsTo`: an origin besides ours that a form of it may end at, by whatever redirects. */
export function contentSecurityPolicy(leadsTo?: string): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    `form-action 'self'${leadsTo === undefined ? '' : ` ${leadsTo}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** The same for pages with passkeys on them: one script of our own may run. */
export function policyWithScript(leadsTo?: string): string {
  return `${contentSecurityPolicy(leadsTo)}; script-src 'self'`
}

/** What every answer carries (R-160). A handler that has set one of them itself keeps its own. */
export function securityHeaders(origin: string): Readonly<Record<string, string>> {
  const secure = origin.startsWith('https:')
  return {
    'content-security-policy': contentSecurityPolicy(),
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
    // Without a Referer browsers leave Origin out of forms too and prove by Sec-Fetch-Site where they come from; on plain http they
    // send no Sec-Fetch-Site either, and no form would be accepted.
    'referrer-policy': secure || isLoopback(origin) ? 'no-referrer' : 'same-origin',
    ...(secure ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  }
}

/** The same answer with the headers it lacks, and without a body for HEAD. */
export function dress(response: Response, more: Readonly<Record<string, string>>, method: string): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(more)) if (!headers.has(name)) headers.set(name, value)
  const { status } = response
  return new Response(method === 'HEAD' ? null : response.body, { status, headers })
}
