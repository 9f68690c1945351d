import { fromSameOrigin } from '#http/same-origin.ts'

/**
 * Whether a browser says that another page than ours has sent this. Programs say nothing of the kind and are let through: what they
 * send has no cookie that a browser would have added for them. Without this a foreign form could sign somebody in to a stranger's
 * account (SE-09).
 */
export function comesFromElsewhere(request: Request, origin: string): boolean {
  const browser = ['origin', 'sec-fetch-site', 'referer'].some((name) => request.headers.has(name))
  return browser && !fromSameOrigin(request, origin)
}
