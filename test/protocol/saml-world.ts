import assert from 'node:assert/strict'
import { mock, type TestContext } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import type { IdentityProvider, VouchedSecondFactor } from '#domain/identity-provider.ts'
import { cookieNames } from '#http/cookies.ts'
import { DOORS, type DoorName } from '#http/doors.ts'
import type { Handler } from '#http/call.ts'
import { createServer } from '#http/server.ts'
import { samlHandlers } from '#saml/handlers.ts'
import { errorPage, webHandlers } from '#web/handlers.ts'
import { samlPages } from '#web/saml-pages.ts'
import { ADMIN, MONDAY, type World, world, type WorldOptions } from '../world.ts'
import { ENTITY, IDP_KEY, type Said } from './saml-signer.ts'

export interface SamlAnswer {
  readonly status: number
  readonly location: string | null
  readonly markup: string
  /** The session that came of it; null: none. */
  readonly token: string | null
}

export interface SamlWorld extends World {
  readonly acs: string
  readonly entityId: string
  /** A browser begins a sign-in: what it would carry to the provider. */
  begin(
    query?: string,
  ): Promise<{ readonly request: string; readonly cookie: string; readonly to: URL; readonly said: Said }>
  /** The browser comes back with an answer. */
  answer(xml: string, cookie: string | null): Promise<SamlAnswer>
  get(path: string): Promise<Response>
}

/** Enters the signer's provider as `corp`. The store takes a bare public key; only the administration insists on a certificate. */
export async function addProvider(
  at: World,
  name: string,
  more: {
    secondFactor?: VouchedSecondFactor
    userAttribute?: string | null
    entityId?: string
    key?: string
    ssoUrl?: string
  } = {},
): Promise<void> {
  const {
    secondFactor = 'skip',
    userAttribute = null,
    entityId = ENTITY,
    key = IDP_KEY,
    ssoUrl = 'https://idp.test/sso',
  } = more
  const site = at.site.id
  const provider: IdentityProvider = {
    site,
    name,
    title: 'Corp',
    kind: 'saml',
    enabled: true,
    secondFactor,
    config: {
      entityId,
      ssoUrl,
      certificates: [key],
      usernameAttribute: userAttribute,
      multiFactorContexts: ['https://refeds.org/profile/mfa'],
    },
    version: 1,
  }
  const committed = await at.ports.store.commit({
    site,
    at: at.clock.now(),
    origin: ADMIN.origin,
    changes: [{ kind: 'add-identity-provider', provider }],
    events: [{ ev: 'identity_provider.changed', actor: ADMIN.actor, subject: null, application: null, data: {} }],
  })
  assert.equal(committed, 'committed')
}

export async function samlWorld(
  t: TestContext,
  {
    secondFactor = 'skip',
    userAttribute = null,
    real,
    ...options
  }: WorldOptions & {
    secondFactor?: VouchedSecondFactor
    userAttribute?: string | null
    /** A provider that somebody else wrote, in place of the signer. */
    real?: { readonly entityId: string; readonly key: string; readonly ssoUrl: string }
  } = {},
): Promise<SamlWorld> {
  mock.timers.enable({ apis: ['Date'], now: MONDAY })
  t.after(() => mock.timers.reset())
  const small = await world({ origin: 'https://id.test', races: false, ...options })
  t.after(small.close)
  const { ports, site, clock } = small
  const pass = clock.pass.bind(clock)
  clock.pass = (duration) => {
    pass(duration)
    mock.timers.setTime(clock.now())
  }
  await addProvider(small, 'corp', { secondFactor, userAttribute, ...real })
  const nothing: Handler = async () => new Response(null, { status: 404 })
  const server = createServer({
    origin: ports.origin,
    findSite: (name) => ports.store.site(name),
    handlers: {
      ...(Object.fromEntries(DOORS.map(({ name }) => [name, nothing])) as Record<DoorName, Handler>),
      ...webHandlers(ports),
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
  const base = `${ports.origin}/acme/saml/corp`
  const [acs, entityId] = [`${base}/acs`, `${base}/metadata`]
  const session = cookieNames(site.name, ports.origin).session

  return {
    ...small,
    acs,
    entityId,
    get: (path) => server.fetch(new Request(`${ports.origin}${path}`), '198.51.100.7'),

    async begin(query = '') {
      const answer = await server.fetch(new Request(`${base}/login${query}`), '198.51.100.7')
      assert.equal(answer.status, 303)
      const to = new URL(answer.headers.get('location') ?? '')
      const xml = inflateRawSync(Buffer.from(to.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
      const request = / ID="(?<id>[^"]+)"/.exec(xml)?.groups?.['id'] ?? assert.fail(xml)
      const [set = ''] = answer.headers.getSetCookie()
      assert.match(
        set,
        /^cs-acme-saml-corp=[\w-]+; Path=\/acme\/saml\/corp\/acs; Max-Age=900; HttpOnly; Secure; SameSite=None$/,
      )
      return {
        request,
        cookie: set.split(';')[0] ?? '',
        to,
        said: { request, acs, audience: entityId, now: clock.now() },
      }
    },

    async answer(xml, cookie) {
      const body = new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: '' })
      const headers = {
        // As a browser sends what a page of the provider posts.
        'sec-fetch-site': 'cross-site',
        origin: 'https://idp.test',
        ...(cookie === null ? {} : { cookie }),
      }
      const answer = await server.fetch(new Request(acs, { method: 'POST', body, headers }), '198.51.100.7')
      const set = answer.headers.getSetCookie().find((each) => each.startsWith(`${session}=st_`))
      return {
        status: answer.status,
        location: answer.headers.get('location'),
        markup: await answer.text(),
        token: set?.slice(session.length + 1).split(';')[0] ?? null,
      }
    },
  }
}
