import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { TOTP } from 'otpauth'
import { seconds } from '#domain/time.ts'
import { type CommandLine, commandLine } from '../../test/command-line.ts'
import { encrypted, frappeDump, PASSWORD, SECRETS, SITE_CONFIG } from '../../test/frappe-dump.ts'
import { codeOf } from '../../test/phone.ts'
import { opened, type, waiting } from '../../test/steps.ts'

async function fromElsewhere(t: TestContext, files: Record<string, string | Uint8Array>) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-moving-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const line = await commandLine({ preset: 'erp' })
  t.after(line.close)
  const at = (name: string): string => join(folder, name)
  const frappe = (dump: string, ...more: string[]) =>
    line.run(['--site', 'acme', 'import', 'frappe', at(dump), '--encryption-key-file', at('site_config.json'), ...more])
  const everything = async (): Promise<string> =>
    JSON.stringify([await line.json('--site acme users list'), (await line.trail()).length])
  return { line, at, frappe, everything }
}

function signIn(line: CommandLine, username: string, password: string) {
  return line.password(username, { password })
}

test('[F23] users of a Frappe site sign in with the password and the app they had, and nobody scans again', async (t) => {
  const { line, frappe } = await fromElsewhere(t, { 'site.sql': frappeDump(), 'site_config.json': SITE_CONFIG })
  const { code, out, err } = await frappe('site.sql')
  assert.deepEqual([code, out], [0, '5 users and 2 authenticator apps moved in.\n'])
  for (const told of [
    '1 password came along',
    'Left behind: the role Blogger (1).',
    'Left behind: authenticator apps that were never confirmed (1).',
    'Left behind: passwords in an unknown form (1).',
    'Left behind: mobile numbers that are not in international form (1).',
  ])
    assert.ok(err.includes(told), err)
  const users = (await line.json('--site acme users list')) as readonly Record<string, unknown>[]
  const ada = users.find(({ username }) => username === 'ada@acme.test')
  assert.deepEqual(
    ['display_name', 'phone', 'kind', 'roles', 'language', 'status'].map((field) => ada?.[field]),
    ["Ada 'the' First", '+4915112345678', 'system', ['Accounts Manager'], 'de', 'active'],
  )
  const kinds = Object.fromEntries(
    users.map(({ username, kind, status }) => [username, `${String(kind)} ${String(status)}`]),
  )
  assert.equal(kinds['ben@acme.test'], 'website active')
  assert.equal(kinds['off@acme.test'], 'system disabled')
  assert.equal(kinds['guest'], undefined)
  assert.deepEqual(users.find(({ username }) => username === 'administrator')?.['roles'], ['Administrator'])

  line.clock.pass(seconds(30))
  const pending = waiting(await signIn(line, 'ada@acme.test', PASSWORD))
  opened(await type(line, pending, codeOf(SECRETS.ada, line.clock.now())))
  assert.equal((await signIn(line, 'ada@acme.test', 'wrong')).kind, 'invalid-credentials')
})

test('[F23] the old hash of a password is gone after its first sign-in', async (t) => {
  const { line, frappe } = await fromElsewhere(t, { 'site.sql': frappeDump(), 'site_config.json': SITE_CONFIG })
  await frappe('site.sql')
  const hash = async () => {
    const query = { username: 'ada@acme.test', deviceDigest: null, buckets: [], now: line.clock.now() }
    return (await line.ports.store.signInFile(line.site.id, query)).passwordHash ?? ''
  }
  assert.match(await hash(), /^\$pbkdf2-sha256\$/)
  await signIn(line, 'ada@acme.test', PASSWORD)
  assert.match(await hash(), /^\$argon2id\$/)
  assert.equal((await signIn(line, 'ada@acme.test', PASSWORD)).kind, 'pending')
})

test('a code that was good at the old site in the minute of moving is not good here too', async (t) => {
  const { line, frappe } = await fromElsewhere(t, { 'site.sql': frappeDump(), 'site_config.json': SITE_CONFIG })
  const now = line.clock.now()
  await frappe('site.sql')
  const pending = waiting(await signIn(line, 'ada@acme.test', PASSWORD))
  assert.equal((await type(line, pending, codeOf(SECRETS.ada, now))).kind, 'refused')
  assert.equal((await type(line, pending, codeOf(SECRETS.ada, now - seconds(30)))).kind, 'refused')
})

test('[UP-05] a secret of 80 bits is told on the terminal and written down in the log', async (t) => {
  const { line, frappe } = await fromElsewhere(t, {
    'site.sql.gz': gzipSync(frappeDump()),
    'site_config.json': SITE_CONFIG,
  })
  const { err } = await frappe('site.sql.gz')
  assert.match(
    err,
    /2 apps with a secret shorter than 128 bits: ada@acme\.test, ben@acme\.test\. They work; ask their owners/,
  )
  const enrolled = (await line.trail()).filter(({ ev }) => ev === 'factor.enrolled')
  assert.deepEqual(
    enrolled.map(({ subject, data }) => [subject?.name, data['imported'], data['bits']]),
    [
      ['ada@acme.test', true, 80],
      ['ben@acme.test', true, 80],
    ],
  )
})

test('a dry run says the same and changes nothing', async (t) => {
  const { line, frappe, everything } = await fromElsewhere(t, {
    'site.sql': frappeDump(),
    'site_config.json': SITE_CONFIG,
  })
  const before = await everything()
  const { code, out, err } = await frappe('site.sql', '--dry-run')
  assert.deepEqual([code, out], [0, '5 users and 2 authenticator apps can be moved in.\n'])
  assert.match(err, /Nothing was changed/)
  assert.equal(await everything(), before)
  const told = JSON.parse((await frappe('site.sql', '--json')).out) as Record<string, unknown>
  assert.deepEqual([told['users'], told['apps'], told['short_secrets']], [5, 2, ['ada@acme.test', 'ben@acme.test']])
  await line.json('--site acme users list')
})

test('one secret that does not open, and nobody moves; each problem has its line', async (t) => {
  const foreign = encrypted(SECRETS.ada, Buffer.alloc(32, 6))
  const bad = frappeDump([
    `INSERT INTO \`tabDefaultValue\` (\`name\`,\`parent\`,\`defkey\`,\`defvalue\`) VALUES ('x','__2fa','off@acme.test_otpsecret','${foreign}'),('x','__2fa','off@acme.test_otplogin','1');`,
  ])
  const { frappe, at, everything } = await fromElsewhere(t, { 'site.sql': bad, 'site_config.json': SITE_CONFIG })
  const before = await everything()
  const { code, err } = await frappe('site.sql', '--errors', at('errors.csv'))
  assert.equal(code, 4)
  assert.match(err, /line 17 \(off@acme\.test\), secret: does not open with this encryption key/)
  assert.match(err, /Nothing was imported/)
  assert.match(readFileSync(at('errors.csv'), 'utf8'), /^line,username,field,problem\r?\n17,off@acme\.test,secret,/)
  assert.equal(await everything(), before)
})

test('a file that is no dump, and a key that is none, are called so', async (t) => {
  const { line, frappe, at } = await fromElsewhere(t, {
    'site.sql': 'hello',
    'site_config.json': SITE_CONFIG,
    key: 'not a key',
  })
  assert.match((await frappe('site.sql')).err, /it is no dump of a Frappe site/)
  assert.equal((await frappe('nothing.sql')).code, 3)
  const words = ['--site', 'acme', 'import', 'frappe', at('site.sql'), '--encryption-key-file', at('key')]
  assert.match((await line.run(words)).err, /has no encryption_key in it/)
})

test('[F23] apps of users who are here already come from a table, a list and a token file, with their own parameters', async (t) => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const { line, at } = await fromElsewhere(t, {
    'apps.csv': `username,secret,digits,algorithm,period\nkim,${secret},8,SHA256,60\n`,
    'list.txt': `otpauth://totp/Acme:sam?secret=${secret}\n`,
    'tokens.csv': `# version: 2\nop,ldap,acme,TOTP1,${Buffer.from('12345678901234567890').toString('hex')},totp,6,30\n`,
  })
  for (const [form, file] of [
    ['csv', 'apps.csv'],
    ['otpauth', 'list.txt'],
    ['privacyidea', 'tokens.csv'],
  ] as const) {
    const { code, out, err } = await line.run(['--site', 'acme', 'import', form, at(file)])
    assert.deepEqual([code, out], [0, '0 users and 1 authenticator app moved in.\n'], err)
    assert.doesNotMatch(err, /shorter/)
  }
  line.clock.pass(seconds(60))
  const code = (digits: number, algorithm: string, period: number): string =>
    new TOTP({ secret, digits, algorithm, period }).generate({ timestamp: line.clock.now() })
  opened(await type(line, waiting(await line.password('kim')), code(8, 'SHA256', 60)))
  opened(await type(line, waiting(await line.password('sam')), code(6, 'SHA1', 30)))
  opened(await type(line, waiting(await line.password('op')), code(6, 'SHA1', 30)))
})

test('whoever is not here, or has an app already, is named, and nothing changes', async (t) => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const row = (name: string) => `${name},${secret}`
  const { line, at, everything } = await fromElsewhere(t, {
    'first.csv': `username,secret\n${row('kim')}\n`,
    'second.csv': ['username,secret', row('sam'), row('kim'), row('nobody'), row('SAM'), ''].join('\n'),
  })
  await line.run(['--site', 'acme', 'import', 'csv', at('first.csv')])
  const before = await everything()
  const { code, err } = await line.run(['--site', 'acme', 'import', 'csv', at('second.csv')])
  assert.equal(code, 4)
  for (const told of [
    'line 3 (kim), username: has an authenticator app here already',
    'line 4 (nobody), username: there is no user "nobody" at acme',
    'line 5 (SAM), username: has an app on line 2 already',
  ])
    assert.ok(err.includes(told), err)
  assert.equal(await everything(), before)
})
