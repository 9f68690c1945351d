import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Answer, type Connection, cookiesOf } from './connection.ts'
import type { Running } from './contestants.ts'
import { codeOf, nameOf, PASSWORD, secretOf } from './people.ts'
import type { Act } from './rounds.ts'

/** Base32 of RFC 4648, as better-auth tells its secret. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Password, then the code of an app, then a session: the same two requests at each contestant, a user of its own every time. */
export function passwordAndCode({ name, said, port }: Running, users: number): Act {
  switch (name) {
    case 'countersign':
      return async (connection, turn) => {
        const user = turn % users
        const asked = await connection.post('/acme/api/v1/login', { username: nameOf(user), password: PASSWORD })
        const { pending } = read<{ pending: { token: string } }>(asked, 202)
        const code = codeOf(secretOf(user))
        const bearer = { authorization: `Bearer ${pending.token}` }
        read(await connection.post('/acme/api/v1/login/verify', { code }, bearer), 200)
      }
    case 'floor':
      return async (connection, turn) => {
        const user = turn % users
        const asked = await connection.post('/login', { username: nameOf(user), password: PASSWORD })
        const { pending } = read<{ pending: string }>(asked, 200)
        const { session } = read<{ session: string }>(
          await connection.post('/verify', { pending, code: codeOf(secretOf(user)) }),
          200,
        )
        if (session === undefined) throw new Error('the floor opened no session')
      }
    case 'hand-assembled':
      return async (connection, turn) => {
        const user = turn % users
        const asked = await connection.post('/login', { username: nameOf(user), password: PASSWORD })
        read(asked, 200)
        read(await connection.post('/verify', { code: codeOf(secretOf(user)) }, { cookie: cookiesOf(asked) }), 200)
      }
    case 'better-auth': {
      const secret = fromBase32(said['secret'] ?? '')
      const browser = browserAt(port)
      return async (connection, turn) => {
        const email = `${nameOf(turn % users)}@acme.test`
        const asked = await connection.post('/api/auth/sign-in/email', { email, password: PASSWORD }, browser)
        read(asked, 200)
        const headers = { ...browser, cookie: cookiesOf(asked) }
        read(await connection.post('/api/auth/two-factor/verify-totp', { code: codeOf(secret) }, headers), 200)
      }
    }
    default:
      throw new Error(`${name} has no way in`)
  }
}

/** It wants an origin it trusts; a browser sends its own. */
function browserAt(port: number): Readonly<Record<string, string>> {
  return { origin: `http://localhost:${port}` }
}

/** The second factor alone, for an application that has checked the password itself. */
export function secondFactor({ name, said }: Running, users: number): Act {
  if (name !== 'countersign') throw new Error(`${name} has no such API`)
  const key = { authorization: `Bearer ${said['key']}` }
  return async (connection, turn) => {
    const user = turn % users
    const asked = await connection.post('/acme/api/v1/challenges', { username: nameOf(user) }, key)
    const { pending } = read<{ pending: { token: string } }>(asked, 202)
    const bearer = { authorization: `Bearer ${pending.token}` }
    read(await connection.post('/acme/api/v1/login/verify', { code: codeOf(secretOf(user)) }, bearer), 200)
  }
}

/** A request with a session, answered 200 with who it is. */
export async function sessionCheck(running: Running, users: number, connect: () => Connection): Promise<Act> {
  const { name, said } = running
  const again = (path: string, headers: Readonly<Record<string, string>>): Act => {
    return async (connection) => {
      const answer = await connection.ask(path, { headers })
      if (answer.status !== 200) throw new Error(`${name} answered ${answer.status} to a session`)
    }
  }
  if (name === 'countersign') {
    const headers = forwarded(said, said['pass'] ?? '')
    return async (connection) => checked(await connection.ask('/acme/auth-request', { headers }), said['user'] ?? '')
  }
  if (name === 'floor on PostgreSQL') return again('/session', { cookie: `session=${said['token']}` })
  const connection = connect()
  try {
    const user = users - 1
    const code = codeOf(name === 'better-auth' ? fromBase32(said['secret'] ?? '') : secretOf(user))
    if (name === 'floor') {
      const { pending } = read<{ pending: string }>(
        await connection.post('/login', { username: nameOf(user), password: PASSWORD }),
        200,
      )
      const { session } = read<{ session: string }>(await connection.post('/verify', { pending, code }), 200)
      return again('/session', { cookie: `session=${session}` })
    }
    const better = name === 'better-auth'
    const asked = await connection.post(
      better ? '/api/auth/sign-in/email' : '/login',
      better
        ? { email: `${nameOf(user)}@acme.test`, password: PASSWORD }
        : { username: nameOf(user), password: PASSWORD },
      browserAt(running.port),
    )
    const cookie = cookiesOf(asked)
    const verify = better ? '/api/auth/two-factor/verify-totp' : '/verify'
    const passed = await connection.post(verify, { code }, { ...browserAt(running.port), cookie })
    read(passed, 200)
    return again(better ? '/api/auth/get-session' : '/session', { cookie: cookiesOf(passed) || cookie })
  } finally {
    connection.close()
  }
}

/** The same with a session of the crowd, and every time another one, so that nothing that is kept at hand has the answer. */
export async function strangersCheck({ said, folder }: Running): Promise<Act> {
  const passes = (await readFile(join(folder, 'passes'), 'utf8')).split('\n')
  return async (connection, turn) => {
    const headers = forwarded(said, passes[turn % passes.length] ?? '')
    checked(await connection.ask('/acme/auth-request', { headers }), 'member')
  }
}

function forwarded(said: Running['said'], pass: string): Readonly<Record<string, string>> {
  return {
    cookie: `__Host-cs-acme-pass=${pass}`,
    'x-forwarded-proto': 'https',
    'x-forwarded-host': said['host'] ?? '',
    'x-forwarded-uri': '/orders?page=2',
    'x-forwarded-method': 'GET',
  }
}

function checked({ status, head }: Answer, user: string): void {
  if (status !== 200 || !/\r\nremote-user: (\S*)/i.exec(head)?.[1]?.startsWith(user))
    throw new Error(`${status} for ${user}: ${head}`)
}

function read<T>(answer: Answer, status: number): T {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.body.slice(0, 300)}`)
  return JSON.parse(answer.body) as T
}

function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
