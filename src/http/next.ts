const LONGEST = 2_000

/**
 * Where to go after a sign-in, if it is a page of the site with this `path`; undefined for anything else. What comes back is the
 * path as a browser would read it, so that nothing is judged in one reading and followed in another.
 */
export function safeNext(next: string | null | undefined, path: string): string | undefined {
  if (!next || next.length > LONGEST || !next.startsWith('/') || /[\\\p{C}\s]|%0[ad0]|%5c/iu.test(next))
    return undefined
  const home = 'http://site.invalid'
  if (!URL.canParse(next, home)) return undefined
  const url = new URL(next, home)
  const inside = url.pathname === path || url.pathname.startsWith(`${path}/`)
  return url.origin === home && inside ? `${url.pathname}${url.search}${url.hash}` : undefined
}
