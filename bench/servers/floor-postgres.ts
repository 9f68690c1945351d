import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import pg from 'pg'

// A request, one prepared lookup over the socket of PostgreSQL, the answer: no policy, no sites, no second look.
const [, , , database = ''] = process.argv.slice(2)
const TOKEN = 'the only session there is'
const digest = (token: string): string => createHash('sha256').update(token).digest('base64')

const pool = new pg.Pool({ connectionString: database, max: 10 })
await pool.query('CREATE TABLE floor_sessions (token TEXT PRIMARY KEY, name TEXT NOT NULL, ends BIGINT NOT NULL)')
await pool.query('INSERT INTO floor_sessions VALUES ($1, $2, $3)', [digest(TOKEN), 'user0', Date.now() + 86_400_000])

const server = createServer((request, response) => {
  if (request.url === '/ok') return void response.writeHead(200, { 'content-length': 0 }).end()
  const token = /session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  const asked = { name: 'session', text: 'SELECT name, ends FROM floor_sessions WHERE token = $1' }
  void pool.query<{ name: string; ends: string }>({ ...asked, values: [digest(token)] }).then(({ rows: [found] }) => {
    if (found === undefined || Number(found.ends) < Date.now()) return void response.writeHead(401).end()
    response.writeHead(200, { 'remote-user': found.name, 'content-length': 0 }).end()
  })
})

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ port, token: TOKEN })}\n`)
})
