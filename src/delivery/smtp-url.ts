import { isLoopback, parseChannelConfig, type SmtpConfig } from './channel-config.ts'

export type SmtpUrl =
  | { readonly ok: true; readonly config: SmtpConfig }
  | { readonly ok: false; readonly problem: string }

const SHAPE = 'smtps://user:password@host:465?from=address, or smtp:// for STARTTLS'

/**
 * A mail server as one address: `smtps://` is TLS from the first byte; `smtp://` is STARTTLS and refuses to go on without, unless
 * `tls=opportunistic` or `tls=none` is added or the server is this machine. The sentence about a bad one holds no part of it.
 */
export function smtpConfigFromUrl(text: string): SmtpUrl {
  const url = URL.parse(text.trim())
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '')
    return problem(`expected ${SHAPE}.`)
  if (url.hash !== '' || !['', '/'].includes(url.pathname))
    return problem('nothing may follow the host but parameters; a # or / in the password is written %23 or %2F.')

  const { from, tls, ...others } = Object.fromEntries(url.searchParams)
  if (Object.keys(others).length > 0) return problem('it has a parameter that is neither "from" nor "tls".')
  if (from === undefined) return problem('the parameter "from" is missing: the address that mails come from.')
  const login = loginOf(url)
  if (login === undefined) return problem('user or password is not percent-encoded properly.')

  const implicit = url.protocol === 'smtps:'
  // The host of a scheme that browsers do not know is kept as it was typed, and an IPv6 address in its brackets.
  const host = decodeURIComponent(url.hostname).replace(/^\[|\]$/g, '')
  const parsed = parseChannelConfig('email', {
    kind: 'smtp',
    host,
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    tls: implicit ? (tls ?? 'implicit') : (tls ?? (isLoopback(host) ? 'opportunistic' : 'required')),
    from,
    ...login,
  })
  if (!parsed.ok) return problem(parsed.problem.replace(/^.*?cannot be used: /, ''))
  if (parsed.config.kind !== 'smtp') return problem(`expected ${SHAPE}.`)
  if (implicit !== (parsed.config.tls === 'implicit'))
    return problem('"tls" contradicts the beginning: smtps:// is TLS from the first byte, smtp:// is not.')
  return { ok: true, config: parsed.config }
}

function problem(what: string): SmtpUrl {
  return { ok: false, problem: `The address of the mail server cannot be used: ${what}` }
}

function loginOf(url: URL): { user?: string; password?: string } | undefined {
  try {
    return {
      ...(url.username === '' ? {} : { user: decodeURIComponent(url.username) }),
      ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    }
  } catch {
    return undefined
  }
}
