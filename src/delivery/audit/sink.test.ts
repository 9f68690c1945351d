import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { AuditRow } from '#audit/event.ts'
import { Secret } from '#domain/secret.ts'
import type { StreamBatch, StreamKind } from '#ports/audit-streams.ts'
import { webhookSignature } from './send-webhook.ts'
import { createAuditSink } from './sink.ts'

const row = (seq: number): AuditRow => ({
  seq,
  at: Date.UTC(2026, 10, 2, 9),
  ev: 'auth.password.ok',
  actor: { type: 'user', id: 'usr_kim', name: 'kim ü' },
  subject: null,
  application: 'web',
  data: {},
  origin: { request: 'req_1', address: null, userAgent: null },
  hash: `hash ${seq}`,
})
const BATCH: StreamBatch = {
  siteName: 'acme',
  rows: [row(4), row(5)],
  missing: { from: 1, to: 3 },
  sentAt: Date.UTC(2026, 10, 2, 10),
}
const SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`

function send(kind: StreamKind, config: object) {
  const sink = createAuditSink()
  const checked = sink.check(kind, config)
  assert.ok(checked.ok, JSON.stringify(checked))
  return sink.send(kind, new Secret(checked.config), BATCH)
}

async function listening(
  t: TestContext,
  server: { listen: (port: number, host: string, done: () => void) => unknown; address(): unknown; close(): unknown },
) {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('syslog over a connection: each message behind its length in bytes (RFC 6587 3.4.1)', async (t) => {
  const received = Promise.withResolvers<string>()
  const server = createServer((socket: Socket) => {
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => received.resolve(Buffer.concat(chunks).toString()))
  })
  const port = await listening(t, server)
  assert.deepEqual(await send('syslog', { host: '127.0.0.1', port, protocol: 'tcp' }), { kind: 'taken' })
  let rest = Buffer.from(await received.promise)
  const messages: string[] = []
  while (rest.length > 0) {
    const space = rest.indexOf(' ')
    const length = Number(rest.subarray(0, space).toString())
    messages.push(rest.subarray(space + 1, space + 1 + length).toString())
    rest = rest.subarray(space + 1 + length)
  }
  assert.deepEqual(
    messages.map((message) => / - (\S+) \[/.exec(message)?.[1]),
    ['audit.gap', 'auth.password.ok', 'auth.password.ok'],
  )
})

test('syslog by datagrams, as CEF', async (t) => {
  const socket = createSocket('udp4')
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done))
  t.after(() => void socket.close())
  const all = Promise.withResolvers<void>()
  const got: string[] = []
  socket.on('message', (message) => {
    got.push(message.toString())
    if (got.length === 3) all.resolve()
  })
  const config = { host: '127.0.0.1', port: socket.address().port, protocol: 'udp', format: 'cef' }
  assert.deepEqual(await send('syslog', config), { kind: 'taken' })
  await all.promise
  assert.equal(got.filter((message) => message.includes('CEF:0|Countersign|')).length, 2)
})

test('a webhook is signed over id, time and body, and has the same id whenever the same is sent', async (t) => {
  const calls: { headers: Record<string, unknown>; body: string }[] = []
  let status = 204
  const server = createHttpServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      calls.push({ headers: request.headers, body })
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end()
    })
  })
  const port = await listening(t, server)
  const config = { url: `http://127.0.0.1:${port}/in`, secret: SECRET }
  assert.deepEqual(await send('webhook', config), { kind: 'taken' })
  for (const bad of [500, 302]) {
    status = bad
    assert.deepEqual(await send('webhook', config), { kind: 'failed', why: `it answered ${bad}` })
  }
  const [first, second] = calls
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = first?.headers ?? {}
  assert.deepEqual([id, at, calls.length], ['audit_acme_4_5', '1793613600', 3])
  assert.equal(signature, `v1,${webhookSignature(SECRET, String(id), String(at), first?.body ?? '')}`)
  assert.equal(second?.headers['webhook-id'], id)
  const { data } = JSON.parse(first?.body ?? '') as { data: { missing: unknown; entries: { seq: number }[] } }
  assert.deepEqual([data.missing, data.entries.map(({ seq }) => seq)], [{ from: 1, to: 3 }, [4, 5]])
})

test('the example of Standard Webhooks has the signature that is given there', () => {
  const body = '{"test": 2432232314}'
  const signature = webhookSignature(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    '1614265330',
    body,
  )
  assert.equal(signature, 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('a file gets lines of JSON at its end, the gap first', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sink-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'audit.jsonl')
  assert.deepEqual(await send('file', { path }), { kind: 'taken' })
  assert.deepEqual(await send('file', { path }), { kind: 'taken' })
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq?: number })
  assert.deepEqual(
    lines.map(({ seq }) => seq),
    [undefined, 4, 5, undefined, 4, 5],
  )
})

test('who is not there, hangs up or is no such thing is a result, without the secret', async (t) => {
  const port = await listening(
    t,
    createServer((socket) => void socket.destroy()),
  )
  const refused = await send('webhook', { url: `http://127.0.0.1:${port}/?${SECRET}`, secret: SECRET })
  assert.ok(refused.kind === 'failed' && !refused.why.includes(SECRET))
  const tls = await send('syslog', { host: '127.0.0.1', port })
  assert.equal(tls.kind, 'failed')
  const file = await send('file', { path: '/proc/nothing/audit' })
  assert.ok(file.kind === 'failed' && file.why.includes('ENOENT'))
})
