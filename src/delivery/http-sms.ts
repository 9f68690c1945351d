import type { Outgoing, SendResult } from '#ports/delivery.ts'
import { askGateway, failed, refused } from './http-gateway.ts'
import { renderSms } from './messages.ts'
import { oneLine } from './one-line.ts'
import { secretsOf } from './server-words.ts'
import type { HttpSmsConfig } from './sms-config.ts'
import { FREELY, type Way } from './way.ts'

/** One SMS by one HTTP request: any gateway that takes a number and a text. */
export async function sendByHttp(config: HttpSmsConfig, outgoing: Outgoing, way: Way = FREELY): Promise<SendResult> {
  const text = renderSms(outgoing)
  if (text === null) return failed('A link is sent by email only.', 'recipient')
  const secrets = [
    ...secretsOf(outgoing.letter),
    ...config.parameters.flatMap(({ value }) => [value, ...words(value)]),
    new URL(config.url).search.slice(1),
  ]
  const { timeoutSeconds } = config
  const asked = await askGateway({ ...requestFor(config, outgoing, text), timeoutSeconds, secrets }, way)
  if (asked.kind === 'failed') return asked
  const { answer, said } = asked
  if (!isAccepted(config, answer.status, answer.body)) return refused(answer, said)
  return { kind: 'accepted', reference: said === '' ? null : oneLine(said, 100) }
}

function requestFor(config: HttpSmsConfig, { id, to }: Outgoing, text: string) {
  const { reference_parameter: reference } = config
  const fixed = config.parameters.filter((each) => !each.header)
  const fields = [
    ...fixed.map(({ name, value }) => [name, value] as const),
    ...(reference === undefined ? [] : [[reference, id] as const]),
    [config.receiver_parameter, to] as const,
    [config.message_parameter, text] as const,
  ]
  // A name for the message: a gateway that knows such keys sends one SMS when we had to ask twice.
  const headers = new Headers({ 'idempotency-key': id, 'user-agent': 'Countersign' })
  for (const { name, value, header } of config.parameters) if (header) headers.set(name, value)

  const url = new URL(config.url)
  if (config.method === 'GET') {
    for (const [name, value] of fields) url.searchParams.append(name, value)
    return { url, method: 'GET', headers } as const
  }
  if (config.json ?? headers.get('content-type')?.includes('json')) {
    if (!headers.has('content-type')) headers.set('content-type', 'application/json')
    return { url, method: 'POST', headers, body: JSON.stringify(Object.fromEntries(fields)) } as const
  }
  headers.set('content-type', 'application/x-www-form-urlencoded')
  const form = new URLSearchParams()
  for (const [name, value] of fields) form.append(name, value)
  return { url, method: 'POST', headers, body: form.toString() } as const
}

function isAccepted(config: HttpSmsConfig, status: number, body: string): boolean {
  const taken = config.accept_status?.includes(status) ?? (status >= 200 && status <= 299)
  return taken && (config.accept_text === undefined || body.includes(config.accept_text))
}

/** `Bearer abc`: the key may come back without the word before it. */
function words(value: string): readonly string[] {
  return value.split(/[\s:]+/).filter((word) => word.length >= 6)
}
