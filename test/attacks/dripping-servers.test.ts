import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test, type TestContext } from 'node:test'
import type { SmtpConfig } from '#delivery/channel-config.ts'
import { sendByHttp } from '#delivery/http-sms.ts'
import { sendBySmtp } from '#delivery/smtp.ts'
import { outgoing } from '../contracts/courier-letters.ts'

// Servers that never fall silent and never come to an end: each limit is on the whole, not on the pause between two bytes.

/** Says the beginning at once and the drop again and again, as long as somebody listens. */
async function dripping(t: TestContext, beginning: string, drop: string): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.write(beginning)
    const more = (): void => void (socket.destroyed || socket.write(drop, () => setTimeout(more, 5)))
    more()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((done) => server.close(done))
  })
  return (server.address() as AddressInfo).port
}

const smtp = (port: number): SmtpConfig => ({
  kind: 'smtp',
  host: '127.0.0.1',
  port,
  tls: 'none',
  from: 'no-reply@acme.test',
  connectSeconds: 0.3,
  totalSeconds: 0.5,
})

test('[DF-02] a greeting that comes drop by drop and never ends is given up', async (t) => {
  for (const [beginning, drop] of [
    ['', '2'],
    ['', '220-one moment\r\n'],
    ['220 ready\r\n', '250-and more\r\n'],
  ] as const) {
    const result = await sendBySmtp(smtp(await dripping(t, beginning, drop)), outgoing())
    assert.ok(result.kind === 'failed', `${beginning}${drop}`)
  }
})

test('[DF-02] so is the answer of a gateway, in its headers or in its body', async (t) => {
  for (const [beginning, drop] of [
    ['HTTP/1.1 200 OK\r\n', 'X-More: yes\r\n'],
    ['HTTP/1.1 200 OK\r\ncontent-length: 8000\r\n\r\n', '.'],
  ] as const) {
    const port = await dripping(t, beginning, drop)
    const result = await sendByHttp(
      {
        kind: 'http',
        url: `http://127.0.0.1:${port}/`,
        method: 'GET',
        message_parameter: 'text',
        receiver_parameter: 'to',
        parameters: [],
        timeoutSeconds: 0.3,
      },
      outgoing({ channel: 'sms' }),
    )
    assert.deepEqual(result, {
      kind: 'failed',
      why: 'The SMS gateway did not answer within 0.3 seconds.',
      trouble: 'passing',
    })
  }
})
