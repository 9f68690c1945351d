import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { verifyLog } from '#audit/verify-log.ts'
import { IMPORT_COLUMNS } from '#usecases/import-columns.ts'
import { type CommandLine, commandLine } from '../../test/command-line.ts'
import { IMPORT_WORDS } from './user-commands.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'countersign-import-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

function fileOf(t: TestContext, text: string | Uint8Array): string {
  const path = join(folder(t), 'users.csv')
  writeFileSync(path, text)
  return path
}

const users = async (line: CommandLine) =>
  (await line.json('--site acme users list')) as readonly Readonly<Record<string, unknown>>[]

test('users come from a file with all they have, and with what holds for new users', async (t) => {
  const line = await commandLine({ preset: 'fleet' })
  const path = fileOf(
    t,
    '\ufeffUsername;Display Name;email;phone;kind;roles;language;two_factor_app;two_factor_email;two_factor_sms\r\n' +
      'Lee;"Li; Lee";lee@acme.test;+4915112345678;system;HR Manager|System Manager;de-AT;;yes;no\r\n' +
      'max;;;;website;;;;;\r\n',
  )
  const { code, out, err } = await line.run(['--site', 'acme', 'users', 'import', path])
  assert.deepEqual([code, out], [0, '2 users imported.\n'])
  assert.match(err, /None of them has a password yet/)
  const made = await users(line)
  assert.deepEqual(
    made.find(({ username }) => username === 'lee'),
    {
      username: 'lee',
      display_name: 'Li; Lee',
      email: 'lee@acme.test',
      phone: '+4915112345678',
      kind: 'system',
      status: 'active',
      roles: ['HR Manager', 'System Manager'],
      language: 'de-AT',
      two_factor_app: false,
      two_factor_email: true,
      two_factor_sms: false,
      interval_hours: null,
      applications: { manager: { two_factor: true }, web: { two_factor: true } },
      bypass: null,
      last_sign_in_at: null,
    },
  )
  const max = made.find(({ username }) => username === 'max')
  assert.deepEqual([max?.['display_name'], max?.['kind'], max?.['email']], ['max', 'website', null])
  const trail = await line.trail()
  assert.deepEqual(
    trail.slice(-2).map(({ ev, subject, data }) => [ev, subject?.name, data['imported']]),
    [
      ['user.created', 'lee', true],
      ['user.created', 'max', true],
    ],
  )
  await line.close()
})

test('[IV-07] numbers in a file are kept as E.164, of the site’s own country where none is named, and of allowed ones', async (t) => {
  const line = await commandLine()
  await line.run('--site acme set-config delivery.phone_default_country DE')
  const rows = (phones: readonly string[]): string =>
    ['username,phone', ...phones.map((phone, index) => `n${index},${phone}`)].join('\n')
  const path = fileOf(t, rows(['0151 12345678', '+43 (0)664 1234567', '']))
  assert.equal((await line.run(['--site', 'acme', 'users', 'import', path])).code, 0)
  const phones = (await users(line)).filter(({ username }) => /^n\d$/.test(String(username)))
  assert.deepEqual(
    phones.map(({ phone }) => phone),
    ['+4915112345678', '+436641234567', null],
  )

  await line.run(['--site', 'acme', 'set-config', 'delivery.phone_countries', '["DE"]'])
  const other = fileOf(t, rows(['0151 12345678', '+43 664 1234567', '0900 1234567']).replaceAll(/^n/gm, 'm'))
  const { code, err } = await line.run(['--site', 'acme', 'users', 'import', other])
  assert.equal(code, 4)
  assert.match(err, /line 3, phone: is a number of AT, and this site takes numbers of DE; .* delivery\.phone_countries/)
  assert.match(err, /line 4, phone: is a number that costs whoever writes to it; enter the number of a mobile phone/)
  assert.doesNotMatch(err, /line 2/)
})

test('one wrong row and nobody is made; every problem has its line and field', async (t) => {
  const line = await commandLine()
  const before = await users(line)
  const length = (await line.trail()).length
  const path = fileOf(
    t,
    [
      'username,email,phone,kind,roles,language,two_factor_sms',
      'good,good@acme.test,,,,,',
      'bad,"Bad <bad@acme.test>",0151,boss,"HR Manager,Baker",German,maybe',
      '',
      'GOOD,,,,,,',
      'kim,,,,,,',
      ',nobody@acme.test,,,,,',
      '"two\nlines",,,,,,',
      'short,',
    ].join('\n'),
  )
  const errors = join(folder(t), 'errors.csv')
  const { code, out, err } = await line.run(['--site', 'acme', 'users', 'import', path, '--errors', errors])
  assert.deepEqual([code, out], [4, ''])
  for (const said of [
    'line 3, two_factor_sms: is yes or no, not "maybe"',
    'line 3, email: is not one email address',
    'line 3, phone: is not a number in international form, like +4915112345678',
    'line 3, kind: is one of system, website, service',
    'line 3, language: is not a language tag like en or de-AT',
    'line 5, username: stands on line 2 already',
    'line 6, username: there is a user "kim" at acme already',
    'line 7, username: a user name has 1 to 140 visible characters and no spaces',
    'line 8, username: a user name has 1 to 140 visible characters and no spaces',
    'line 10, row: has 2 cells where the header has 7; commas and line breaks inside a cell need quotation marks',
    'Nothing was imported.',
  ])
    assert.ok(err.includes(`${said}\n`), `${said}\n---\n${err}`)
  assert.match(err, /line 3, roles: there is no role "Baker"; known: /)
  assert.match(readFileSync(errors, 'utf8'), /^line,username,field,problem\r\n3,bad,two_factor_sms,.*\r\n/)
  assert.deepEqual(await users(line), before)
  assert.equal((await line.trail()).length, length)
  const json = await line.run(['--site', 'acme', 'users', 'import', path, '--json'])
  assert.equal(json.code, 4)
  const { problems, imported } = JSON.parse(json.out) as { problems: readonly object[]; imported: number }
  assert.deepEqual([problems.length, imported], [11, 0])
  await line.close()
})

test('a header is looked at before the rows: unknown, doubled and missing columns', async (t) => {
  const line = await commandLine()
  const said = async (text: string) => {
    const { code, err } = await line.run(['--site', 'acme', 'users', 'import', fileOf(t, text)])
    assert.equal(code, 4)
    return err
  }
  assert.match(await said('username,e-mail\na,\n'), /^line 1, e-mail: there is no such column; did you mean email\?$/m)
  assert.match(await said('username,password\na,x\n'), /^line 1, password: passwords are not imported/m)
  assert.match(
    await said('username,shoe size\na,x\n'),
    /^line 1, shoe size: there is no such column; known: username, /m,
  )
  assert.match(await said('username,email,Email\na,,\n'), /^line 1, email: stands in the header more than once$/m)
  assert.match(await said('email\na@acme.test\n'), /^line 1, username: is missing in the header$/m)
  await line.close()
})

test('a dry run checks everything and makes nobody', async (t) => {
  const line = await commandLine()
  const path = fileOf(t, 'username\nlee\nmax\n')
  const dry = await line.run(['--site', 'acme', 'users', 'import', path, '--dry-run'])
  assert.deepEqual([dry.code, dry.out, dry.err], [0, '2 users can be imported.\n', 'Nothing was changed.\n'])
  assert.equal((await users(line)).length, 6)
  const data = await line.json(['--site', 'acme', 'users', 'import', path])
  assert.deepEqual(data, { dry_run: false, rows: 2, imported: 2, problems: [] })
  const again = await line.run(['--site', 'acme', 'users', 'import', path, '--dry-run'])
  assert.equal(again.code, 4)
  await line.close()
})

test('what is no readable CSV is refused, and a file that is not there is not found', async (t) => {
  const line = await commandLine()
  const run = (path: string) => line.run(['--site', 'acme', 'users', 'import', path])
  const latin = await run(
    fileOf(t, Uint8Array.from([...Buffer.from('username,display_name\nlee,J'), 0xf6, 0x72, 0x67, 10])),
  )
  assert.deepEqual(latin.code, 4)
  assert.match(latin.err, /is not UTF-8 text; save it as "CSV UTF-8"/)
  const open = await run(fileOf(t, 'username\n"lee\n'))
  assert.deepEqual([open.code, /^line \d: a quotation mark is opened/.test(open.err)], [4, true])
  assert.equal((await run('/nowhere/users.csv')).code, 3)
  assert.equal((await line.run(['--site', 'acme', 'users', 'import'])).code, 2)
  const none = await run(fileOf(t, 'username\n'))
  assert.deepEqual([none.code, none.out], [0, '0 users imported.\n'])
  const typed = await line.run('--site acme users import -', 'username\nlee\n')
  assert.deepEqual([typed.code, typed.out], [0, '1 user imported.\n'])
  await line.close()
})

test('ten thousand users are imported in one commit, and one wrong row among them stops it', async (t) => {
  const line = await commandLine({ preset: 'fleet' })
  const rows = Array.from({ length: 10_000 }, (_, index) => {
    const number = String(index).padStart(5, '0')
    return `user${number},User ${number},user${number}@acme.test,+49151${number}00,HR Manager`
  })
  const header = 'username,display_name,email,phone,roles'
  const wrong = fileOf(t, [header, ...rows.with(8_765, 'user 8765,,,,'), ''].join('\n'))
  const refused = await line.run(['--site', 'acme', 'users', 'import', wrong])
  assert.deepEqual([refused.code, refused.out], [4, ''])
  assert.match(refused.err, /^line 8767, username: /)
  assert.equal((await line.ports.store.usernames(line.site.id)).size, 6)

  const begun = process.hrtime.bigint()
  const done = await line.run(['--site', 'acme', 'users', 'import', fileOf(t, [header, ...rows].join('\n'))])
  const took = Number(process.hrtime.bigint() - begun) / 1e9
  t.diagnostic(`${took.toFixed(1)} s`)
  assert.deepEqual([done.code, done.out], [0, '10,000 users imported.\n'])
  assert.ok(took < 60)
  assert.equal((await line.ports.store.usernames(line.site.id)).size, 10_006)
  const [last] = await line.ports.store.people(line.site.id, { after: 'user09998', limit: 1, now: 0 })
  assert.deepEqual([last?.user.username, last?.userApplications], ['user09999', { manager: true, web: true }])
  assert.equal((await verifyLog(line.ports.store.auditLog(line.site.id, 0), { verifiers: [] })).kind, 'ok')
  await line.close()
})

test('the help names the columns that there are', () => {
  assert.equal(IMPORT_WORDS, IMPORT_COLUMNS.join(', '))
})
