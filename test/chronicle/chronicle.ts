import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type CommandLine, commandLine } from '../command-line.ts'
import type { WorldOptions } from '../world.ts'
import { FORM, wholeServerOver } from '../whole-server.ts'
import { isObject, laidOut, plainly, sinceLast, withoutPasskey } from './plainly.ts'
import { difference, watch } from './rows.ts'
import { keptCookies, readable } from './seen.ts'

// A chronicle is what a site went through: what was asked, what was answered, which rows of the database came, went or changed (the entries of
// the audit log among them), and what was sent. It is kept beside its test and read by a person when it changes:
//
//     CHRONICLE=write node test/chronicle/NAME.test.ts
//
// writes it anew. Whoever changes a line of it on purpose says so in the commit.

export interface Story extends CommandLine {
  /** A heading. */
  readonly about: (what: string) => void
  /** `POST /users` of the API, as the administrator's key unless another token is given, or none by null; the body of the answer. */
  readonly api: (door: string, body?: unknown, more?: Asked) => Promise<Answered>
  /** A command line. */
  readonly types: (typed: string | readonly string[], input?: string) => Promise<void>
  /** What no person asks for: what the server does by itself, or a protocol through its library. */
  readonly does: (what: string, act: () => Promise<unknown>) => Promise<Answered>
  /** Somebody at a browser, with the cookies of another one or none. */
  readonly browser: (cookies?: string) => Browser
}

export interface Browser {
  /** `POST /login` of the site, with the fields of a form; where it leads to, if anywhere. */
  readonly go: (
    door: string,
    fields?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<string | null>
  /** `GET` of where the last form led to. */
  readonly follow: () => Promise<string | null>
  /** The sign-in that waits, as its pages name it. */
  readonly login: () => string
  readonly cookies: () => string
  /** The page that was read last, as it came. */
  readonly page: () => string
}

// oxlint-disable-next-line typescript/no-explicit-any -- a story takes on what it was answered
export type Answered = any

export interface Asked {
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** Headers of an answer that say something of what was done. */
const HEADERS = ['etag', 'location', 'retry-after', 'idempotency-replayed', 'content-disposition'] as const

export function chronicle(name: string, options: WorldOptions, tell: (story: Story) => Promise<void>): void {
  test(`what is answered, kept and sent is what the chronicle of ${name} says`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-chronicle-'))
    const file = join(folder, 'site.db')
    const small = await commandLine({ ...options, database: `sqlite:${file}` })
    const watched = watch(file)
    const lines: string[] = []
    const path = join(import.meta.dirname, `${name.replaceAll(' ', '-')}.txt`)
    const told = (): string => `${lines.join('\n')}\n`
    try {
      await tell(storyteller(small, watched, lines))
    } finally {
      if (process.env['CHRONICLE'] === 'write') writeFileSync(path, told())
      watched.close()
      await small.close()
      rmSync(folder, { recursive: true })
    }
    const known = existsSync(path) ? readFileSync(path, 'utf8') : ''
    differs(lines.join('\n').split('\n'), known.split('\n'), path)
  })
}

/** Fails at the first line that is another, with those before it: of two long texts a person wants to see that one. */
function differs(told: readonly string[], known: readonly string[], path: string): void {
  const at = told.findIndex((line, index) => line !== known[index])
  const over = at === -1 && known.length - 1 > told.length
  if (at === -1 && !over) return
  const line = at === -1 ? told.length : at
  const before = told.slice(Math.max(0, line - 10), line).join('\n')
  assert.fail(`${path}:${line + 1}\n${before}\nnow:    ${told[line]}\nbefore: ${known[line]}`)
}

function storyteller(small: CommandLine, watched: ReturnType<typeof watch>, lines: string[]): Story {
  const { knock } = wholeServerOver(small)
  const plain = plainly()
  let before = watched.rows()
  let sent = small.messages().length
  const answers = new Map<string, unknown>()

  const say = (line: string): void => void lines.push(plain(line).replaceAll('\r', '␍'))
  const happened = (): void => {
    const after = watched.rows()
    for (const line of difference(before, after)) say(line)
    before = after
    const messages = small.messages()
    // The HTML says the same.
    for (const message of messages.slice(0, messages.length - sent).toReversed())
      say(
        `  sent by ${message.channel} to ${message.to}: ${JSON.stringify(`${message.subject ?? ''} ${message.text}`)}`,
      )
    sent = messages.length
  }
  return {
    ...small,
    // A story goes on where no code came, with one that nobody sent.
    codeFor(username, channel) {
      try {
        return small.codeFor(username, channel)
      } catch {
        return '000000'
      }
    },
    about: (what) => say(`\n## ${what}\n`),
    async api(door, body, { token = small.keys.admin, headers = {} } = {}) {
      const [method, path] = door.split(' ')
      const isText = typeof body === 'string'
      const answer = await knock(`${method} /acme/api/v1${path}`, {
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      const isJson = /json(?:;|$)/.test(answer.headers.get('content-type') ?? '') && text !== ''
      const got = isJson ? (JSON.parse(text) as unknown) : text
      if (isObject(got)) delete (got as { instance?: string }).instance
      const who = token === small.keys.admin ? '' : token === null ? ' (nobody)' : ` (${plain(token)})`
      say(`> ${door}${who}${body === undefined ? '' : ` ${isText ? body : laidOut(withoutPasskey(body))}`}`)
      const told = HEADERS.flatMap((each) => (answer.headers.has(each) ? [`${each}: ${answer.headers.get(each)}`] : []))
      const [where = ''] = (path ?? '').split('?')
      const shown = isJson ? laidOut(sinceLast(answers.get(where), got)) : text
      if (isJson && answer.ok) answers.set(where, got)
      say(`< ${[answer.status, ...told].join(' · ')}${text === '' ? '' : ` ${shown}`}`)
      happened()
      return got
    },
    async types(typed, input) {
      const { code, out, err } = await small.run(typed, input)
      say(
        `$ countersign ${typeof typed === 'string' ? typed : typed.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ')}`,
      )
      say(`${out}${err}${code === 0 ? '' : `(${code})`}`.trimEnd())
      happened()
    },
    async does(what, act) {
      const came = await act()
      say(`* ${what}`)
      say(`= ${laidOut(came)}`)
      happened()
      return came
    },
    browser(had = '') {
      let cookies = had
      let location: string | null = null
      let page = ''
      let login = ''
      const go: Browser['go'] = async (door, fields, headers = {}) => {
        const [method, path] = door.split(' ')
        const answer = await knock(`${method} /acme${path}`, {
          headers: {
            accept: 'text/html',
            'sec-fetch-site': 'same-origin',
            ...(cookies === '' ? {} : { cookie: cookies }),
            ...(fields === undefined ? {} : { 'content-type': FORM }),
            ...headers,
          },
          ...(fields === undefined ? {} : { body: new URLSearchParams(fields).toString() }),
        })
        page = await answer.text()
        location = answer.headers.get('location')
        cookies = keptCookies(cookies, answer.headers.getSetCookie())
        login = /\blogin=(\w+)/.exec(location ?? '')?.[1] ?? login
        say(`> ${door}${fields === undefined ? '' : ` ${laidOut(withoutPasskey(fields))}`}`)
        say(`< ${answer.status}${location === null ? '' : ` to ${location}`}`)
        for (const line of readable(page)) say(`  | ${line}`)
        happened()
        return location
      }
      return {
        go,
        follow: () => go(`GET ${(location ?? '/acme').replace(/^https?:\/\/[^/]+/, '').replace(/^\/acme/, '')}`),
        login: () => login,
        cookies: () => cookies,
        page: () => page,
      }
    },
  }
}
