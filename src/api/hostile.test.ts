import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiDoors } from './openapi.ts'
import { OPERATIONS } from './operations.ts'
import { apiWorld } from '../../test/api-world.ts'

const BODIES: readonly (readonly [what: string, raw: string, status: number, code: string])[] = [
  ['broken', '{"username":"kim"', 400, 'invalid_request'],
  ['no JSON', 'username=kim', 400, 'invalid_request'],
  ['an array', '[{"username":"kim"}]', 400, 'invalid_request'],
  ['a text', '"kim"', 400, 'invalid_request'],
  ['null', 'null', 400, 'invalid_request'],
  ['a number', '7', 400, 'invalid_request'],
  ['10 MB', `{"x":"${'x'.repeat(10_000_000)}"}`, 413, 'body_too_large'],
  ['many brackets', '['.repeat(60_000), 400, 'invalid_request'],
]

/** Those that take JSON. */
const WITH_BODY = apiDoors().filter(({ name }) => OPERATIONS[name].body !== undefined)

test('no body brings the server down, whatever it is', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  for (const { method, path, who } of WITH_BODY) {
    const door = `${method} ${path.replace('/api/v1', '')}`
    const token = who === 'pending' ? 'pt_nobody' : world.keys.admin
    const send = (raw: string, type = 'application/json') =>
      world.api(door, { raw, token, headers: { 'content-type': type } })
    for (const [what, raw, status, code] of BODIES) {
      const answer = await send(raw)
      assert.equal(answer.status, status, `${door}: ${what}`)
      assert.equal(answer.body.code, code, `${door}: ${what}`)
    }
  }
  assert.deepEqual(world.reports, [])
})

test('[IV-02] a field that comes twice, [IV-03] a name of a prototype, [SE-08] another content type: refused at every door', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  for (const { method, path, who } of WITH_BODY) {
    const door = `${method} ${path.replace('/api/v1', '')}`
    const token = who === 'pending' ? 'pt_nobody' : world.keys.admin
    const send = (raw: string, type = 'application/json') =>
      world.api(door, { raw, token, headers: { 'content-type': type } })
    assert.equal((await send('{"code":"1","code":"2"}')).status, 400, door)
    for (const key of ['__proto__', 'constructor']) {
      assert.equal((await send(`{"${key}":{"isAdmin":true}}`)).status, 400, door)
      assert.equal((await send(`{"a":{"${key}":1}}`)).status, 400, door)
    }
    assert.equal(({} as Record<string, unknown>)['isAdmin'], undefined)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await send('{"code":"123456"}', type)
      assert.equal(answer.status, 415, door)
      assert.equal(answer.body.code, 'unsupported_media_type')
    }
  }
  assert.deepEqual(world.reports, [])
})

test('[R-183] a field that does not exist is refused at every door, whatever else is there', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  for (const { name, method, path, who } of apiDoors()) {
    const { body, group } = OPERATIONS[name]
    const token = who === 'pending' ? 'pt_nobody' : world.keys.admin
    const door = `${method} ${path.replace('/api/v1', '')}`
    if (body) {
      const answer = await world.api(door, { token, body: { 'no such field': 1 } })
      assert.equal(answer.status, 400, door)
      assert.match(answer.body.code, /^unknown_(?:field|setting)$/, door)
    }
    // A gateway may write into the address of its receipt what it likes.
    if (group !== 'Documentation' && !name.startsWith('api.receipt')) {
      const answer = await world.api(`${door}?nonsense=1`, { token, ...(body ? { body: {} } : {}) })
      assert.equal(answer.body.code, 'unknown_field', door)
    }
  }
})

test('a field that does not exist is named, and nothing is done', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  const answer = await world.login('kim', { otp: '123456', 'a/b~c': 1 })
  assert.equal(answer.status, 400)
  assert.equal(answer.body.code, 'unknown_field')
  assert.deepEqual(answer.body.errors, [
    { pointer: '/otp', detail: 'there is no such field' },
    { pointer: '/a~1b~0c', detail: 'there is no such field' },
  ])
  assert.equal(world.messages().length, 0)
  const missing = await world.api('POST /login', { body: { username: 'kim', password: 7 } })
  assert.equal(missing.body.code, 'invalid_request')
  assert.equal(missing.body.errors[0].pointer, '/password')
  assert.match((await world.api('POST /login', { body: {} })).body.detail, /username: is missing/)
})
