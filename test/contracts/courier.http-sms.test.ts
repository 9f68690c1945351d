import type { HttpSmsConfig } from '#delivery/sms-config.ts'
import { sendByHttp } from '#delivery/http-sms.ts'
import { courierContract } from './courier-contract.ts'
import { smsGateway } from './courier-sms-gateway.ts'

courierContract('http sms', 'sms', async () => {
  const taking = await smsGateway((response, { body }) => response.end(`taken: ${body}`))
  const refusing = await smsGateway((response, { body }) =>
    response.writeHead(422).end(`{"error":"not sent",\n"sent":"${body}"}`),
  )
  const silent = await smsGateway(() => {})
  const config = (url: string, timeoutSeconds: number): HttpSmsConfig => ({
    kind: 'http',
    url,
    method: 'POST',
    message_parameter: 'text',
    receiver_parameter: 'to',
    parameters: [{ name: 'Authorization', value: 'Bearer gateway-key', header: true }],
    timeoutSeconds,
  })
  return {
    send: (outgoing) => sendByHttp(config(taking.url, 30), outgoing),
    sendToRefusal: (outgoing) => sendByHttp(config(refusing.url, 30), outgoing),
    sendToSilence: (outgoing) => sendByHttp(config(silent.url, 0.3), outgoing),
    arrived: () =>
      taking.requests.map(({ headers, body }) => {
        const form = new URLSearchParams(body)
        return { name: String(headers['idempotency-key']), to: form.get('to') ?? '', text: form.get('text') ?? '' }
      }),
    close: async () => {
      await Promise.all([taking.close(), refusing.close(), silent.close()])
    },
  }
})
