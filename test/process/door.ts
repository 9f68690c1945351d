import { z } from 'zod'
import type { DemoProcess } from './demo-process.ts'

const answer = z.looseObject({
  status: z.union([z.string(), z.number()]).optional(),
  code: z.string().optional(),
  pending: z.object({ token: z.string() }).optional(),
  session: z.looseObject({ token: z.string().optional() }).optional(),
  secret: z.string().optional(),
})

export interface Answer {
  readonly status: number
  readonly type: string | null
  readonly body: z.output<typeof answer>
}

/** The JSON API of a running demo, as a program meets it. */
export interface Door {
  readonly password: (username: string) => Promise<Answer>
  /** Calls one address of the API; `token` is a pending login's, a session's or an API key. */
  readonly ask: (path: string, options?: { method?: string; token?: string; body?: unknown }) => Promise<Answer>
  /** The code in the newest message for somebody. */
  readonly code: (to: string) => Promise<string>
}

const messages = z.array(z.object({ to: z.string(), text: z.string() }))

export function openDoor(demo: DemoProcess): Door {
  const api = `${demo.origin}/${demo.site}/api/v1`
  const ask: Door['ask'] = async (path, { method = 'POST', token, body } = {}) => {
    const headers = new Headers(body === undefined ? {} : { 'content-type': 'application/json' })
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    return readAnswer(await fetch(`${api}${path}`, { method, headers, ...sent }))
  }
  return {
    ask,
    password: (username) => ask('/login', { body: { username, password: demo.passwordOf(username) } }),
    async code(to) {
      const all = messages.parse(await (await fetch(`${demo.mailbox}/messages`)).json())
      const code = /\b\d{6}\b/.exec(all.find((each) => each.to === to)?.text ?? '')?.[0]
      if (code === undefined) throw new Error(`no code was sent to ${to}`)
      return code
    },
  }
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: text === '' ? {} : answer.parse(JSON.parse(text)),
  }
}

/** The pending login's token in an answer to the password. */
export function pendingToken({ status, body }: Answer): string {
  if (body.pending === undefined) throw new Error(`no pending login: ${status} ${JSON.stringify(body)}`)
  return body.pending.token
}
