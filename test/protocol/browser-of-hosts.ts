import assert from 'node:assert/strict'

/** One answer on its way to a browser. */
export interface Arrived {
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface Outbound {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Headers
  readonly body?: string
}

/** A browser without scripts that goes between hosts: each has its own cookies, and redirects and refreshing pages are followed. */
export interface BrowserOfHosts {
  open(address: string, headers?: Readonly<Record<string, string>>): Promise<Arrived>
  /** Sends the form of the page with this action, its hidden fields included. */
  submit(action: string, typed: Readonly<Record<string, string>>): Promise<Arrived>
  /** The next answer as it comes, followed nowhere. */
  knock(address: string, headers?: Readonly<Record<string, string>>): Promise<Arrived>
  cookies(host: string): ReadonlyMap<string, string>
  plant(host: string, name: string, value: string): void
  /** Every address it has been at, in order. */
  readonly history: readonly string[]
}

export function browserOfHosts(send: (outbound: Outbound) => Promise<Response>): BrowserOfHosts {
  const jars = new Map<string, Map<string, string>>()
  const history: string[] = []
  let page: Arrived | undefined

  const jarOf = (host: string): Map<string, string> => {
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }

  async function knock(address: string, more: Readonly<Record<string, string>> = {}, form?: URLSearchParams) {
    const url = new URL(address)
    history.push(url.href)
    const jar = jarOf(url.hostname)
    const headers = new Headers({ accept: 'text/html', 'user-agent': 'Firefox/150.0', ...more })
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    if (form) {
      headers.set('content-type', 'application/x-www-form-urlencoded')
      headers.set('origin', url.origin)
    }
    const response = await send({
      url,
      headers,
      ...(form ? { method: 'POST', body: form.toString() } : { method: 'GET' }),
    })
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? []
      assert.doesNotMatch(each, /domain=/i)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return { url, status: response.status, headers: response.headers, text: await response.text() }
  }

  async function follow(arrived: Arrived): Promise<Arrived> {
    let at = arrived
    for (let hops = 0; hops < 12; hops++) {
      const location = at.headers.get('location') ?? refreshOf(at.text)
      if (location === undefined) {
        page = at
        return at
      }
      at = await knock(new URL(location, at.url).href)
    }
    throw new Error(`the redirects have no end: ${history.slice(-6).join(' → ')}`)
  }

  return {
    history,
    knock: (address, headers) => knock(address, headers),
    open: async (address, headers) => follow(await knock(address, headers)),
    async submit(action, typed) {
      assert.ok(page)
      const form = [...page.text.matchAll(/<form\b[^>]*action="(?<to>[^"]*)"[^>]*>(?<inside>.*?)<\/form>/gs)].find(
        ({ groups = {} }) => groups['to'] === action,
      )
      assert.ok(form, `no form leads to ${action} on ${page.url.href}: ${page.text}`)
      const hidden = [...(form.groups?.['inside'] ?? '').matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)]
      const fields = new URLSearchParams()
      for (const [, name = '', value = ''] of hidden) fields.set(name, unescape(value))
      for (const [name, value] of Object.entries(typed)) fields.set(name, value)
      return follow(await knock(new URL(action, page.url).href, {}, fields))
    },
    cookies: (host) => jarOf(host),
    plant: (host, name, value) => void jarOf(host).set(name, value),
  }
}

function refreshOf(markup: string): string | undefined {
  const address = /<meta http-equiv="refresh" content="0; url=([^"]+)">/.exec(markup)?.[1]
  return address === undefined ? undefined : unescape(address)
}

function unescape(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')
}
