import type { SendResult, SendStep } from '#ports/delivery.ts'
import { codeOf, NotReached } from './dial.ts'
import { callHttp, type HttpAnswer, type HttpCall } from './http-call.ts'
import { oneLine } from './one-line.ts'
import { serverWords } from './server-words.ts'
import { STOPPED, type Way } from './way.ts'

type Failed = Extract<SendResult, { kind: 'failed' }>

export interface GatewayCall extends Omit<HttpCall, 'within' | 'signal'> {
  readonly timeoutSeconds: number
  /** What must not stand in anything that is kept of the answer. */
  readonly secrets: readonly string[]
}

/** A request to a gateway: its answer with the words in it cleaned, or why there was none. */
export async function askGateway(
  { timeoutSeconds, secrets, ...call }: GatewayCall,
  way: Way,
): Promise<{ readonly kind: 'answered'; readonly answer: HttpAnswer; readonly said: string } | Failed> {
  const limit = AbortSignal.timeout(timeoutSeconds * 1_000)
  const signal = way.closing === undefined ? limit : AbortSignal.any([limit, way.closing])
  const note = way.note && cleaned(way.note, secrets)
  try {
    const answer = await callHttp({ ...call, within: timeoutSeconds * 1_000, signal }, { ...way, note })
    return { kind: 'answered', answer, said: serverWords(answer.body, secrets) }
  } catch (cause) {
    if (limit.aborted) return failed(`The SMS gateway did not answer within ${timeoutSeconds} seconds.`, 'passing')
    if (way.closing?.aborted) return failed(STOPPED, 'passing')
    const trouble = cause instanceof NotReached ? cause.trouble : isAboutTrust(cause) ? 'lasting' : 'passing'
    return failed(serverWords(`The SMS gateway could not be reached: ${reason(cause)}`, secrets), trouble)
  }
}

/** What a gateway says that takes nothing now (RFC 9110 15): later it may. Everything else has to be mended first. */
export function refused({ status }: HttpAnswer, said: string): Failed {
  const redirected = status >= 300 && status <= 399 ? ' (redirects are not followed)' : ''
  const why = oneLine(`The SMS gateway answered ${status}${redirected}${said === '' ? '.' : `: ${said}`}`, 300)
  return failed(why, status >= 500 || status === 429 || status === 408 ? 'passing' : 'lasting')
}

export function failed(why: string, trouble: Failed['trouble']): Failed {
  return { kind: 'failed', why, trouble }
}

/** A member of a JSON object, as text; undefined where there is none. */
export function member(body: string, ...path: readonly string[]): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return undefined
  }
  for (const name of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function cleaned(note: (step: SendStep) => void, secrets: readonly string[]) {
  return (step: SendStep): void => note({ ...step, says: serverWords(step.says, secrets) })
}

function isAboutTrust(cause: unknown): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|SSL/.test(codeOf(cause))
}

function reason(cause: unknown): string {
  if (cause instanceof AggregateError) return reason(cause.errors[0])
  if (!(cause instanceof Error)) return 'no connection'
  return cause.message === '' ? codeOf(cause) : cause.message
}
