import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Login } from '#api/schemas.ts'
import { cookieNames } from '#http/cookies.ts'
import { DOORS } from '#http/doors.ts'
import { METHODS } from '#domain/method.ts'
import { readSettings } from '#policy/settings.ts'
import { linkFor, withApp } from '../enrolment-steps.ts'
import { siteOnDisk } from '../database-dump.ts'
import { signInWithCode, siteFor, waiting } from '../steps.ts'
import { wholeServerOver } from '../whole-server.ts'

// Mistakes that others made come in kinds: a change by GET, a second path, a check that a missing field skips, a log that can be
// edited by the door beside it. Each kind is looked for here over everything there is, so that the next door cannot bring it back.

/** What merely looking may write: when somebody was last seen, and who looked at what. */
const TOUCHES: Readonly<Record<string, readonly string[]>> = {
  sessions: ['last_seen_at'],
  api_keys: ['last_used_at'],
  devices: ['last_used_at'],
}
const READING = ['helpdesk.viewed', 'authz.denied']

function tablesOf(file: string): ReadonlyMap<string, string> {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all()
    return new Map(
      names.map(({ name }) => {
        const rows = db.prepare(`SELECT * FROM "${String(name)}"`).all()
        const left = rows.map((row) => {
          const kept = { ...row }
          for (const column of TOUCHES[String(name)] ?? []) delete kept[column]
          return kept
        })
        return [String(name), JSON.stringify(left)] as const
      }),
    )
  } finally {
    db.close()
  }
}

test('[R-158] no door with GET changes a row, knocked at by an administrator, a key, a waiting sign-in and nobody', async (t) => {
  const { at, file } = await siteOnDisk(t, 'erp')
  const server = wholeServerOver(at)
  waiting(await at.password('sam'))
  const link = linkFor(at, 'sam')
  await withApp(at, 'kim')
  await at.set({ 'methods.allowed': ['email', 'app'] })
  const { token, deviceToken } = await signInWithCode(at, 'root')
  const pending = waiting(await at.password('op'))
  const names = cookieNames('acme', at.ports.origin)
  const callers: readonly Record<string, string>[] = [
    {},
    { authorization: `Bearer ${at.keys.admin}` },
    { authorization: `Bearer ${token}` },
    { cookie: `${names.session}=${token}; ${names.device}=${deviceToken ?? ''}` },
    { cookie: `${names.pending}=${pending}` },
  ]
  // The key that a site signs tokens with is made when it is first wanted, whoever wants it.
  await server.knock('GET /acme/oidc/jwks')
  const before = (await at.trail()).length
  for (const { name, method, path } of DOORS) {
    // A receipt of a gateway that can only GET is the one change by GET; its address is a secret that nobody here has.
    if (method !== 'GET') continue
    for (const headers of callers)
      for (const way of ['GET', 'HEAD']) {
        const rowsBefore = tablesOf(file)
        const place = path
          .replaceAll(':token', link)
          .replaceAll(/:(?:username|thing)/g, 'kim')
          .replaceAll(/:\w+/g, 'email')
        const answer = await server.knock(`${way} /acme${place}`, { headers: { accept: 'text/html', ...headers } })
        await answer.text()
        // The console says 503 where it was not built.
        assert.ok(
          answer.status < 500 || name.startsWith('page.console'),
          `${way} ${name} ${answer.status} ${String(server.reports[0])}`,
        )
        for (const [table, rows] of tablesOf(file)) {
          if (table.startsWith('audit_')) continue
          assert.equal(rows, rowsBefore.get(table), `${way} ${name} changed ${table}`)
        }
      }
  }
  // What the log has gained is that somebody looked, or was refused.
  const gained = (await at.trail()).slice(before)
  for (const { ev } of gained) assert.ok(READING.includes(ev), ev)
  assert.deepEqual(server.reports, [])
})

test('[AU-09] no door writes the audit log, and the database itself refuses to change or to remove an entry', async (t) => {
  const doors = DOORS.filter(({ path }) => path.includes('/audit')).map(({ method, path }) => `${method} ${path}`)
  assert.ok(doors.length >= 2)
  for (const door of doors) assert.match(door, /^GET /)
  const { at, file } = await siteOnDisk(t, 'manufacturing')
  const server = wholeServerOver(at)
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    for (const path of ['/audit', '/audit/export', '/audit/1']) {
      const answer = await server.json(
        `${method} /acme/api/v1${path}`,
        {},
        { authorization: `Bearer ${at.keys.admin}` },
      )
      assert.ok([404, 405].includes(answer.status), `${method} ${path}: ${answer.status}`)
    }
  const db = new DatabaseSync(file)
  try {
    for (const statement of [
      "UPDATE audit_entries SET ev = 'user.deleted'",
      'DELETE FROM audit_entries',
      'UPDATE audit_entries SET seq = seq + 1',
    ])
      assert.throws(() => db.exec(statement), /never (?:changed|deleted)/, statement)
  } finally {
    db.close()
  }
})

test('[R-130] nobody is asked a secret question, and there are no hints: no method, field or column for one', () => {
  const kinds = ['app', 'email', 'sms', 'passkey', 'recovery', 'hardware']
  for (const method of METHODS) assert.ok(kinds.includes(method), method)
  const sql = globSync('src/store/migrations/*.sql').map((path) => readFileSync(path, 'utf8'))
  const texts = globSync('src/web/texts/*.ts', { exclude: ['**/*.test.ts'] }).map((path) => readFileSync(path, 'utf8'))
  for (const text of [...sql, ...texts])
    assert.doesNotMatch(text, /secret.question|security.question|maiden|password.hint/i)
  assert.doesNotMatch(sql.join(), /\b(?:question|hint)\w* TEXT/i)
})

test('what is missing is refused or read strictly: no password, no code, no user, no stored setting means "let in"', async (t) => {
  for (const body of [{}, { username: 'kim' }, { password: 'x' }, { username: null, password: null }])
    assert.ok(!Login.safeParse(body).success)
  const at = await siteFor(t, 'manufacturing')
  const server = wholeServerOver(at)
  const pending = waiting(await at.password('kim'))
  const holder = { authorization: `Bearer ${pending}` }
  for (const body of [{}, { code: '' }, { code: null }, { code: [] }, { remember_device: true }, { code: false }]) {
    const answer = await server.json('POST /acme/api/v1/login/verify', body, holder)
    assert.ok(answer.status >= 400 && answer.status < 500, JSON.stringify(body))
    assert.doesNotMatch(await answer.text(), /st_/)
  }
  for (const fields of [{}, { username: 'kim' }, { username: 'kim', password: '' }, { code: '' }] as Record<
    string,
    string
  >[])
    for (const path of ['/acme/login', '/acme/login/code']) {
      const cookie = `${cookieNames('acme', at.ports.origin).pending}=${pending}`
      const answer = await server.form(path, fields, { cookie })
      assert.deepEqual(
        answer.headers.getSetCookie().filter((each) => each.includes('=st_')),
        [],
      )
    }
  assert.equal(await at.ports.store.countSessions(at.site.id, null, at.clock.now()), 0)
})

test('a stored setting that cannot be read is read as its strictest value', () => {
  const { settings } = readSettings(
    new Map<string, unknown>([
      ['challenge.interval_hours', 'no idea'],
      ['delivery.when_unconfigured', 7],
    ]),
  )
  assert.equal(settings['challenge.interval_hours'], 0)
  assert.equal(settings['delivery.when_unconfigured'], 'block')
})

test('a proof is spent by a statement that says what it expects to find: each such change can fail, and nobody reads before it', () => {
  const sources = globSync('src/store/*statements.ts')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  for (const [what, pattern] of [
    ['a step of an app', /UPDATE authenticators SET last_step = \?.*?AND (?:\()?last_step/s],
    ['a recovery code', /DELETE FROM recovery_codes WHERE site_id = \? AND user_id = \? AND digest = \?/],
    ['a passkey ceremony', /INSERT INTO spent_ceremonies .*?ON CONFLICT DO NOTHING/s],
    ['a challenge', /UPDATE challenges SET .*?AND version = \?/s],
    ['failed codes', /UPDATE code_counters SET .*?AND version = \?/s],
  ] as const)
    assert.match(sources, pattern, what)
})

test('[R-240] names, passwords and codes can be filled in and pasted, and nobody has to solve a puzzle', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const server = wholeServerOver(at)
  const cookie = `${cookieNames('acme', at.ports.origin).pending}=${waiting(await at.password('kim'))}`
  const page = async (headers: Record<string, string>) =>
    (await server.knock('GET /acme/login', { headers: { accept: 'text/html', ...headers } })).text()
  const [first, second] = [await page({}), await page({ cookie })]
  assert.match(first, /name="username"[^>]* autocomplete="username/)
  assert.match(first, /name="password"[^>]* autocomplete="current-password"/)
  assert.match(second, /name="code"[^>]* autocomplete="one-time-code"/)
  for (const markup of [first, second]) assert.doesNotMatch(markup, /onpaste|autocomplete="off"|captcha|<canvas/i)
})
