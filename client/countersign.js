import { CountersignError, CountersignUnreachable } from './errors.js'
import { OPERATIONS, PROBLEM_CODES } from './operations.js'

export { CountersignError, CountersignUnreachable, PROBLEM_CODES }

/** Longer than this nobody waits inside a call for a server that asks to be left alone. */
const LONGEST_WAIT_MS = 10_000
const ROOT = '/api/v1'

/**
 * A client of one site. It has a method for each operation of the API, by its name there; each takes one object with the parameters,
 * the `body`, and what is said of the call itself (`signal`, `token`, `idempotencyKey`, `ifMatch`).
 */
export function createClient({ origin, site, key, fetch = globalThis.fetch, retries = 2, wait = sleep }) {
  const base = new URL(`${String(origin).replace(/\/+$/, '')}/${encodeURIComponent(site)}${ROOT}`).href
  const settings = { base, key, fetch, retries, wait }
  const client = {}
  for (const [id, operation] of Object.entries(OPERATIONS))
    client[id] = (call = {}) => perform(settings, operation, call)
  client.each = (id, call = {}) => pages(client[id], call)
  return client
}

/** Asks, and asks again where that can do no harm: a look, or a write whose key lets the server know it again. */
async function perform(settings, operation, call) {
  const harmless = operation.method === 'GET' || call.idempotencyKey !== undefined
  for (let attempt = 0; ; attempt++) {
    try {
      return await once(settings, operation, call)
    } catch (error) {
      if (!harmless || attempt >= settings.retries || !isPassing(error)) throw error
      const asked = error.retryAt ? error.retryAt.getTime() - Date.now() : 200 * 2 ** attempt
      if (asked > LONGEST_WAIT_MS) throw error
      await settings.wait(Math.max(0, asked), call.signal)
    }
  }
}

async function once({ base, key, fetch }, operation, call) {
  const request = { method: operation.method, headers: headersOf(operation, call, key), signal: call.signal }
  if (call.body !== undefined)
    request.body = operation.body === 'application/json' ? JSON.stringify(call.body) : call.body
  const address = addressOf(base, operation, call)
  let response
  try {
    response = await fetch(address, request)
  } catch (cause) {
    // Whoever gave up on the call is told so, and not that the server was away.
    if (call.signal?.aborted) throw call.signal.reason
    throw new CountersignUnreachable(`${base} could not be reached`, { cause })
  }
  return read(response)
}

function addressOf(base, { path, query }, call) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => {
    if (typeof call[name] !== 'string' || call[name] === '') throw new TypeError(`this call needs ${name}`)
    // "." and ".." would be taken out of the address as segments.
    if (/^\.{1,2}$/.test(call[name])) throw new TypeError(`${name} cannot be "${call[name]}"`)
    return encodeURIComponent(call[name])
  })
  const url = new URL(base + filled)
  for (const name of query) if (call[name] !== undefined) url.searchParams.set(name, String(call[name]))
  return url.href
}

function headersOf(operation, { body, token, idempotencyKey, ifMatch }, key) {
  const headers = { accept: 'application/json' }
  const bearer = token ?? key
  if (bearer !== undefined) headers.authorization = `Bearer ${bearer}`
  if (body !== undefined && operation.body !== null) headers['content-type'] = operation.body
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
  if (ifMatch !== undefined) headers['if-match'] = ifMatch
  return headers
}

async function read(response) {
  const type = response.headers.get('content-type') ?? ''
  const text = await response.text()
  const json = /^application\/(?:[\w.-]+\+)?json\b/.test(type)
  if (response.ok) return text === '' ? undefined : json ? JSON.parse(text) : text
  const problem = json ? parsed(text) : undefined
  if (typeof problem?.code === 'string') throw new CountersignError(problem, response.headers)
  throw new CountersignUnreachable(`an answer ${response.status} that is none of Countersign`, {
    status: response.status,
  })
}

/** Trouble that may be over in a moment. */
function isPassing(error) {
  if (error instanceof CountersignError) return error.is('busy', 'unavailable')
  return (
    error instanceof CountersignUnreachable && (error.status === undefined || [502, 503, 504].includes(error.status))
  )
}

/** Everything of a list, page by page, as it is wanted. */
async function* pages(operation, call) {
  let cursor = call.cursor
  do {
    const page = await operation({ ...call, ...(cursor === undefined ? {} : { cursor }) })
    yield* page.items
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function sleep(milliseconds, signal) {
  return new Promise((done, failed) => {
    const stop = () => {
      clearTimeout(timer)
      failed(signal.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      done()
    }, milliseconds)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
