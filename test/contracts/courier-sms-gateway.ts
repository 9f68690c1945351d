import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface GatewayRequest {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface SmsGateway {
  readonly url: string
  readonly requests: GatewayRequest[]
  close(): Promise<void>
}

/** A real HTTP server in the place of a gateway. An `answer` that ends nothing leaves the caller waiting. */
export async function smsGateway(
  answer: (response: ServerResponse, request: GatewayRequest) => void = (response) => response.end('queued'),
): Promise<SmsGateway> {
  const requests: GatewayRequest[] = []
  const server = createServer((incoming, response) => {
    void (async () => {
      const { method = '', url = '', headers } = incoming
      const request = { method, url: new URL(url, 'http://gateway.test'), headers, body: await text(incoming) }
      requests.push(request)
      answer(response, request)
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/send_sms.cgi`,
    requests,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
