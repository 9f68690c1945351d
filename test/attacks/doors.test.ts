import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { cookieNames } from '#http/cookies.ts'
import { Secret } from '#domain/secret.ts'
import { DOORS } from '#http/doors.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { createUser } from '#usecases/users.ts'
import { type ApiWorld, apiWorld } from '../api-world.ts'
import { secondSite } from '../second-site.ts'
import { ADMIN } from '../world.ts'

// Every door of the administration is tried by everybody. What each of them should be answered is written down here by hand, a second
// time, so that a door cannot move to another right without somebody noticing.

const NEEDS: Readonly<Record<string, string>> = {
  'POST /challenges': 'challenges',
  'GET /settings': 'settings:read',
  'PATCH /settings': 'settings:write',
  'POST /settings/preset': 'settings:write',
  'POST /settings/preview': 'settings:read',
  'GET /users': 'users:read',
  'POST /users': 'users:write',
  'POST /users/import': 'users:write',
  'GET /hardware': 'users:read',
  'POST /hardware': 'users:write',
  'PUT /hardware/:token': 'users:write',
  'DELETE /hardware/:token': 'users:write',
  'POST /hardware/:token/resynchronise': 'users:write',
  'GET /users/:username': 'users:read',
  'PATCH /users/:username': 'users:write',
  'DELETE /users/:username': 'users:write',
  'PUT /users/:username/bypass': 'users:write',
  'DELETE /users/:username/bypass': 'users:write',
  'PUT /users/:username/applications/:application': 'users:write',
  'GET /users/:username/sessions': 'users:read',
  'DELETE /users/:username/sessions': 'sessions:write',
  'DELETE /users/:username/sessions/:session': 'sessions:write',
  'GET /users/:username/devices': 'users:read',
  'DELETE /users/:username/devices': 'sessions:write',
  'DELETE /users/:username/devices/:device': 'sessions:write',
  'GET /users/:username/authenticators': 'users:read',
  'DELETE /users/:username/authenticators': 'users:write',
  'DELETE /users/:username/authenticators/:authenticator': 'users:write',
  'POST /users/:username/unlock': 'users:help',
  'POST /users/:username/repair-steps': 'users:write',
  'POST /users/:username/status': 'users:help',
  'POST /users/:username/resend': 'users:help',
  'POST /users/:username/reset-password': 'users:write',
  'POST /users/:username/code': 'users:help',
  'POST /users/:username/enrol-anew': 'users:help',
  'GET /recovery-requests': 'users:help',
  'POST /recovery-requests/:username/approve': 'users:help',
  'POST /recovery-requests/:username/refuse': 'users:help',
  'POST /recovery-requests/:username/code': 'users:help',
  'GET /attempts/:reference': 'users:help',
  'GET /roles': 'settings:read',
  'POST /roles': 'settings:write',
  'PATCH /roles/:role': 'settings:write',
  'DELETE /roles/:role': 'settings:write',
  'GET /applications': 'settings:read',
  'POST /applications': 'settings:write',
  'PATCH /applications/:application': 'settings:write',
  'DELETE /applications/:application': 'settings:write',
  'GET /identity-providers': 'settings:read',
  'POST /identity-providers': 'settings:write',
  'PATCH /identity-providers/:provider': 'settings:write',
  'DELETE /identity-providers/:provider': 'settings:write',
  'GET /openid/clients': 'settings:read',
  'PUT /applications/:application/openid': 'settings:write',
  'DELETE /applications/:application/openid': 'settings:write',
  'POST /openid/keys/rotate': 'settings:write',
  'GET /api-keys': 'keys:read',
  'POST /api-keys': 'keys:write',
  'DELETE /api-keys/:key': 'keys:write',
  'GET /sessions': 'users:read',
  'DELETE /sessions': 'sessions:write',
  'POST /explain': 'users:read',
  'GET /audit': 'audit:read',
  'GET /audit/export': 'audit:read',
  'GET /reports/adoption': 'users:read',
  'GET /reports/bypasses': 'users:read',
  'GET /reports/password-logins': 'users:read',
  'GET /reports/delivery': 'delivery:read',
  'GET /delivery/health': 'delivery:read',
  'POST /delivery/test': 'delivery:write',
  'POST /delivery/test/confirm': 'delivery:write',
  'GET /delivery/texts': 'delivery:read',
  'PUT /delivery/texts/:message/:language': 'delivery:write',
  'DELETE /delivery/texts/:message/:language': 'delivery:write',
  'POST /delivery/texts/:message/:language/preview': 'delivery:read',
  'GET /delivery/channels': 'delivery:read',
  'GET /delivery/channels/:channel': 'delivery:read',
  'PUT /delivery/channels/:channel': 'delivery:write',
  'DELETE /delivery/channels/:channel': 'delivery:write',
  'DELETE /delivery/channels/:channel/removal': 'delivery:write',
  'GET /reports/overview': 'users:read',
  'GET /reports/activity': 'audit:read',
  'GET /settings/manual': 'settings:read',
  'GET /two-factor/users': 'users:read',
}

const READING = ['settings:read', 'users:read', 'audit:read', 'delivery:read', 'keys:read']
const MAY = {
  kim: [],
  hal: ['users:read', 'users:help'],
  aud: READING,
  'a key for sessions': ['challenges'],
  'a key that writes settings': ['settings:read', 'settings:write'],
  root: [...READING, 'settings:write', 'users:write', 'users:help', 'sessions:write', 'delivery:write', 'keys:write'],
} as const satisfies Record<string, readonly string[]>

/** Doors of the API that ask for no right. */
const OTHERS = [
  'GET /openapi.json',
  'GET /docs',
  'POST /login',
  'POST /login/verify',
  'POST /login/passkey',
  'POST /login/passkey/options',
  'POST /login/send',
  'POST /login/enrol',
  'POST /login/enrol/link',
  'POST /login/enrol/confirm',
  'GET /session',
  'DELETE /session',
  'POST /session/step-up',
  'POST /delivery/receipts/:channel/:token',
  'GET /delivery/receipts/:channel/:token',
]

const DOORS_OF_API = DOORS.filter(({ name }) => name.startsWith('api.'))
const OURS = { 'x-countersign': '1', 'sec-fetch-site': 'same-origin' }

test('every door of the API stands in the list of this test, under the right it needs', () => {
  const listed = DOORS_OF_API.map(({ method, path, who }) => {
    const door = `${method} ${path.replace('/api/v1', '')}`
    return [door, typeof who === 'object' ? who.right : null] as const
  })
  const expected = [...Object.entries(NEEDS), ...OTHERS.map((door) => [door, null] as const)]
  assert.deepEqual(Object.fromEntries(listed), Object.fromEntries(expected))
  assert.equal(listed.length, expected.length)
})

async function people(t: TestContext) {
  const world = await apiWorld()
  t.after(world.close)
  const { ports, site } = world
  await join(world, 'hal', ['Helpdesk'])
  await join(world, 'aud', ['Auditor'])
  await world.set({ 'two_factor.require_all': false })
  const key = async (name: string, scopes: Parameters<typeof createApiKey>[1]['scopes']) => {
    const made = await createApiKey(ports, { ...ADMIN, site: site.name, name, scopes, expiresAt: null })
    return made.kind === 'created' ? made.text : assert.fail(made.kind)
  }
  const tokens: Record<keyof typeof MAY, string> = {
    kim: await world.session('kim'),
    hal: await world.session('hal'),
    aud: await world.session('aud'),
    root: await world.session('root'),
    'a key for sessions': await key('bare', ['session', 'challenges']),
    'a key that writes settings': await key('settings', ['settings:write']),
  }
  return { ...world, tokens }
}

async function join(world: ApiWorld, username: string, roles: readonly string[]): Promise<void> {
  const password = new Secret(`${username}-demo-password`)
  const order = { ...ADMIN, site: world.site.name, username, password, fields: { roles } }
  assert.equal((await createUser(world.ports, order)).kind, 'saved')
}

/** Knocks without meaning anything: no user of this name, a body with a field that does not exist. */
function knock(world: ApiWorld, door: string, token?: string, headers: Record<string, string> = {}) {
  const [method = '', path = ''] = door.split(' ')
  const takes = method === 'GET' || method === 'DELETE' ? {} : { body: { nonsense: 1 } }
  const place = `${path.replaceAll(/:\w+/g, 'nobody')}${method === 'DELETE' && path === '/sessions' ? '?nonsense=1' : ''}`
  return world.api(`${method} ${place}`, { ...(token === undefined ? {} : { token }), headers, ...takes })
}

test('[SE-02] a stranger and a pending login open no door of the administration, nor a session', async (t) => {
  const world = await people(t)
  await world.set({ 'two_factor.require_all': true })
  const pending = (await world.login('root')).body.pending.token
  const { session, pending: waiting } = cookieNames('acme', world.ports.origin)
  for (const door of [...Object.keys(NEEDS), 'GET /session', 'DELETE /session']) {
    for (const [token, cookie] of [
      [undefined, undefined],
      [pending, undefined],
      [undefined, `${waiting}=${pending}`],
      [undefined, `${session}=${pending}`],
      ['cs_live_nothing', undefined],
      ['st_nothing', undefined],
    ]) {
      const answer = await knock(world, door, token, { ...OURS, ...(cookie === undefined ? {} : { cookie }) })
      assert.equal(answer.status, 401, `${door} ${token ?? cookie ?? 'nothing'}`)
    }
  }
})

for (const [who, rights] of Object.entries(MAY) as [keyof typeof MAY, readonly string[]][])
  test(`[AK-02] [R-221] ${who} opens the doors for ${rights.length === 0 ? 'which no right is needed' : rights.join(', ')}`, async (t) => {
    const world = await people(t)
    let refused = 0
    for (const [door, right] of Object.entries(NEEDS)) {
      const answer = await knock(world, door, world.tokens[who])
      if (rights.includes(right)) {
        assert.ok([200, 204, 400, 404, 415].includes(answer.status), `${door}: ${answer.status} ${answer.text}`)
      } else {
        refused += 1
        assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], door)
      }
    }
    const denied = (await world.trail()).filter(({ ev }) => ev === 'authz.denied')
    assert.equal(denied.length, refused)
    assert.ok(denied.every(({ data }) => data['reason'] === 'right'))
  })

test('with a cookie alone an administrator reads, and changes nothing', async (t) => {
  const world = await people(t)
  const cookie = `${cookieNames('acme', world.ports.origin).session}=${world.tokens.root}`
  for (const door of Object.keys(NEEDS)) {
    const forged = [
      {},
      { 'x-countersign': '1' },
      { 'sec-fetch-site': 'same-origin' },
      { ...OURS, 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of forged) {
      const answer = await knock(world, door, undefined, { ...headers, cookie })
      if (door.startsWith('GET')) assert.ok([200, 400, 404].includes(answer.status), door)
      else assert.deepEqual([answer.status, answer.body.code], [403, 'cross_origin'], door)
    }
    const meant = await knock(world, door, undefined, { ...OURS, cookie })
    // What an application vouches for needs a key of its own: there even an administrator is refused.
    const may = NEEDS[door] === 'challenges' ? [403] : [200, 204, 400, 404, 415]
    assert.ok(may.includes(meant.status), door)
  }
})

test('[TI-03] [R-181] an administrator of another site finds no door here, and no row of ours there', async (t) => {
  const world = await people(t)
  const other = await secondSite(world, 'globex', 'manufacturing')
  await other.join('boss', { roles: ['Administrator'] })
  const boss = await other.password('boss')
  assert.ok(boss.kind === 'signed-in')
  const made = await createApiKey(world.ports, {
    ...ADMIN,
    site: 'globex',
    name: 'theirs',
    scopes: ['users:write', 'settings:write', 'sessions:write', 'keys:write', 'audit:read'],
    expiresAt: null,
  })
  const theirKey: string = made.kind === 'created' ? made.text : assert.fail(made.kind)
  const { session: here } = cookieNames('acme', world.ports.origin)
  const { session: there } = cookieNames('globex', world.ports.origin)
  // That a key opened nothing is told; nothing else may happen.
  const told = async () => (await world.trail()).filter(({ ev }) => ev !== 'apikey.refused').length
  const before = await told()
  for (const door of [...Object.keys(NEEDS), 'GET /session', 'DELETE /session']) {
    for (const shown of [boss.token, theirKey]) assert.equal((await knock(world, door, shown)).status, 401, door)
    for (const name of [here, there]) {
      const answer = await knock(world, door, undefined, { ...OURS, cookie: `${name}=${boss.token}` })
      assert.equal(answer.status, 401, door)
    }
  }
  assert.equal(await told(), before)

  // At their own site they name what is ours: the names and ids are not found there.
  const { id: session } = (await world.api('GET /sessions', { token: world.tokens.root })).body.items[0]
  const { id: key } = (await world.api('GET /api-keys', { token: world.tokens.root })).body.items[0]
  const ours = ['/users/kim', '/users/kim/sessions', '/users/kim/devices', '/users/kim/authenticators']
  const acts: readonly (readonly [string, object | undefined])[] = [
    ...ours.map((path) => [`GET ${path}`, undefined] as const),
    ...ours.map((path) => [`DELETE ${path}`, undefined] as const),
    ['PATCH /users/kim', { status: 'disabled' }],
    ['PUT /users/kim/bypass', { reason: 'no_real_email' }],
    ['PUT /users/kim/applications/web', { two_factor: false }],
    ['POST /users/kim/unlock', {}],
    ['POST /explain', { username: 'kim' }],
    [`DELETE /users/boss/sessions/${session}`, undefined],
    [`DELETE /api-keys/${key}`, undefined],
  ]
  for (const [door, body] of acts) {
    const [method = '', path = ''] = door.split(' ')
    const answer = await world.at('globex', `${method} ${path}`, { token: boss.token, ...(body ? { body } : {}) })
    assert.equal(answer.status, 404, door)
  }
  const audit = await world.at('globex', 'GET /audit?target=kim', { token: boss.token })
  assert.deepEqual(audit.body.items, [])
  assert.equal(await told(), before)
  assert.equal((await world.api('GET /session', { token: world.tokens.kim })).status, 200)
})
