import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CountersignError, CountersignUnreachable, createClient } from '../../client/countersign.js'
import { apiWorld } from '../api-world.ts'

type Answer = Response | Error

/** A client whose server gives these answers, one after the other; what was asked and waited for is kept. */
function scripted(...answers: Answer[]) {
  const asked: { readonly address: string; readonly init: RequestInit }[] = []
  const waited: number[] = []
  const client = createClient({
    origin: 'https://login.example.com/',
    site: 'acme',
    key: 'cs_live_key',
    fetch: async (address, init = {}) => {
      init.signal?.throwIfAborted()
      asked.push({ address, init })
      const answer = answers.shift()
      assert.ok(answer, `one call too many: ${address}`)
      if (answer instanceof Error) throw answer
      return answer
    },
    wait: async (milliseconds) => void waited.push(milliseconds),
  })
  return { client, asked, waited }
}

function problem(code: string, status: number, headers: Record<string, string> = {}): Response {
  const body = { type: 'x', title: 'No', status, detail: 'Not now.', code, instance: 'req_1' }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })
}

const cut = new TypeError('fetch failed')

test('a look is tried again when the server is away or busy, twice, and each time later', async () => {
  const { client, asked, waited } = scripted(cut, problem('busy', 429), Response.json({ items: [], next_cursor: null }))
  assert.deepEqual((await client.listUsers()).items, [])
  assert.deepEqual([asked.length, waited], [3, [200, 400]])
  const gone = scripted(cut, cut, cut)
  await assert.rejects(gone.client.getSettings(), CountersignUnreachable)
  assert.equal(gone.asked.length, 3)
})

test('a write is sent once, unless it has a key by which the server knows it again', async () => {
  const once = scripted(cut)
  await assert.rejects(once.client.createUser({ body: { username: 'lee' } }), CountersignUnreachable)
  const user = { username: 'lee' }
  const again = scripted(cut, Response.json(user, { status: 201 }))
  assert.deepEqual(await again.client.createUser({ body: { username: 'lee' }, idempotencyKey: 'one' }), user)
  for (const { init } of again.asked) assert.equal(new Headers(init.headers).get('idempotency-key'), 'one')
})

test('it waits as long as the server asks, and not longer than ten seconds', async () => {
  const short = scripted(problem('unavailable', 503, { 'retry-after': '5' }), Response.json({}))
  await short.client.getSettings()
  assert.ok((short.waited[0] ?? 0) > 4_000 && (short.waited[0] ?? 0) <= 5_000)
  const long = scripted(problem('unavailable', 503, { 'retry-after': '60' }))
  await assert.rejects(long.client.getSettings(), CountersignError)
})

test('what the server says no to is no passing trouble', async () => {
  for (const [code, status] of [
    ['not_found', 404],
    ['code_locked', 429],
    ['internal', 500],
  ] as const) {
    const { client, asked } = scripted(problem(code, status))
    await assert.rejects(client.getUser({ username: 'kim' }), {
      name: 'CountersignError',
      code,
      status,
      request: 'req_1',
    })
    assert.equal(asked.length, 1)
  }
})

test('an answer that is none of ours is told as such: a proxy, a page, another server', async () => {
  for (const answer of [
    () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
    () => Response.json({ error: 'no' }, { status: 404 }),
    () => new Response('{', { status: 500, headers: { 'content-type': 'application/json' } }),
  ]) {
    const { client } = scripted(answer(), answer(), answer())
    await assert.rejects(client.getUser({ username: 'kim' }), CountersignUnreachable)
  }
})

test('a call that is given up ends with the reason it was given', async () => {
  const { client, asked } = scripted()
  const reason = new Error('the page was left')
  await assert.rejects(client.getSettings({ signal: AbortSignal.abort(reason) }), reason)
  assert.equal(asked.length, 0)
  const waiting = createClient({ origin: 'https://login.example.com', site: 'acme', fetch: () => Promise.reject(cut) })
  const controller = new AbortController()
  const call = waiting.getSettings({ signal: controller.signal })
  controller.abort(reason)
  await assert.rejects(call, reason)
})

test('names stand in addresses as what they are, and tokens in headers', async () => {
  const { client, asked } = scripted(Response.json({}), Response.json({}), new Response(null, { status: 204 }))
  await client.getUser({ username: 'a/b?c#d e' })
  await client.previewSettings({ body: { 'two_factor.enabled': true }, token: 'st_token' })
  assert.equal(await client.clearSessions({ devices: true }), undefined)
  assert.equal(asked[0]?.address, 'https://login.example.com/acme/api/v1/users/a%2Fb%3Fc%23d%20e')
  assert.equal(asked[2]?.address, 'https://login.example.com/acme/api/v1/sessions?devices=true')
  const sent = asked.map(({ init }) => new Headers(init.headers).get('authorization'))
  assert.deepEqual(sent, ['Bearer cs_live_key', 'Bearer st_token', 'Bearer cs_live_key'])
  for (const username of ['', '.', '..']) await assert.rejects(client.deleteUser({ username }), TypeError)
})

test('a list is read page by page, and no further than it is wanted', async (t) => {
  const at = await apiWorld()
  t.after(at.close)
  const asked: string[] = []
  const client = createClient({
    origin: at.ports.origin,
    site: 'acme',
    key: at.keys.admin,
    fetch: async (address, init) => {
      asked.push(address)
      const { pathname, search } = new URL(address)
      const answer = await at.api(`GET ${pathname.replace('/acme/api/v1', '')}${search}`, {
        token: new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? '',
      })
      return new Response(answer.text, { status: answer.status, headers: answer.headers })
    },
  })
  const names: string[] = []
  for await (const { username } of client.each('listUsers', { limit: 2 })) names.push(username)
  assert.deepEqual(names, ['kim', 'op', 'root', 'sam', 'svc', 'web'])
  assert.ok(asked.length >= 3)
  asked.length = 0
  for await (const _ of client.each('listUsers', { limit: 2 })) break
  assert.equal(asked.length, 1)
})
