import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { twoFactor } from 'better-auth/plugins'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { nameOf, PASSWORD } from '../people.ts'

// better-auth as its manual sets it up: email and password, the twoFactor plugin, SQLite. Its rate limits are off: they would be measured instead.
const [folder = '.', users = '100', hashing = 'on'] = process.argv.slice(2)
const db = new DatabaseSync(`${folder}/better-auth.db`)
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
const server = createServer()
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const { port } = server.address()
const options = {
  database: db,
  secret: randomBytes(32).toString('hex'),
  baseURL: `http://localhost:${port}`,
  emailAndPassword: {
    enabled: true,
    ...(hashing === 'on' ? {} : { password: { hash: async () => 'none', verify: async () => true } }),
  },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { level: 'error' },
  plugins: [twoFactor()],
}
const auth = betterAuth(options)
await (await getMigrations(options)).runMigrations()

// One user as its own API makes it, with the app switched on; the others are copies of its rows under names of their own.
const email = `${nameOf(0)}@acme.test`
const { headers } = await auth.api.signUpEmail({
  body: { name: nameOf(0), email, password: PASSWORD },
  returnHeaders: true,
})
const cookie = headers
  .getSetCookie()
  .map((each) => each.split(';')[0])
  .join('; ')
const { totpURI } = await auth.api.enableTwoFactor({ body: { password: PASSWORD }, headers: new Headers({ cookie }) })
const secret = new URL(totpURI).searchParams.get('secret')
db.exec(`UPDATE "user" SET "twoFactorEnabled" = 1; DELETE FROM session`)
try {
  db.exec('UPDATE "twoFactor" SET "verified" = 1')
} catch {
  // Older versions have no such column.
}
copy('user', (row, n) => ({ ...row, id: `${row.id}${n}`, email: `${nameOf(n)}@acme.test`, name: nameOf(n) }))
copy('account', (row, n) => ({
  ...row,
  id: `${row.id}${n}`,
  userId: `${row.userId}${n}`,
  accountId: `${row.userId}${n}`,
}))
copy('twoFactor', (row, n) => ({ ...row, id: `${row.id}${n}`, userId: `${row.userId}${n}` }))
const handle = toNodeHandler(auth)
server.on('request', (request, response) => void handle(request, response))
process.stdout.write(`${JSON.stringify({ port, secret })}\n`)

function copy(table, change) {
  const [row] = db.prepare(`SELECT * FROM "${table}"`).all()
  const columns = Object.keys(row)
  const add = db.prepare(
    `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  db.exec('BEGIN')
  for (let number = 1; number < Number(users); number += 1) {
    const changed = change(row, number)
    add.run(...columns.map((name) => changed[name]))
  }
  db.exec('COMMIT')
}
