import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { createApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import { type World, type WorldOptions, world } from './world.ts'

export interface Knock {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** Where the request says it goes, if not to our origin. */
  readonly base?: string
}

export interface WholeServer extends World {
  /** `POST /acme/login`: a request of the server with all its interfaces, as it runs in production but for the socket. */
  knock(door: string, call?: Knock): Promise<Response>
  /** A form of our own pages, as a browser sends it. */
  form(path: string, fields: Readonly<Record<string, string>>, headers?: Knock['headers']): Promise<Response>
  json(door: string, body: unknown, headers?: Knock['headers']): Promise<Response>
  /** Everything that went wrong inside. */
  readonly reports: unknown[]
}

export const FORM = 'application/x-www-form-urlencoded'
/** What a browser says of a form or a script of our own pages. */
export const OURS = { 'sec-fetch-site': 'same-origin', 'x-countersign': '1' }

/** The small world behind every door there is. Closed when the test ends. */
export async function wholeServer(t: TestContext, options: WorldOptions = {}): Promise<WholeServer> {
  const small = await world(options)
  t.after(small.close)
  return wholeServerOver(small)
}

/** The same over a world that is there already. */
export function wholeServerOver(small: World): WholeServer {
  const parsed = parseConfig({})
  assert.ok(parsed.ok)
  const reports: unknown[] = []
  const app = createApp(small.ports, { config: parsed.config, report: (error) => reports.push(error) })
  const { origin } = small.ports

  const knock: WholeServer['knock'] = (door, { headers = {}, body, base = origin } = {}) => {
    const [method = '', path = ''] = door.split(' ')
    const sent = body === undefined ? {} : { body }
    return app.fetch(new Request(`${base}${path}`, { method, headers, ...sent }), '198.51.100.7')
  }
  return {
    ...small,
    knock,
    form: (path, fields, headers = {}) =>
      knock(`POST ${path}`, {
        headers: { 'content-type': FORM, 'sec-fetch-site': 'same-origin', accept: 'text/html', ...headers },
        body: new URLSearchParams(fields).toString(),
      }),
    json: (door, body, headers = {}) =>
      knock(door, { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }),
    reports,
  }
}

/** The cookies that an answer sets, as a browser would send them back. */
export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((each) => each.slice(0, each.indexOf(';')))
    .join('; ')
}
