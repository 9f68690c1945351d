import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoProcess, startDemoProcess } from './demo-process.ts'
import { type Answer, readAnswer } from './door.ts'

const JSON_TYPE = 'application/json'
const TEN_MEGABYTES = 10_000_000

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>

let demo: DemoProcess
before(async () => {
  demo = await startDemoProcess()
})
after(async () => {
  const { err } = await demo.stop()
  assert.equal(err, '', 'nothing of it was a surprise to the server')
})

const BAD: readonly (readonly [what: string, status: number, code: string, body: () => Body, type?: string])[] = [
  ['a body of 10 MB', 413, 'body_too_large', () => JSON.stringify({ username: 'k'.repeat(TEN_MEGABYTES) })],
  ['10 MB of unannounced length', 413, 'body_too_large', endless],
  ['broken JSON', 400, 'invalid_request', () => '{"username": "kim", '],
  ['no JSON at all', 400, 'invalid_request', () => ''],
  ['bytes that are no text', 400, 'invalid_request', () => new Uint8Array([0x7b, 0xff, 0xfe])],
  ['an unknown field', 400, 'unknown_field', () => '{"username": "kim", "password": "x", "admin": true}'],
  ['a missing field', 400, 'invalid_request', () => '{"username": "kim"}'],
  ['a field of another type', 400, 'invalid_request', () => '{"username": ["kim"], "password": {"$ne": ""}}'],
  ['a field twice', 400, 'invalid_request', () => '{"username": "kim", "username": "root", "password": "x"}'],
  ['a name that means something to the language', 400, 'invalid_request', () => '{"__proto__": {"admin": true}}'],
  ['a list', 400, 'invalid_request', () => '[]'],
  ['deep nesting', 400, 'invalid_request', () => '['.repeat(20_000) + ']'.repeat(20_000)],
  ['another content type', 415, 'unsupported_media_type', () => 'username=kim', 'application/x-www-form-urlencoded'],
]

for (const [what, status, code, body, type = JSON_TYPE] of BAD)
  test(`${what} is refused with problem details`, async () => {
    const answer = await post('/acme/api/v1/login', body(), type)
    assert.deepEqual({ status: answer.status, code: answer.body.code }, { status, code })
    assert.equal(answer.type, 'application/problem+json')
    await isWell()
  })

test('an unknown setting is refused with the nearest one, and the settings beside it are not changed', async () => {
  const headers = { 'content-type': JSON_TYPE, authorization: `Bearer ${demo.adminKey}` }
  const address = `${demo.origin}/acme/api/v1/settings`
  const before = await (await fetch(address, { headers })).text()
  const body = JSON.stringify({ 'two_factor.enabled': false, 'two_factor.enable': false })
  const answer = await readAnswer(await fetch(address, { method: 'PATCH', headers, body }))
  assert.equal(answer.status, 400)
  assert.equal(answer.body.code, 'unknown_setting')
  assert.match(JSON.stringify(answer.body), /did you mean two_factor\.enabled/)
  assert.equal(await (await fetch(address, { headers })).text(), before)
})

test('a form of 10 MB is refused with a page', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: demo.origin, accept: 'text/html' }
  const body = `username=${'k'.repeat(TEN_MEGABYTES)}`
  const response = await fetch(`${demo.origin}/acme/login`, { method: 'POST', headers, body })
  assert.equal(response.status, 413)
  assert.match(await response.text(), /<h1>Body too large<\/h1>/)
  await isWell()
})

/** As many bytes, whose number only their end tells. */
function endless(): ReadableStream<Uint8Array> {
  let left = TEN_MEGABYTES
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(50_000).fill(0x20))
      left -= 50_000
      if (left <= 0) controller.close()
    },
  })
}

async function post(path: string, body: Body, type: string): Promise<Answer> {
  const headers = { 'content-type': type }
  return readAnswer(await fetch(`${demo.origin}${path}`, { method: 'POST', headers, body, duplex: 'half' }))
}

async function isWell(): Promise<void> {
  assert.equal((await fetch(`${demo.origin}/readyz`)).status, 200)
}
