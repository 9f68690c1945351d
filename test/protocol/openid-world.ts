import assert from 'node:assert/strict'
import { mock, type TestContext } from 'node:test'
import * as client from 'openid-client'
import { apiHandlers } from '#api/handlers.ts'
import { cookieNames } from '#http/cookies.ts'
import { DOORS, type DoorName } from '#http/doors.ts'
import type { Handler } from '#http/call.ts'
import { createServer, type HttpServer } from '#http/server.ts'
import { openIdHandlers } from '#openid/handlers.ts'
import { createApplication } from '#usecases/create-application.ts'
import { setOpenIdClient } from '#usecases/set-openid-client.ts'
import { samlHandlers } from '#saml/handlers.ts'
import { errorPage, webHandlers } from '#web/handlers.ts'
import { openIdPages } from '#web/openid-pages.ts'
import { samlPages } from '#web/saml-pages.ts'
import { ADMIN, MONDAY, type World, world, type WorldOptions } from '../world.ts'

export const CALLBACK = 'https://wiki.test/callback'
export const AFTER = 'https://wiki.test/bye'

/** What a browser without scripts saw at the end of its redirects: a page of ours, or the way back to the application. */
export interface Landed {
  readonly status: number
  readonly url: URL
  readonly markup: string
  readonly headers: Headers
}

/** One person's browser at our server; it stops where a redirect leads away from it. */
export interface Walker {
  readonly cookies: Map<string, string>
  open(url: string | URL): Promise<Landed>
  /** Sends the form of the page with this action, hidden fields included. */
  submit(page: Landed, action: string, typed?: Readonly<Record<string, string>>): Promise<Landed>
  /** Gives user name and password on the login page, and the code if one is asked for. */
  signIn(page: Landed, username: string): Promise<Landed>
}

export interface OpenIdWorld extends World {
  readonly server: HttpServer
  /** The application `wiki` as openid-client sees it. */
  readonly wiki: client.Configuration
  readonly secret: string
  readonly fetch: (input: string | URL | Request, init?: object) => Promise<Response>
  walker(): Walker
  /** Another application with this name, and its secret. */
  join(
    name: string,
    more?: { readonly isPublic?: boolean },
  ): Promise<{ client: client.Configuration; secret: string | null }>
  /** An authorization request of an application, and what is needed for its answer. */
  request(more?: Readonly<Record<string, string>>, of?: client.Configuration): Promise<AuthorizationRequest>
  /** The tokens for the code that the browser was led back with. */
  redeem(
    landed: Landed,
    asked: AuthorizationRequest,
    of?: client.Configuration,
  ): ReturnType<typeof client.authorizationCodeGrant>
  /** A POST to the token endpoint as a program would make it. */
  token(fields: Readonly<Record<string, string>>): Promise<{ status: number; body: Record<string, unknown> }>
}

export interface AuthorizationRequest {
  readonly url: URL
  readonly verifier: string
  readonly nonce: string
  readonly state: string
}

/** The small world as an OpenID provider, with the application `wiki`, and no socket. `Date` follows the hand of its clock. */
export async function openIdWorld(t: TestContext, options: WorldOptions = {}): Promise<OpenIdWorld> {
  mock.timers.enable({ apis: ['Date'], now: MONDAY })
  t.after(() => mock.timers.reset())
  const small = await world({ origin: 'https://id.test', ...options })
  t.after(small.close)
  const { ports, site, clock } = small
  const pass = clock.pass.bind(clock)
  clock.pass = (duration) => {
    pass(duration)
    mock.timers.setTime(clock.now())
  }
  const nothing: Handler = async () => new Response(null, { status: 404 })
  const server = createServer({
    origin: ports.origin,
    findSite: (name) => ports.store.site(name),
    handlers: {
      ...(Object.fromEntries(DOORS.map(({ name }) => [name, nothing])) as Record<DoorName, Handler>),
      ...webHandlers(ports),
      ...apiHandlers(ports),
      ...openIdHandlers(ports, openIdPages),
      ...samlHandlers(ports, samlPages),
    },
    errorPage,
    ready: async () => ({ ok: true, detail: 'ready' }),
    trustedProxies: () => false,
    random: ports.random,
    report: (error) => {
      throw error
    },
  })
  const go = (input: string | URL | Request, init?: object): Promise<Response> =>
    server.fetch(new Request(input, init), '198.51.100.20')

  async function join(name: string, { isPublic = false }: { readonly isPublic?: boolean } = {}) {
    const made = await createApplication(ports, { ...ADMIN, site: site.name, name, fields: {} })
    assert.equal(made.kind, 'saved')
    const saved = await setOpenIdClient(ports, {
      ...ADMIN,
      site: site.name,
      application: name,
      redirectUris: [`https://${name}.test/callback`],
      postLogoutRedirectUris: [`https://${name}.test/bye`],
      isPublic,
    })
    assert.ok(saved.kind === 'saved')
    const issuer = new URL(`${ports.origin}/${site.name}/oidc`)
    const how = saved.secret === null ? client.None() : client.ClientSecretBasic(saved.secret)
    const known = await client.discovery(issuer, name, {}, how, { [client.customFetch]: go })
    known[client.customFetch] = go
    return { client: known, secret: saved.secret }
  }

  const { client: wiki, secret } = await join('wiki')
  assert.ok(secret)

  return {
    ...small,
    server,
    wiki,
    secret,
    fetch: go,
    join,
    walker: () => walkerOf(small, server),

    async request(more = {}, of = wiki) {
      const verifier = client.randomPKCECodeVerifier()
      const [nonce, state] = [client.randomNonce(), client.randomState()]
      const url = client.buildAuthorizationUrl(of, {
        redirect_uri: `https://${of.clientMetadata().client_id}.test/callback`,
        scope: 'openid profile email groups',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        nonce,
        state,
        ...more,
      })
      return { url, verifier, nonce, state }
    },

    redeem: (landed, { verifier, nonce, state }, of = wiki) =>
      client.authorizationCodeGrant(of, landed.url, {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
        expectedState: state,
      }),

    async token(fields) {
      const body = new URLSearchParams(fields)
      const answer = await go(`${ports.origin}/${site.name}/oidc/token`, { method: 'POST', body })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
  }
}

function walkerOf(small: World, server: HttpServer): Walker {
  const { ports } = small
  const cookies = new Map<string, string>()

  async function visit(to: URL, form?: URLSearchParams): Promise<Landed> {
    let at = to
    let sent = form
    for (let hops = 0; hops < 9; hops += 1) {
      const headers = new Headers({ accept: 'text/html', 'user-agent': 'Firefox/150.0' })
      if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
      if (sent) headers.set('sec-fetch-site', 'same-origin')
      const answer = await server.fetch(
        new Request(at, { headers, ...(sent ? { method: 'POST', body: sent } : {}) }),
        '198.51.100.7',
      )
      for (const each of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^(?<name>[^=]+)=(?<value>[^;]*)/.exec(each) ?? []
        if (value === '' || /Max-Age=0(?:;|$)|expires=Thu, 01 Jan 1970/i.test(each)) cookies.delete(name)
        else cookies.set(name, value)
      }
      const location = answer.headers.get('location')
      if (location === null)
        return { status: answer.status, url: at, markup: await answer.text(), headers: answer.headers }
      at = new URL(location, at)
      sent = undefined
      if (at.origin !== new URL(ports.origin).origin)
        return { status: answer.status, url: at, markup: '', headers: answer.headers }
    }
    assert.fail('the redirects have no end')
  }

  async function submit(page: Landed, action: string, typed: Readonly<Record<string, string>> = {}): Promise<Landed> {
    const forms = [
      ...page.markup.matchAll(/<form method="post" action="(?<action>[^"]*)"[^>]*>(?<inside>.*?)<\/form>/gs),
    ]
    const form = forms.find(({ groups = {} }) => groups['action'] === action)
    assert.ok(form, `the page has a form for ${action}: ${page.url.href} ${page.markup}`)
    const fields = new URLSearchParams()
    for (const [input] of (form.groups?.['inside'] ?? '').matchAll(/<input type="hidden"[^>]*>/g)) {
      const [, name = '', value = ''] = / name="([^"]*)" value="([^"]*)"/.exec(input) ?? []
      fields.set(name, value.replaceAll('&amp;', '&'))
    }
    for (const [name, value] of Object.entries(typed)) fields.set(name, value)
    return visit(new URL(action, ports.origin), fields)
  }

  return {
    cookies,
    open: (url) => visit(new URL(url, ports.origin)),
    submit,
    async signIn(page, username) {
      const typed = { username, password: `${username}-demo-password` }
      const next = await submit(page, '/acme/login', typed)
      if (!next.markup.includes('action="/acme/login/code"')) return next
      return submit(next, '/acme/login/code', { code: small.codeFor(username) })
    },
  }
}

/** The token of our session in a browser. */
export function sessionIn({ ports, site }: World, { cookies }: Walker): string {
  return cookies.get(cookieNames(site.name, ports.origin).session) ?? assert.fail('there is a session')
}

/** A browser in which somebody is signed in already. */
export function browserWith(world: OpenIdWorld, token: string): Walker {
  const browser = world.walker()
  browser.cookies.set(cookieNames(world.site.name, world.ports.origin).session, token)
  return browser
}

/** What came back to the application: a code, or the error. */
export function answerOf(landed: Landed): string {
  assert.match(landed.url.origin, /^https:\/\/\w+\.test$/, `${landed.status} ${landed.url.href} ${landed.markup}`)
  assert.equal(landed.url.searchParams.get('iss'), 'https://id.test/acme/oidc')
  return landed.url.searchParams.get('error') ?? (landed.url.searchParams.has('code') ? 'code' : 'nothing')
}
