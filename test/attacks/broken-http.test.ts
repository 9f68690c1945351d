import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import { createApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { world } from '../world.ts'

// Somebody speaks broken HTTP, so that a proxy in front and the server behind it understand two different requests; or begins two
// hundred requests and never ends them. The answer is a refusal, nothing of the second request is done, and the service lives.

async function listening(t: TestContext) {
  const { ports, trail, close } = await world()
  const parsed = parseConfig({})
  assert.ok(parsed.ok)
  const reports: unknown[] = []
  const app = createApp(ports, { config: parsed.config, report: (error) => reports.push(error) })
  const server = await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await server.close()
    await close()
  })
  return { port: server.port, reports, trail }
}

/** Everything that is answered until the server hangs up. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return answer
}

const HOST = 'Host: localhost:4180\r\n'
const SECOND = `GET /acme/account HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`
const BROKEN: Readonly<Record<string, string>> = {
  'a length and chunks': `POST /acme/login HTTP/1.1\r\n${HOST}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SECOND}`,
  'two lengths': `POST /acme/login HTTP/1.1\r\n${HOST}Content-Length: 0\r\nContent-Length: 50\r\n\r\n${SECOND}`,
  'a length that is no number': `POST /acme/login HTTP/1.1\r\n${HOST}Content-Length: +5\r\n\r\n${SECOND}`,
  'chunks by another name': `POST /acme/login HTTP/1.1\r\n${HOST}Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${SECOND}`,
  'a space before the colon': `POST /acme/login HTTP/1.1\r\n${HOST}Content-Length : 5\r\n\r\n${SECOND}`,
  'a header over the limit': `GET /acme/login HTTP/1.1\r\n${HOST}X: ${'x'.repeat(40_000)}\r\n\r\n`,
  'a line that is no request': 'HELLO\r\n\r\n',
  'a chunk of no size': `POST /acme/login HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n${SECOND}`,
}

test('[IV-10] requests that two parsers would read in two ways are refused, and what is smuggled in them is not answered', async (t) => {
  const { port, reports } = await listening(t)
  for (const [what, text] of Object.entries(BROKEN)) {
    const answer = await exchange(port, text)
    assert.match(answer, /^HTTP\/1\.1 4\d\d /, what)
    assert.equal(answer.match(/HTTP\/1\.1 \d\d\d /g)?.length, 1, `${what}: ${answer}`)
  }
  assert.match(await exchange(port, `GET /acme/login HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`), /^HTTP\/1\.1 200 /)
  assert.deepEqual(reports, [])
})

test('[IV-10] beside two hundred requests that never end, others are answered', async (t) => {
  const { port } = await listening(t)
  const slow: Socket[] = []
  for (let count = 0; count < 200; count += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    await once(socket, 'connect')
    socket.write(`POST /acme/login HTTP/1.1\r\n${HOST}Content-Length: 1000\r\nX: `)
    slow.push(socket)
  }
  t.after(() => slow.forEach((socket) => socket.destroy()))
  for (let count = 0; count < 5; count += 1)
    assert.match(
      await exchange(port, `GET /acme/login HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`),
      /^HTTP\/1\.1 200 /,
    )
  for (const socket of slow) socket.destroy()
})
