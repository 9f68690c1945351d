import assert from 'node:assert/strict'
import fc from 'fast-check'
import { openApi } from '#api/openapi.ts'
import { cookieNames } from '#http/cookies.ts'
import { DOORS, type Door } from '#http/doors.ts'
import type { SendResult } from '#ports/delivery.ts'
import { waiting } from '../steps.ts'
import { FORM, OURS, type WholeServer, wholeServerOver } from '../whole-server.ts'
import { world } from '../world.ts'
import { bodyLike, oddText } from './bodies.ts'

type Json = Readonly<Record<string, unknown>>

export interface Rounds {
  readonly seed: number
  /** Requests at each door. */
  readonly rounds: number
}

const FORM_FIELDS = [
  'SAMLResponse',
  'RelayState',
  'username',
  'password',
  'code',
  'next',
  'application',
  'login',
  'channel',
  'remember',
  'level',
  'label',
]
const HEADERS = [
  'accept',
  'accept-language',
  'user-agent',
  'x-forwarded-for',
  'traceparent',
  'if-match',
  'origin',
  'referer',
]

/**
 * Sends requests to every door, by whoever may stand before it: bodies near their schema and far from it, forms, cookies, headers,
 * queries and places. Throws at the first answer that is neither 2xx, 3xx nor 4xx, and at the first error that was reported inside.
 */
export async function fuzzDoors({ seed, rounds }: Rounds): Promise<number> {
  let requests = 0
  for (const door of DOORS) {
    // A world each, so that what one request has done is no excuse for the next door's.
    const small = await world({ seed: `fuzz-${seed}` })
    const accepted: SendResult = { kind: 'accepted', reference: null }
    Object.assign(small.ports, { courier: { ...small.ports.courier, send: async () => accepted } })
    const server = wholeServerOver(small)
    try {
      const callers = await callersOf(server)
      await fc.assert(
        fc.asyncProperty(requestOf(door, callers), async (request) => {
          requests += 1
          const answer = await server.knock(request.door, request)
          await answer.text()
          const unbuilt = answer.status === 503 && door.name.startsWith('page.console')
          assert.ok(
            answer.status < 500 || unbuilt,
            `${request.door} answered ${answer.status}: ${String(server.reports[0])}`,
          )
          assert.deepEqual(server.reports, [])
        }),
        { seed, numRuns: rounds },
      )
    } finally {
      await small.close()
    }
  }
  return requests
}

async function callersOf(server: WholeServer): Promise<readonly Readonly<Record<string, string>>[]> {
  const { keys, ports } = server
  const names = cookieNames('acme', ports.origin)
  const pending = waiting(await server.password('kim'))
  const { token } = await signInWithAccepted(server)
  return [
    {},
    { authorization: `Bearer ${keys.admin}` },
    { authorization: `Bearer ${pending}` },
    { cookie: `${names.session}=${token}`, ...OURS },
    { cookie: `${names.pending}=${pending}`, ...OURS },
  ]
}

/** A session without a message, which nobody in here could read. */
async function signInWithAccepted(server: WholeServer): Promise<{ readonly token: string }> {
  await server.set({ 'two_factor.enabled': false })
  const outcome = await server.password('root')
  assert.ok(outcome.kind === 'signed-in', outcome.kind)
  await server.set({ 'two_factor.enabled': true })
  return outcome
}

function requestOf(door: Door & { readonly name: string }, callers: readonly Readonly<Record<string, string>>[]) {
  const place = fc.oneof(fc.constantFrom('kim', 'sam', 'web', 'email', 'sms', 'nobody'), oddText)
  const query = fc.dictionary(fc.constantFrom(...FORM_FIELDS, 'limit', 'cursor', 'before', 'from', 'ev'), oddText, {
    maxKeys: 3,
  })
  const headers = fc.dictionary(fc.constantFrom(...HEADERS), headerText, { maxKeys: 3 })
  const json = door.face === 'api' && !door.name.includes('import')
  const type = json ? 'application/json' : door.name.includes('import') ? 'text/csv' : FORM
  return fc
    .record({
      places: fc.array(place, { minLength: 4, maxLength: 4 }),
      query,
      headers,
      caller: fc.constantFrom(...callers),
      body: json ? jsonBody(door) : fc.oneof(formBody, oddText),
      plant: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, headerText),
    })
    .map(({ places, query: asked, headers: said, caller, body, plant }) => {
      let used = 0
      const path = door.path.replaceAll(/:\w+/g, () => encode(places[used++] ?? ''))
      const search = Object.keys(asked).length === 0 ? '' : `?${new URLSearchParams(asked).toString()}`
      const cookie = [caller['cookie'], plant].filter(Boolean).join('; ')
      const ours = door.face === 'page' ? { 'sec-fetch-site': 'same-origin' } : {}
      return {
        door: `${door.method} /acme${path}${search}`,
        headers: { 'content-type': type, ...ours, ...said, ...caller, ...(cookie === '' ? {} : { cookie }) },
        ...(door.method === 'GET' ? {} : { body }),
      }
    })
}

/** What a header may hold at all: a client cannot send more. */
const headerText = fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x20-\x7E]/g, ''))

const formBody = fc
  .dictionary(fc.constantFrom(...FORM_FIELDS), oddText, { maxKeys: 6 })
  .map((fields) => new URLSearchParams(fields).toString())

const DOCUMENT = openApi({ address: 'http://localhost:4180/acme', name: 'acme' }) as {
  paths: Json
  components: { schemas: Json }
}

function jsonBody({ method, path }: Door): fc.Arbitrary<string> {
  const named = path.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')
  const operation = (DOCUMENT.paths[named] as Json | undefined)?.[method.toLowerCase()] as
    | { requestBody?: { content?: Record<string, { schema?: Json }> } }
    | undefined
  const schema = operation?.requestBody?.content?.['application/json']?.schema
  const near = bodyLike(schema ?? {}, DOCUMENT.components.schemas).map((value) => JSON.stringify(value) ?? 'null')
  return fc.oneof({ weight: 5, arbitrary: near }, fc.json(), oddText)
}

/** A place that an address can have: half of a surrogate pair cannot be written in one. */
function encode(place: string): string {
  return encodeURIComponent(place.toWellFormed()) || '%20'
}
