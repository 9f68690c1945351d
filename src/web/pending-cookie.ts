import { clearCookie, cookieNames, setCookie } from '#http/cookies.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'

/** Tabs that can be in the middle of a sign-in at once; the oldest makes room. */
const TABS = 4

type Here = Pick<Ports, 'vault' | 'origin'>

/**
 * The pending logins of this browser, newest first. Each tab may have its own, and neither ends the other: the cookie
 * holds the tokens, and the pages name the one they mean by a piece of its digest, which opens nothing.
 */
function tokens(here: Here, call: Call): readonly string[] {
  const value = call.cookies.get(cookieNames(call.site.name, here.origin).pending) ?? ''
  return value
    .split('.')
    .filter((token) => /^[\w-]{1,100}$/.test(token))
    .slice(0, TABS)
}

/** How pages and addresses name a pending login. */
export function loginName(here: Here, token: string): string {
  return here.vault.digest(token).slice(0, 16)
}

/** The token of the pending login that a page names; of the newest one, if it names none. */
export function pendingToken(here: Here, call: Call, name: string | undefined): string | undefined {
  const held = tokens(here, call)
  return name === undefined ? held[0] : held.find((token) => loginName(here, token) === name)
}

/** The cookie with one more pending login. */
export function addPending(here: Here, call: Call, token: string): string {
  return pendingCookie(here, call, [token, ...tokens(here, call)])
}

/** The cookie without a pending login that is over. */
export function dropPending(here: Here, call: Call, token: string): string {
  return pendingCookie(
    here,
    call,
    tokens(here, call).filter((each) => each !== token),
  )
}

function pendingCookie({ origin }: Here, call: Call, held: readonly string[]): string {
  const name = cookieNames(call.site.name, origin).pending
  // Without an age of its own it ends with the browser; the logins in it end by themselves much sooner.
  return held.length === 0 ? clearCookie(name, origin) : setCookie(name, held.slice(0, TABS).join('.'), origin)
}
