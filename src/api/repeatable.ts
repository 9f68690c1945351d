import { readText } from '#http/body.ts'
import { DOORS } from '#http/doors.ts'
import type { Ports } from '#ports/ports.ts'
import { doOnce } from '#usecases/do-once.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { invalid } from './input.ts'
import { refusal } from './login.ts'

/** Headers of an answer that are told again with it; the others are made for each answer. */
const TOLD_AGAIN = ['content-type', 'etag', 'location']

interface KeptAnswer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/**
 * What makes something, so that a program whose connection broke can ask again: with an `Idempotency-Key` it is done once within 24 hours,
 * and a repeat is answered as the first one was. A refusal is not kept; nothing was done.
 */
export function repeatable(make: (ports: Ports) => AdministrationHandler): (ports: Ports) => AdministrationHandler {
  return (ports) => {
    const plain = make(ports)
    return async (call, entrant) => {
      const header = call.request.headers.get('idempotency-key')
      if (header === null) return plain(call, entrant)
      const key = keyIn(header)
      if (key === undefined)
        return invalid(call, [{ pointer: '', detail: 'the Idempotency-Key is 1 to 255 visible characters' }])
      const { method, url, headers } = call.request
      const body = await readText(call.request, call.origin.request, limitOf(entrant.door))
      if (body.kind === 'refused') return body.response
      const { pathname, search } = call.url
      const type = headers.get('content-type') ?? ''
      const outcome = await doOnce(
        ports,
        {
          site: call.site.id,
          caller: partyOf(entrant.caller).id,
          key,
          request: JSON.stringify([method, pathname, search, type, body.text]),
        },
        async (once) => {
          const request = new Request(url, { method, headers, body: body.text === '' ? null : body.text })
          const response = await make(once)({ ...call, request }, entrant)
          return { answer: JSON.stringify(await keptOf(response)), keep: response.ok }
        },
      )
      const refuse = refusal(ports, call)
      switch (outcome.kind) {
        case 'answered':
          return asResponse(outcome.answer)
        case 'repeated':
          return asResponse(outcome.answer, [['idempotency-replayed', 'true']])
        case 'other-request':
          return refuse('idempotency_key_reused')
        case 'under-way':
          return refuse('request_under_way', { retryAt: outcome.retryAt })
        case 'answer-lost':
          return refuse('answer_lost')
      }
    }
  }
}

/** A key as it is, or between quotes as a structured field (RFC 9651 §3.3.3). */
function keyIn(header: string): string | undefined {
  const { quoted, bare } =
    /^(?:"(?<quoted>[\x20-\x7e]{1,255})"|(?<bare>[\x21-\x7e]{1,255}))$/.exec(header)?.groups ?? {}
  return quoted ?? bare
}

function limitOf(name: string): number | undefined {
  return DOORS.find((door) => door.name === name)?.bodyLimit
}

async function keptOf(response: Response): Promise<KeptAnswer> {
  const headers = [...response.headers].filter(([name]) => !response.ok || TOLD_AGAIN.includes(name))
  return { status: response.status, headers, body: await response.text() }
}

function asResponse(answer: string, more: KeptAnswer['headers'] = []): Response {
  const { status, headers, body } = JSON.parse(answer) as KeptAnswer
  return new Response(body, {
    status,
    headers: [...headers, ...more].map(([name, value]): [string, string] => [name, value]),
  })
}
