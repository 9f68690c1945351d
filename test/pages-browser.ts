import assert from 'node:assert/strict'
import { createServer } from '#http/server.ts'
import { DOORS, type DoorName } from '#http/doors.ts'
import type { Handler } from '#http/call.ts'
import { assets } from '#web/assets.ts'
import { errorPage, webHandlers } from '#web/handlers.ts'
import type { World } from './world.ts'

/** What a person has before their eyes after following all redirects. */
export interface Seen {
  readonly status: number
  /** Path and query of the address bar. */
  readonly at: string
  readonly markup: string
  /** The words, without the markup. */
  readonly text: string
  readonly title: string
  readonly headers: Headers
}

/** A browser without scripts: cookies, redirects and forms, and no socket. */
export interface Browser {
  readonly cookies: ReadonlyMap<string, string>
  /** Set-Cookie values of the last visit, redirects included. */
  setCookies(): readonly string[]
  open(path: string): Promise<Seen>
  /** Sends the form of the page with this action, its hidden fields and ticked boxes included. */
  submit(action: string, typed?: Readonly<Record<string, string>>, without?: readonly string[]): Promise<Seen>
  /** The page as another tab has it: forms are then sent from there. */
  turnTo(seen: Seen): void
}

/** The people's doors of a world. Programs find nothing behind theirs. */
export function pagesOf({ ports, site }: World, peer = '198.51.100.7'): { browser(language?: string): Browser } {
  const nothing: Handler = async () => new Response(null, { status: 404 })
  const behind = Object.fromEntries(DOORS.map(({ name }) => [name, nothing])) as Record<DoorName, Handler>
  const server = createServer({
    origin: ports.origin,
    findSite: async (name) => (name === site.name ? site : null),
    handlers: { ...behind, ...webHandlers(ports) },
    errorPage,
    extra: async (request) => (new URL(request.url).pathname === assets().path ? assets().response() : undefined),
    ready: async () => ({ ok: true, detail: 'ready' }),
    trustedProxies: () => false,
    random: ports.random,
    report: (error) => {
      throw error
    },
  })
  return { browser: (language) => openBrowser((request) => server.fetch(request, peer), ports.origin, language) }
}

function openBrowser(
  fetch: (request: Request) => Promise<Response>,
  origin: string,
  language: string | undefined,
): Browser {
  const cookies = new Map<string, string>()
  let page: Seen | undefined
  let set: string[] = []

  async function visit(path: string, form?: URLSearchParams): Promise<Seen> {
    set = []
    let response = await send(path, form)
    let at = path
    for (let hops = 0; [302, 303, 308].includes(response.status); hops++) {
      assert.ok(hops < 5, 'the redirects have an end')
      at = response.headers.get('location') ?? ''
      response = await send(at)
    }
    const markup = await response.text()
    page = {
      status: response.status,
      at,
      markup,
      text: words(markup.replace(/<head>.*?<\/head>/s, '')),
      title: words(/<title>(?<title>.*?)<\/title>/s.exec(markup)?.groups?.['title'] ?? ''),
      headers: response.headers,
    }
    return page
  }

  async function send(path: string, form?: URLSearchParams): Promise<Response> {
    const headers = new Headers({ accept: 'text/html', 'user-agent': 'Firefox/150.0' })
    if (language !== undefined) headers.set('accept-language', language)
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    if (form) {
      headers.set('content-type', 'application/x-www-form-urlencoded')
      headers.set('origin', origin)
      headers.set('sec-fetch-site', 'same-origin')
    }
    const body = form ? { method: 'POST', body: form.toString() } : {}
    const response = await fetch(new Request(new URL(path, origin), { headers, ...body }))
    for (const each of response.headers.getSetCookie()) {
      set.push(each)
      const [, name = '', value = ''] = /^(?<name>[^=]+)=(?<value>[^;]*)/.exec(each) ?? []
      if (/Max-Age=0(?:;|$)/.test(each)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  return {
    cookies,
    setCookies: () => set,
    open: (path) => visit(path),
    submit(action, typed = {}, without = []) {
      const forms = [
        ...(page?.markup.matchAll(/<form method="post" action="(?<action>[^"]*)"[^>]*>(?<inside>.*?)<\/form>/gs) ?? []),
      ]
      const channel = typed['channel']
      const form = forms.find(
        ({ groups = {} }) =>
          groups['action'] === action && (!channel || groups['inside']?.includes(`value="${channel}"`)),
      )
      assert.ok(form, `the page has a form for ${action}`)
      const fields = new URLSearchParams()
      for (const [input] of (form.groups?.['inside'] ?? '').matchAll(/<input [^>]*>/g)) {
        const name = attribute(input, 'name')
        const sent = attribute(input, 'type') === 'hidden' || / checked/.test(input)
        if (sent && !without.includes(name)) fields.set(name, attribute(input, 'value'))
      }
      for (const [name, value] of Object.entries(typed)) fields.set(name, value)
      return visit(action, fields)
    },
    turnTo(seen) {
      page = seen
    },
  }
}

function attribute(tag: string, name: string): string {
  return unescape(new RegExp(` ${name}="(?<value>[^"]*)"`).exec(tag)?.groups?.['value'] ?? '')
}

function words(markup: string): string {
  return unescape(markup.replaceAll(/<\/?(?:bdi|time|strong)\b[^>]*>/g, '').replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ (?=[.,;])/g, '')
    .trim()
}

function unescape(text: string): string {
  const named: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  return text.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => named[entity] ?? entity)
}
