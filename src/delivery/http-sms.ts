import type { Outgoing, SendResult } from '#ports/delivery.ts'
import type { HttpSmsConfig } from './channel-config.ts'
import { renderSms } from './messages.ts'
import { oneLine } from './one-line.ts'
import { secretsOf, serverWords } from './server-words.ts'

/** Of an answer no more is read than this; gateways say what matters first. */
const MOST_OF_A_BODY = 8_192

/** One SMS by one HTTP request: any gateway that takes a number and a text. */
export async function sendByHttp(
  config: HttpSmsConfig,
  outgoing: Outgoing,
  closing?: AbortSignal,
): Promise<SendResult> {
  const text = renderSms(outgoing)
  if (text === null) return { kind: 'failed', why: 'A link is sent by email only.' }

  const limit = AbortSignal.timeout(config.timeoutSeconds * 1_000)
  const secrets = [...secretsOf(outgoing.letter), ...config.parameters.flatMap(({ value }) => [value, ...words(value)])]
  try {
    const request = requestFor(config, outgoing, text)
    const signal = closing === undefined ? limit : AbortSignal.any([limit, closing])
    // A redirect would carry the code and the keys to an address that nobody configured.
    const response = await fetch(request, { redirect: 'manual', signal })
    const body = await beginningOf(response)
    const said = serverWords(body, secrets)
    if (!isAccepted(config, response.status, body)) return { kind: 'failed', why: refusal(response, said) }
    return { kind: 'accepted', reference: said === '' ? null : oneLine(said, 100) }
  } catch (cause) {
    if (limit.aborted)
      return { kind: 'failed', why: `The SMS gateway did not answer within ${config.timeoutSeconds} seconds.` }
    if (closing?.aborted) return { kind: 'failed', why: 'Sending was stopped because the server is shutting down.' }
    return { kind: 'failed', why: serverWords(`The SMS gateway could not be reached: ${reason(cause)}`, secrets) }
  }
}

function requestFor(config: HttpSmsConfig, { id, to }: Outgoing, text: string): Request {
  const fixed = config.parameters.filter((each) => !each.header)
  const fields = [
    ...fixed.map(({ name, value }) => [name, value] as const),
    [config.receiver_parameter, to] as const,
    [config.message_parameter, text] as const,
  ]
  // A name for the message: a gateway that knows such keys sends one SMS when we had to ask twice.
  // Its own connection: one that was kept and has quietly gone would fail with the code.
  const headers = new Headers({ 'idempotency-key': id, 'user-agent': 'Countersign', connection: 'close' })
  for (const { name, value, header } of config.parameters) if (header) headers.set(name, value)

  const url = new URL(config.url)
  if (config.method === 'GET') {
    for (const [name, value] of fields) url.searchParams.append(name, value)
    return new Request(url, { headers })
  }
  if (config.json ?? headers.get('content-type')?.includes('json')) {
    if (!headers.has('content-type')) headers.set('content-type', 'application/json')
    return new Request(url, { method: 'POST', headers, body: JSON.stringify(Object.fromEntries(fields)) })
  }
  headers.set('content-type', 'application/x-www-form-urlencoded')
  const form = new URLSearchParams()
  for (const [name, value] of fields) form.append(name, value)
  return new Request(url, { method: 'POST', headers, body: form.toString() })
}

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    // Leaving the loop ends the answer; it is not read to the end in the background.
    if (text.length >= MOST_OF_A_BODY) break
  }
  return text
}

function isAccepted(config: HttpSmsConfig, status: number, body: string): boolean {
  const taken = config.accept_status?.includes(status) ?? (status >= 200 && status <= 299)
  return taken && (config.accept_text === undefined || body.includes(config.accept_text))
}

function refusal({ status }: Response, said: string): string {
  const redirected = status >= 300 && status <= 399 ? ' (redirects are not followed)' : ''
  return oneLine(`The SMS gateway answered ${status}${redirected}${said === '' ? '.' : `: ${said}`}`, 300)
}

/** `fetch` says only that it failed; why is in the cause. */
function reason(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  if (!(inner instanceof Error)) return 'no connection'
  const { code } = inner as NodeJS.ErrnoException
  return inner.message === '' ? (code ?? inner.name) : inner.message
}

/** `Bearer abc`: the key may come back without the word before it. */
function words(value: string): readonly string[] {
  return value.split(/[\s:]+/).filter((word) => word.length >= 6)
}
