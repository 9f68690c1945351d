import { isSiteName } from './site.ts'
import { pathOfAddress } from './site-address.ts'

export type ParsedAddresses =
  | { readonly ok: true; readonly siteAddresses: ReadonlyMap<string, string> }
  /** What is wrong, in words that follow the name of the variable. */
  | { readonly ok: false; readonly problem: string }

/** `https://login.example.com` or, where the server shares its host, `https://intranet.example.com/login`; undefined: it is none. */
export function parseAddress(text: string): string | undefined {
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || !/^(?:\/[\w.~-]+)*\/?$/.test(url.pathname))
    return undefined
  return `${url.origin}${pathOfAddress(text)}` === text ? text : undefined
}

/**
 * `acme=https://login.acme.test, globex=https://login.globex.test`: the addresses of sites that have one of their own. `origin`: that of
 * the deployment. All are reached by one scheme, since cookies are made for it, and none lies within another.
 */
export function parseSiteAddresses(text: string, origin: string): ParsedAddresses {
  const siteAddresses = new Map<string, string>()
  for (const pair of text.split(',').flatMap((each) => each.trim() || [])) {
    const [, name = '', given = ''] = /^([^=]*)=(.*)$/.exec(pair) ?? []
    const address = parseAddress(given)
    if (!isSiteName(name) || address === undefined || siteAddresses.has(name))
      return wrong('is not a list like acme=https://login.acme.test, each site once (no slash at the end)')
    if (new URL(address).protocol !== new URL(origin).protocol)
      return wrong(`gives ${name} an address of another scheme than COUNTERSIGN_ORIGIN has`)
    const other = [...siteAddresses, ['COUNTERSIGN_ORIGIN', origin] as const].find(([, each]) => overlap(each, address))
    if (other) return wrong(`gives ${name} an address that lies within that of ${other[0]}, or around it`)
    siteAddresses.set(name, address)
  }
  return { ok: true, siteAddresses }
}

function wrong(problem: string): ParsedAddresses {
  return { ok: false, problem }
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [`${one}/`, `${other}/`]
  return a.startsWith(b) || b.startsWith(a)
}
