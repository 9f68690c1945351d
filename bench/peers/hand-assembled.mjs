import argon2 from 'argon2'
import express from 'express'
import session from 'express-session'
import { verifySync } from 'otplib'
import passport from 'passport'
import { Strategy } from 'passport-local'
import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { nameOf, PASSWORD, secretOf } from '../people.ts'

// What a team writes in a week: Express, passport with a local strategy, sessions in SQLite, a second step with otplib.
const [folder = '.', users = '100', hashing = 'on'] = process.argv.slice(2)
const ARGON2 = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const db = new DatabaseSync(`${folder}/hand.db`)
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE users (name TEXT PRIMARY KEY, hash TEXT NOT NULL, secret TEXT NOT NULL, last_step INTEGER NOT NULL);
  CREATE TABLE sessions (sid TEXT PRIMARY KEY, data TEXT NOT NULL, expires INTEGER NOT NULL)`)
const hash = await argon2.hash(PASSWORD, ARGON2)
const add = db.prepare('INSERT INTO users VALUES (?, ?, ?, 0)')
db.exec('BEGIN')
for (let number = 0; number < Number(users); number += 1) add.run(nameOf(number), hash, base32(secretOf(number)))
db.exec('COMMIT')

const byName = db.prepare('SELECT * FROM users WHERE name = ?')
const spend = db.prepare('UPDATE users SET last_step = ? WHERE name = ? AND last_step < ?')

class SqliteStore extends session.Store {
  #get = db.prepare('SELECT data, expires FROM sessions WHERE sid = ?')
  #set = db.prepare(
    'INSERT INTO sessions VALUES (?, ?, ?) ON CONFLICT (sid) DO UPDATE SET data = excluded.data, expires = excluded.expires',
  )
  #destroy = db.prepare('DELETE FROM sessions WHERE sid = ?')
  get(sid, done) {
    const row = this.#get.get(sid)
    done(null, row && row.expires > Date.now() ? JSON.parse(row.data) : null)
  }
  set(sid, data, done) {
    this.#set.run(sid, JSON.stringify(data), Date.now() + 86_400_000)
    done?.()
  }
  touch(_sid, _data, done) {
    done?.()
  }
  destroy(sid, done) {
    this.#destroy.run(sid)
    done?.()
  }
}

passport.use(
  new Strategy(async (username, password, done) => {
    const user = byName.get(username)
    const right = user !== undefined && (hashing !== 'on' || (await argon2.verify(user.hash, password)))
    done(null, right ? { name: user.name } : false)
  }),
)
passport.serializeUser((user, done) => done(null, user.name))
passport.deserializeUser((name, done) => done(null, { name }))

const app = express()
app.use(express.json())
app.use(
  session({
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    store: new SqliteStore(),
  }),
)
app.use(passport.session())
app.post('/login', passport.authenticate('local'), (request, response) => {
  response.json({ second: 'totp' })
})
app.post('/verify', (request, response) => {
  const user = request.user && byName.get(request.user.name)
  if (!user) return response.status(401).end()
  const { valid } = verifySync({ secret: user.secret, token: request.body.code, epochTolerance: 30 })
  const step = Math.floor(Date.now() / 30_000)
  if (!valid || spend.run(step, user.name, step).changes !== 1) return response.status(401).end()
  request.session.passed = true
  response.json({ name: user.name })
})
app.get('/session', (request, response) => {
  if (!request.user || !request.session.passed) return response.status(401).end()
  response.set('Remote-User', request.user.name).status(200).end()
})
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`)
})

function base32(bytes) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return bits
    .match(/.{5}/g)
    .map((five) => letters[Number.parseInt(five, 2)])
    .join('')
}
