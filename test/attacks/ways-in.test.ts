import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { apiHandlers } from '#api/handlers.ts'
import { openIdHandlers } from '#openid/handlers.ts'
import { samlHandlers } from '#saml/handlers.ts'
import { openIdPages } from '#web/openid-pages.ts'
import { samlPages } from '#web/saml-pages.ts'
import { forwardAuthHandlers } from '#forward-auth/handlers.ts'
import { frappeHandlers } from '#frappe/handlers.ts'
import { cookieNames } from '#http/cookies.ts'
import { DOORS } from '#http/doors.ts'
import { createServer } from '#http/server.ts'
import { webHandlers } from '#web/handlers.ts'
import { world } from '../world.ts'

/** Written by hand: a door that is to open a session has to be added here, and to docs/ways-in.md. */
const WAYS_IN = [
  'POST /login',
  'POST /login/code',
  'POST /login/passkey',
  'POST /login/passkey/answer',
  'POST /enrol/:token',
  'POST /enrol/:token/code',
  'POST /saml/:idp/acs',
  'POST /api/v1/login',
  'POST /api/v1/login/verify',
  'POST /api/v1/login/passkey',
  'POST /api/v1/login/enrol/confirm',
  'POST /api/method/login',
]

const named = ({ method, path }: { readonly method: string; readonly path: string }): string => `${method} ${path}`

function sources(): readonly (readonly [path: string, source: string])[] {
  const files = globSync('src/**/*.ts', { exclude: ['**/*.test.ts'] })
  return files.map((path) => [path, readFileSync(path, 'utf8')] as const)
}

function filesWith(pattern: RegExp): readonly string[] {
  const found = sources().filter(([, source]) => pattern.test(source))
  return found.map(([path]) => path).toSorted()
}

test('[F10] the doors that can open a session are these, and the page that lists them is complete', () => {
  assert.deepEqual(DOORS.filter(({ opens }) => opens).map(named), WAYS_IN)
  const page = readFileSync('docs/ways-in.md', 'utf8')
  const listed = [...page.matchAll(/^\| `(?<method>\w+) \/\{site\}(?<path>\S+)` \|/gm)].map(
    ({ groups = {} }) => `${groups['method']} ${groups['path']?.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  )
  assert.deepEqual(listed, WAYS_IN)
})

test('[F10] [R-185] one place makes sessions, and only a proof leads there', () => {
  assert.deepEqual(filesWith(/\bkind: 'add-session'/), ['src/ports/changes.ts', 'src/usecases/complete-login.ts'])
  assert.deepEqual(filesWith(/\bcompleteLogin\(ports/), [
    'src/usecases/confirm-enrolment.ts',
    'src/usecases/pass-challenge.ts',
    'src/usecases/settle.ts',
  ])
  assert.deepEqual(filesWith(/\bsetCookie\(cookieNames\([^)]*\)\.session/), [
    'src/frappe/login.ts',
    'src/web/sign-in-outcome.ts',
  ])
  // A step-up puts the other token of an open session into the cookie, and opens none.
  assert.deepEqual(filesWith(/\bsetCookie\(session\b/), ['src/api/renewed.ts'])
})

test('[F10] no other door sets the cookie of a session or answers the token of one, whatever is shown there', async (t) => {
  const { ports, keys, password, site, close } = await world()
  t.after(close)
  const server = createServer({
    origin: ports.origin,
    findSite: (name) => ports.store.site(name),
    handlers: {
      ...webHandlers(ports),
      ...apiHandlers(ports),
      ...forwardAuthHandlers(ports),
      ...frappeHandlers(ports),
      ...openIdHandlers(ports, openIdPages),
      ...samlHandlers(ports, samlPages),
    },
    errorPage: ({ status, title }) => new Response(title, { status }),
    ready: async () => ({ ok: true, detail: '' }),
    trustedProxies: () => false,
    random: ports.random,
    report: (error) => assert.fail(String(error)),
  })
  const names = cookieNames(site.name, ports.origin)
  const pending = await password('root')
  assert.ok(pending.kind === 'pending')
  const shown = [
    { authorization: `Bearer ${pending.pending.token}` },
    { cookie: `${names.pending}=${pending.pending.token}` },
    { authorization: `Bearer ${keys.admin}` },
    { authorization: `Bearer ${keys.service}` },
    {},
  ]
  const before = await ports.store.countSessions(site.id, null, ports.clock.now())
  for (const { method, path, face, opens } of DOORS) {
    if (opens) continue
    for (const headers of shown) {
      const place = `${ports.origin}/${site.name}${path.replaceAll(/:\w+/g, 'root')}`
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: face === 'api' ? '{}' : 'a=b' }
      const type = face === 'api' ? 'application/json' : 'application/x-www-form-urlencoded'
      const ours = { 'sec-fetch-site': 'same-origin', 'x-countersign': '1', 'content-type': type }
      const request = new Request(place, { method, headers: { ...ours, ...headers }, ...body, redirect: 'manual' })
      const answer = await server.fetch(request, '198.51.100.7')
      const cookies = answer.headers.getSetCookie().filter((each) => each.startsWith(`${names.session}=st_`))
      assert.deepEqual(cookies, [], named({ method, path }))
      assert.doesNotMatch(await answer.text(), /\bst_[\w-]{20}/, named({ method, path }))
    }
  }
  assert.equal(await ports.store.countSessions(site.id, null, ports.clock.now()), before)
})
