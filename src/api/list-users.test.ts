import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { days } from '#domain/time.ts'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { join } from '../../test/people.ts'

async function site(
  t: TestContext,
): Promise<ApiWorld & { readonly names: (query: string) => Promise<readonly string[]> }> {
  const world = await apiWorld()
  t.after(world.close)
  const names = async (query: string): Promise<readonly string[]> => {
    const { status, body, text } = await world.api(`GET /users?${query}`, { token: world.keys.admin })
    assert.equal(status, 200, text)
    return body.items.map((each: { username: string }) => each.username)
  }
  return { ...world, names }
}

test('users are found by what stands in their name, address or number, whatever the case', async (t) => {
  const world = await site(t)
  await join(world, 'lee', { displayName: 'Lee 100% Ünal', email: 'l_e@acme.test' })
  assert.deepEqual(await world.names('search=KIM'), ['kim'])
  assert.deepEqual(await world.names('search=accounts'), ['sam'])
  assert.deepEqual(await world.names('search=op%40acme'), ['op'])
  assert.deepEqual(await world.names('search=100005'), ['web'])
  assert.deepEqual(await world.names('search=100%25'), ['lee'])
  assert.deepEqual(await world.names('search=l_e%40'), ['lee'], 'a sign that patterns know means itself')
  assert.deepEqual(await world.names('search=%27'), [])
})

test('users are narrowed by kind, status, role, exemption and lock, all of them at once', async (t) => {
  const world = await site(t)
  const { api, keys, clock, names } = world
  const token = keys.admin
  await api('PUT /users/op/bypass', { token, body: { reason: 'shared_workstation' } })
  await api('PATCH /users/web', { token, body: { status: 'disabled' } })
  assert.deepEqual(await names('kind=service'), ['svc'])
  assert.deepEqual(await names('status=disabled'), ['web'])
  assert.deepEqual(await names('role=Accounts%20Manager'), ['sam'])
  assert.deepEqual(await names('role=All'), ['kim', 'op', 'root', 'sam'])
  assert.deepEqual(await names('exempt=true'), ['op'])
  assert.deepEqual(await names('exempt=false&kind=system'), ['kim', 'root', 'sam'])
  assert.deepEqual(await names('exempt=true&search=kim'), [])
  clock.pass(days(91))
  assert.deepEqual(await names('exempt=true'), [], 'an exemption that has ended is none')

  const { pending } = (await world.login('sam')).body
  for (let codes = 0; codes < 10; codes++)
    await api('POST /login/verify', { token: pending.token, body: { code: '000000' } })
  await world.set({ 'lock.after': 3 })
  const again = (await world.login('kim')).body.pending.token
  for (let codes = 0; codes < 3; codes++) await api('POST /login/verify', { token: again, body: { code: '000000' } })
  assert.deepEqual(await names('locked=true'), ['kim'])
  assert.deepEqual(await names('locked=false&kind=system'), ['op', 'root', 'sam'])
})

test('users are found by where they stand, a page at a time', async (t) => {
  const world = await site(t)
  const { api, keys, names } = world
  const token = keys.admin
  await api('PUT /users/op/bypass', { token, body: { reason: 'shared_workstation' } })
  await api('PATCH /users/web', { token, body: { email: null } })
  assert.deepEqual(await names('standing=exempt'), ['op'])
  assert.deepEqual(await names('standing=refused'), ['web'])
  assert.deepEqual(await names('standing=not_required'), ['svc'])
  const first = (await api('GET /users?standing=ready&limit=2', { token })).body
  assert.deepEqual(
    first.items.map((each: { username: string }) => each.username),
    ['kim', 'root'],
  )
  assert.deepEqual(await names(`standing=ready&limit=2&cursor=${first.next_cursor}`), ['sam'])
})

test('the table of the second factor has what was sent in two months and what keeps codes from arriving', async (t) => {
  const world = await site(t)
  const { api, keys } = world
  const token = keys.admin
  await world.login('kim')
  await api('PATCH /users/web', { token, body: { email: null } })
  const { status, body } = await api('GET /two-factor/users?limit=3', { token })
  assert.equal(status, 200)
  assert.deepEqual(body.months, { this: '2026-11', last: '2026-10' })
  const kim = body.items[0]
  assert.deepEqual(
    [kim.username, kim.this_month, kim.last_month, kim.warnings],
    ['kim', { email: 1, sms: 0 }, { email: 0, sms: 0 }, []],
  )
  const rest = (await api(`GET /two-factor/users?cursor=${body.next_cursor}`, { token })).body
  assert.deepEqual(
    rest.items.map((each: { username: string; warnings: string[] }) => [each.username, each.warnings]),
    [
      ['sam', []],
      ['svc', []],
      ['web', ['no_email']],
    ],
  )
})

test('ten thousand users cost a page of them, not all of them', async (t) => {
  const world = await site(t)
  const { ports, api, keys } = world
  const asked: number[] = []
  const { people, findPeople } = ports.store
  Object.assign(ports.store, {
    people: (...given: Parameters<typeof people>) => (asked.push(given[1].limit), people(...given)),
    findPeople: (...given: Parameters<typeof findPeople>) => (asked.push(given[1].limit), findPeople(...given)),
  })
  await api('GET /users?limit=3', { token: keys.admin })
  await api('GET /users?limit=3&search=acme', { token: keys.admin })
  await api('GET /two-factor/users?limit=3', { token: keys.admin })
  assert.deepEqual(asked, [4, 4, 4], 'one row more than is shown tells whether there is a next page')
})
