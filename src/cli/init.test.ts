import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Secret } from '#domain/secret.ts'
import { useReset } from '#usecases/use-reset.ts'
import type { CliContext } from './context.ts'
import { type CommandLine, commandLine } from '../../test/command-line.ts'

const PLACE = mkdtempSync(join(tmpdir(), 'countersign-init-'))
after(() => rmSync(PLACE, { recursive: true }))

const PASSWORD = 'a long walk by the sea'
const FILE = join(PLACE, 'countersign.env')
const KEY = join(PLACE, 'key')

const given = (file: string): readonly string[] => [
  'init',
  '--environment-file',
  file,
  '--key-file',
  join(PLACE, 'key'),
]
const ALL = [
  '--origin',
  'https://login.example.com',
  '--site',
  'books',
  '--preset',
  'erp',
  '--email',
  'root@books.test',
  '--password-stdin',
]

test('flags alone are enough: a file for the environment, the key, the site and an administrator who can sign in', async () => {
  const keys: string[] = []
  const opened: unknown[] = []
  const { run, ports, signInAt } = await commandLine()
  const context = recording(keys, opened, open(ports))
  const line = await commandLine({ context })
  const { code, out, err } = await line.run([...given(FILE), ...ALL], `${PASSWORD}\n`)
  assert.equal(code, 0, err)
  assert.match(out, /^Site books is made, and root is its administrator\./)
  assert.doesNotMatch(out + err, new RegExp(PASSWORD))
  assert.equal(statSync(FILE).mode & 0o777, 0o600)
  const environment = {
    COUNTERSIGN_ORIGIN: 'https://login.example.com',
    COUNTERSIGN_KEY_FILE: KEY,
    COUNTERSIGN_DATABASE: 'sqlite:./data/countersign.db',
  }
  assert.equal(
    readFileSync(FILE, 'utf8'),
    Object.entries(environment)
      .map((pair) => `${pair.join('=')}\n`)
      .join(''),
  )
  assert.deepEqual(keys, [KEY])
  assert.deepEqual(opened, [{ migrate: true, environment }])
  assert.equal((await signInAt('books', 'root', PASSWORD)).kind, 'signed-in')
  const { out: users } = await run('--site books users list --json')
  assert.match(users, /"Administrator"/)
})

test('what is there already is not overwritten', async () => {
  const file = join(PLACE, 'other.env')
  writeFileSync(file, 'mine')
  const { run } = await commandLine()
  const { code, err } = await run([...given(file), ...ALL], PASSWORD)
  assert.equal(code, 4)
  assert.match(err, /is there already and stays as it is/)
  assert.equal(readFileSync(file, 'utf8'), 'mine')
})

test('where nobody can be asked, the flag that is missing is named, and nothing was made', async () => {
  const file = join(PLACE, 'none.env')
  const { run } = await commandLine()
  for (const flag of ['--origin', '--site', '--email']) {
    const { code, err } = await run([...given(file), ...ALL.toSpliced(ALL.indexOf(flag), 2)], PASSWORD)
    assert.equal(code, 2)
    assert.match(err, new RegExp(`^${flag} is missing`))
  }
  assert.equal(existsSync(file), false)
})

test('a password in an argument is refused, and so are a short one, a path in the origin and an unknown preset', async () => {
  const file = join(PLACE, 'none.env')
  const { run } = await commandLine()
  const refused = async (more: readonly string[], said: RegExp, password = PASSWORD) => {
    const { code, err } = await run([...given(file), ...ALL, ...more], password)
    assert.ok(code === 2 || code === 4)
    assert.match(err, said)
  }
  await refused(['--smtp-url', 'smtps://a:secret@mail.example'], /give it in COUNTERSIGN_SMTP_URL instead/)
  await refused(['--database', 'postgres://a:secret@db.example/c'], /give it in COUNTERSIGN_DATABASE instead/)
  await refused(['--origin', 'https://login.example.com/sso'], /no path/)
  await refused(['--preset', 'flet'], /Did you mean fleet\?/)
  await refused([], /at least 8 characters/, 'short')
  assert.equal(existsSync(file), false)
})

test('on a terminal it asks until the answer can be used, and for no password', async () => {
  const file = join(PLACE, 'asked.env')
  const answers = [
    'login.example.com',
    'https://login.example.com',
    '',
    '',
    'smtp://mail.example?from=a@b.test',
    'Shop!',
    'shop',
    '',
    '',
    'ada@shop.test',
  ]
  const ask: CliContext['ask'] = (question) => {
    assert.doesNotMatch(question, /password of/i)
    return Promise.resolve(answers.shift() ?? assert.fail(question))
  }
  const { run } = await commandLine({ context: { ask } })
  const { code, out, err } = await run(['init', '--environment-file', file])
  assert.equal(code, 0, err)
  assert.deepEqual(answers, [])
  assert.match(readFileSync(file, 'utf8'), /^COUNTERSIGN_SMTP_URL="smtp:\/\/mail\.example\?from=a@b\.test"$/m)
  assert.match(err, /no path[\s\S]*hyphens/)
  assert.match(out, /root chooses a password here, once, until .*\n {2}\S+\/shop\/reset\/[\w-]{43}$/m)
})

test('[R-227] no account has a password that somebody else chose: the administrator gets a link, once', async () => {
  const file = join(PLACE, 'link.env')
  const { run, ports, signInAt } = await commandLine()
  const { code, out, err } = await run([...given(file), ...ALL.slice(0, -1), '--json'])
  assert.equal(code, 0, err)
  const { link } = JSON.parse(out) as { link: string }
  const token = link.split('/').at(-1) ?? ''
  const site = await ports.store.site('books')
  assert.ok(site)
  assert.equal((await signInAt('books', 'root', PASSWORD)).kind, 'invalid-credentials')
  const origin = { request: 'test', address: null, userAgent: null }
  const choose = (password: string) => useReset(ports, { site: site.id, token, password: new Secret(password), origin })

  const next = await run('--site books users first-link root')
  assert.match(next.out, /^\S+\/books\/reset\/[\w-]{43}\n$/)
  assert.equal((await choose(PASSWORD)).kind, 'over', 'the next link ends the one before')
  const newest = next.out.trim().split('/').at(-1) ?? ''
  const order = { site: site.id, token: newest, password: new Secret(PASSWORD), origin }
  assert.equal((await useReset(ports, order)).kind, 'password-set')
  assert.equal((await useReset(ports, order)).kind, 'over')
  assert.equal((await signInAt('books', 'root', PASSWORD)).kind, 'signed-in')

  const refused = await run('--site books users first-link root')
  assert.equal(refused.code, 4)
  assert.match(refused.err, /has a password already/)
  assert.equal((await run('--site books users first-link nobody')).code, 3)
  const trail = await ports.store.audit(site.id, { limit: 100 })
  assert.equal(trail.filter(({ ev }) => ev === 'reset.printed').length, 2)
  assert.ok(!JSON.stringify(trail).includes(newest))
})

function recording(keys: string[], opened: unknown[], open: CliContext['open']): Partial<CliContext> {
  return {
    createKey: (path) => {
      keys.push(path)
      return Promise.resolve({ kind: 'created' })
    },
    open: (options) => {
      opened.push(options)
      return open(options)
    },
  }
}

function open(ports: CommandLine['ports']): CliContext['open'] {
  return () => Promise.resolve({ kind: 'open', ports, database: 'sqlite::memory:', close: () => Promise.resolve() })
}
