import { createHash } from 'node:crypto'
import type { SmtpConfig } from './channel-config.ts'
import { NotReached } from './dial.ts'
import { callHttp } from './http-call.ts'
import { member } from './http-gateway.ts'
import type { Way } from './way.ts'

type Refreshing = Extract<NonNullable<SmtpConfig['oauth2']>, { token_url: string }>

/** Tokens that still hold, by what they were got with. In memory only, and a few. */
const kept = new Map<string, { readonly token: string; readonly until: number }>()
const MOST_KEPT = 200

/** An access token for a mail server (RFC 6749 6), asked for anew a minute before the last one ends. Throws `NotReached`. */
export async function accessToken(config: Refreshing, signal: AbortSignal, way: Way): Promise<string> {
  const key = createHash('sha256').update(JSON.stringify(config)).digest('hex')
  const known = kept.get(key)
  if (known !== undefined && Date.now() < known.until) return known.token
  const { token_url: url, client_id, client_secret, refresh_token, scope } = config
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id, client_secret, refresh_token })
  if (scope !== undefined) form.set('scope', scope)
  const { status, body } = await callHttp(
    {
      url: new URL(url),
      method: 'POST',
      headers: new Headers({ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }),
      body: form.toString(),
      within: 10_000,
      signal,
    },
    { reach: way.reach },
  )
  const token = member(body, 'access_token')
  if (status !== 200 || token === undefined) {
    const why = member(body, 'error_description') ?? member(body, 'error') ?? ''
    throw new NotReached(
      `the token for the login was refused with ${status}${why === '' ? '' : `: ${why}`}`,
      status >= 500 ? 'passing' : 'lasting',
    )
  }
  const life = Number(member(body, 'expires_in') ?? 300)
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, { token, until: Date.now() + (life - 60) * 1_000 })
  return token
}
