import { hash, verify } from '@node-rs/argon2'
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { hotp } from '#authenticators/hotp.ts'
import { nameOf, PASSWORD, secretOf } from '../people.ts'

// The least that can be done: no policy, no audit, no sites, no limits, no checks beyond the password, the code and its single use.
const [folder = '.', users = '100', hashing = 'on'] = process.argv.slice(2)
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const db = new DatabaseSync(`${folder}/floor.db`)
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE users (name TEXT PRIMARY KEY, hash TEXT NOT NULL, secret BLOB NOT NULL, last_step INTEGER NOT NULL);
  CREATE TABLE pending (token TEXT PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE sessions (token TEXT PRIMARY KEY, name TEXT NOT NULL, ends INTEGER NOT NULL)`)
const stored = await hash(PASSWORD, ARGON2)
const addUser = db.prepare('INSERT INTO users VALUES (?, ?, ?, 0)')
db.exec('BEGIN')
for (let number = 0; number < Number(users); number += 1) addUser.run(nameOf(number), stored, secretOf(number))
db.exec('COMMIT')

const userOf = db.prepare('SELECT hash, secret, last_step FROM users WHERE name = ?')
const addPending = db.prepare('INSERT INTO pending VALUES (?, ?)')
const pendingOf = db.prepare('SELECT name FROM pending WHERE token = ?')
const endPending = db.prepare('DELETE FROM pending WHERE token = ?')
const spend = db.prepare('UPDATE users SET last_step = ? WHERE name = ? AND last_step < ?')
const addSession = db.prepare('INSERT INTO sessions VALUES (?, ?, ?)')
const sessionOf = db.prepare('SELECT name, ends FROM sessions WHERE token = ?')
const digest = (token: string): string => createHash('sha256').update(token).digest('base64')
const newToken = (): string => randomBytes(32).toString('base64url')

const server = createServer((request, response) => {
  if (request.url === '/session') {
    const token = /session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
    const found = sessionOf.get(digest(token))
    if (found === undefined || Number(found['ends']) < Date.now()) return void response.writeHead(401).end()
    return void response.writeHead(200, { 'remote-user': String(found['name']), 'content-length': 0 }).end()
  }
  if (request.url === '/ok') return void response.writeHead(200, { 'content-length': 0 }).end()
  void (request.url === '/login' ? login(request) : confirm(request)).then((answer) => {
    const body = JSON.stringify(answer)
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    response.writeHead(answer === null ? 401 : 200, headers).end(body)
  })
})

async function login(request: IncomingMessage) {
  const { username, password } = (await read(request)) as Record<string, string>
  const user = userOf.get(username ?? '')
  if (user === undefined || (hashing === 'on' && !(await verify(String(user['hash']), password ?? '')))) return null
  const pending = newToken()
  addPending.run(digest(pending), username ?? '')
  return { pending }
}

async function confirm(request: IncomingMessage) {
  const { pending, code } = (await read(request)) as Record<string, string>
  const name = pendingOf.get(digest(pending ?? ''))?.['name'] as string | undefined
  const user = name === undefined ? undefined : userOf.get(name)
  if (name === undefined || user === undefined) return null
  const now = Math.floor(Date.now() / 30_000)
  const step = [now, now - 1, now + 1].find((each) => hotp(user['secret'] as Uint8Array, each, { digits: 6 }) === code)
  if (step === undefined) return null
  const session = newToken()
  db.exec('BEGIN IMMEDIATE')
  const spent = spend.run(step, name, step).changes
  if (spent === 1) {
    endPending.run(digest(pending ?? ''))
    addSession.run(digest(session), name, Date.now() + 86_400_000)
  }
  db.exec('COMMIT')
  return spent === 1 ? { session } : null
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text)
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
})
