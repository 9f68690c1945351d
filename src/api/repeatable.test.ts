import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { hours } from '#domain/time.ts'
import { type ApiAnswer, type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { CERTIFICATE } from '../../test/certificate.ts'
import { tablesWith } from '../../test/contracts/store-rows.ts'
import { openDatabase } from '../store/open.ts'
import { sqlStore } from '../store/sql-store.ts'
import { seededRandom } from '../system/random.ts'
import { ADMINISTRATION } from './administration-operations.ts'
import { openApi } from './openapi.ts'
import { EVERY_SITE } from '../store/database.ts'

async function site(t: TestContext): Promise<ApiWorld> {
  const made = await apiWorld({ preset: 'manufacturing' })
  t.after(made.close)
  return made
}

const post = (at: ApiWorld, path: string, key: string, body: unknown, token = at.keys.admin): Promise<ApiAnswer> =>
  at.api(`POST ${path}`, { token, body, headers: { 'idempotency-key': key } })

test('a request that is sent again under its key is done once, and answered as the first time', async (t) => {
  const at = await site(t)
  const order = { name: 'nightly import', scopes: ['users:read'] }
  const first = await post(at, '/api-keys', 'one', order)
  assert.equal(first.status, 201)
  assert.equal(first.headers.get('idempotency-replayed'), null)
  const again = await post(at, '/api-keys', '"one"', order)
  assert.equal(again.status, 201)
  assert.equal(again.text, first.text, 'with the key that is shown once')
  assert.equal(again.headers.get('idempotency-replayed'), 'true')
  const { items } = (await at.api('GET /api-keys', { token: at.keys.admin })).body
  assert.equal(items.filter(({ name }: { name: string }) => name === order.name).length, 1)
  const made = (await at.trail()).filter(({ ev, subject }) => ev === 'apikey.created' && subject?.name === order.name)
  assert.equal(made.length, 1)
})

test('headers that belong to what was made are told again', async (t) => {
  const at = await site(t)
  const first = await post(at, '/users', 'ada', { username: 'ada' })
  const again = await post(at, '/users', 'ada', { username: 'ada' })
  for (const name of ['location', 'etag', 'content-type'])
    assert.equal(again.headers.get(name), first.headers.get(name) ?? 'nothing', name)
  assert.notEqual(again.headers.get('x-request-id'), first.headers.get('x-request-id'))
})

test('another body or address under the same key is another request, and is refused', async (t) => {
  const at = await site(t)
  assert.equal((await post(at, '/users', 'one', { username: 'ada' })).status, 201)
  for (const [path, body] of [
    ['/users', { username: 'bob' }],
    ['/roles', { name: 'ada' }],
  ] as const) {
    const refused = await post(at, path, 'one', body)
    assert.equal(refused.status, 422, path)
    assert.equal(refused.body.code, 'idempotency_key_reused')
  }
  assert.equal((await at.api('GET /users/bob', { token: at.keys.admin })).status, 404)
})

test('a key is its caller’s own', async (t) => {
  const at = await site(t)
  assert.equal((await post(at, '/users', 'one', { username: 'ada' })).status, 201)
  const { body } = await at.api('POST /api-keys', {
    token: at.keys.admin,
    body: { name: 'another', scopes: ['users:write'] },
  })
  assert.equal((await post(at, '/users', 'one', { username: 'bob' }, body.key)).status, 201)
})

test('a refusal is not kept: what was mended may be sent under the same key', async (t) => {
  const at = await site(t)
  assert.equal((await post(at, '/users', 'one', { username: 'kim' })).body.code, 'name_taken')
  assert.equal((await post(at, '/users', 'one', { username: 'a b' })).body.code, 'invalid_request')
  assert.equal((await post(at, '/users', 'one', { username: 'ada' })).status, 201)
  const { body } = await at.api('POST /api-keys', {
    token: at.keys.admin,
    body: { name: 'helper', scopes: ['users:write'] },
  })
  const denied = await post(at, '/users', 'two', { username: 'eve', roles: ['Administrator'] }, body.key)
  assert.equal(denied.body.code, 'forbidden', 'a denial is written down, and is nothing done')
  assert.equal((await post(at, '/users', 'two', { username: 'eve' }, body.key)).status, 201)
})

test('a key is good for 24 hours, then for another request', async (t) => {
  const at = await site(t)
  assert.equal((await post(at, '/users', 'one', { username: 'ada' })).status, 201)
  at.clock.pass(hours(24))
  assert.equal((await post(at, '/users', 'one', { username: 'ada' })).headers.get('idempotency-replayed'), 'true')
  at.clock.pass(1)
  assert.equal((await post(at, '/users', 'one', { username: 'bob' })).status, 201)
})

test('a key that is none is refused, and nothing is done', async (t) => {
  const at = await site(t)
  for (const key of ['', 'two words', 'x'.repeat(256)])
    assert.equal((await post(at, '/users', key, { username: 'ada' })).body.code, 'invalid_request', key)
  assert.equal((await at.api('GET /users/ada', { token: at.keys.admin })).status, 404)
})

test('neither the key nor the answer can be read in the database', async (t) => {
  const database = await openDatabase('sqlite::memory:', { migrate: true })
  const at = await apiWorld({ store: sqlStore(database, seededRandom('kept')) })
  t.after(at.close)
  const { body } = await post(at, '/api-keys', 'a-key-of-mine', { name: 'secret', scopes: ['users:read'] })
  const rows = await database.together(
    'read',
    function* () {
      return (yield { kind: 'all', sql: 'SELECT * FROM kept_requests', params: [] }).rows
    },
    EVERY_SITE,
  )
  assert.equal(rows.length, 1)
  for (const secret of [body.key, 'a-key-of-mine', 'secret'])
    assert.ok(!JSON.stringify(rows).includes(secret), 'it is not there')
  assert.deepEqual(await tablesWith(database, body.key), [])
})

/** A second one takes the place of the first, so that nothing is there twice. */
const REPLACED = ['giveBindingCode']

test('every POST that makes something takes a key, and says so', () => {
  const { paths } = openApi({ address: 'https://login.example.com/acme', name: 'acme' }) as {
    readonly paths: Record<string, Record<string, { operationId: string; parameters?: { name: string }[] }>>
  }
  const posts = Object.values(paths).flatMap(({ post: each }) => (each ? [each] : []))
  const taking = posts.filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'Idempotency-Key'))
  const making = Object.values(ADMINISTRATION).filter(({ answers }) => 201 in answers)
  assert.ok(making.length >= 8)
  assert.deepEqual(
    taking.map(({ operationId }) => operationId).sort(),
    making
      .map(({ id }) => id)
      .filter((id) => !REPLACED.includes(id))
      .sort(),
  )
})

test('every door that says it takes a key knows a repeat', async (t) => {
  const at = await site(t)
  const csv = { token: at.keys.admin, headers: { 'content-type': 'text/csv', 'idempotency-key': 'made' } }
  const bodies: Readonly<Record<string, unknown>> = {
    createUser: { username: 'ada' },
    giveCode: { reason: 'lost the phone' },
    createRole: { name: 'Foreman' },
    createApplication: { name: 'floor' },
    createIdentityProvider: {
      name: 'adfs',
      config: {
        entity_id: 'https://idp.example/metadata',
        sso_url: 'https://idp.example/sso',
        certificates: [CERTIFICATE],
      },
    },
    createKey: { name: 'nightly', scopes: ['users:read'] },
    importUsers: 'username\neve\n',
    importHardware: 'serial,secret,type\n7,MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U,totp\n',
  }
  const paths: Readonly<Record<string, string>> = {
    createUser: '/users',
    giveCode: '/users/kim/code',
    createRole: '/roles',
    createApplication: '/applications',
    createIdentityProvider: '/identity-providers',
    createKey: '/api-keys',
    importUsers: '/users/import',
    importHardware: '/hardware',
  }
  for (const { id, repeatable } of Object.values(ADMINISTRATION)) {
    if (!repeatable) continue
    const [path, body] = [paths[id] ?? assert.fail(`${id} is not tried here`), bodies[id]]
    csv.headers['idempotency-key'] = id
    const send = (): Promise<ApiAnswer> =>
      typeof body === 'string' ? at.api(`POST ${path}`, { ...csv, raw: body }) : post(at, path, id, body)
    const first = await send()
    assert.equal(first.status, 201, `${id}: ${first.text}`)
    const again = await send()
    assert.deepEqual([again.status, again.text], [201, first.text], id)
    assert.equal(again.headers.get('idempotency-replayed'), 'true', id)
  }
})
