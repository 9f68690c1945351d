import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CliContext, DemoOptions } from './context.ts'
import { DEMO_USERS } from './demo-site.ts'
import { runCli } from './run.ts'

const ORIGIN = 'http://127.0.0.1:4180'

/** A terminal without a database: for the commands that run servers, and for what goes wrong before one is there. */
async function run(words: string, given: Partial<CliContext> = {}) {
  let out = ''
  let err = ''
  const failed = () => Promise.resolve({ kind: 'failed', message: 'The database cannot be opened.' } as const)
  const context: CliContext = {
    environment: {},
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    input: () => Promise.resolve(''),
    isTerminal: false,
    open: failed,
    serve: failed,
    demo: failed,
    examine: () => Promise.resolve([]),
    addKey: () => Promise.reject(new Error('not here')),
    keyFile: () => Promise.reject(new Error('not here')),
    pause: () => Promise.resolve(),
    createKey: () => Promise.resolve({ kind: 'created' }),
    backup: () => Promise.resolve({ kind: 'refused', message: 'There is a file already.' }),
    moveStore: () => Promise.resolve({ kind: 'refused', message: 'It is not empty.' }),
    restore: () => Promise.resolve({ kind: 'refused', message: 'There is a database already.' }),
    untilStopped: () => Promise.resolve(),
    ...given,
  }
  const code = await runCli(
    words.split(' ').filter((word) => word !== ''),
    context,
  )
  return { code, out, err }
}

function demoThat(
  closed: () => void,
  asked: (options: DemoOptions) => void = () => undefined,
): Pick<CliContext, 'demo'> {
  return {
    demo: async (options) => {
      asked(options)
      const adminKey = 'cs_live_admin'
      const common = {
        kind: 'running',
        origin: ORIGIN,
        site: 'acme',
        preset: options.preset ?? 'manufacturing',
      } as const
      const places = { database: 'sqlite:./data/demo/db', keyFile: './my data/key' }
      return { ...common, ...places, adminKey, serviceKey: 'cs_live_svc', close: async () => closed() }
    },
  }
}

test('the demo says where to go, who can sign in, and how to change a setting; then it waits, and closes', async () => {
  const story: string[] = []
  const untilStopped = async () => void story.push('waited')
  const { code, out } = await run('demo', { ...demoThat(() => story.push('closed')), untilStopped })
  assert.equal(code, 0)
  assert.deepEqual(story, ['waited', 'closed'])
  assert.match(out, /Sign in at http:\/\/127\.0\.0\.1:4180\/acme\/login/)
  for (const { username, password } of DEMO_USERS)
    assert.match(out, new RegExp(`^ +${username} +${password} +\\S`, 'm'))
  assert.match(out, /http:\/\/127\.0\.0\.1:4180\/mailbox/)
  assert.match(out, /API key of an administrator +cs_live_admin/)
  const line = `COUNTERSIGN_DATABASE=sqlite:./data/demo/db COUNTERSIGN_KEY_FILE='./my data/key' countersign --site acme set-config `
  assert.ok(out.includes(line))
  assert.match(out, /Ctrl-C stops it/)
})

test('with --json the demo prints exactly one line when it is ready', async () => {
  const { out, err } = await run(
    'demo --json',
    demoThat(() => undefined),
  )
  assert.equal(out.split('\n').length, 2)
  assert.equal(err, '')
  const ready = JSON.parse(out) as { users: readonly Record<string, unknown>[] }
  assert.deepEqual(Object.keys(ready), ['origin', 'site', 'users', 'admin_key', 'mailbox'])
  assert.deepEqual(
    { ...ready, users: [] },
    { origin: ORIGIN, site: 'acme', users: [], admin_key: 'cs_live_admin', mailbox: `${ORIGIN}/mailbox` },
  )
  const kim = {
    username: 'kim',
    password: 'kim-demo-password',
    email: 'kim@acme.test',
    phone: '+4915550100003',
    kind: 'system',
    roles: [],
  }
  assert.deepEqual(
    ready.users.find(({ username }) => username === 'kim'),
    kim,
  )
})

test('the demo takes its options, and knows its presets', async () => {
  let asked: DemoOptions | undefined
  await run(
    'demo --preset erp --listen 127.0.0.1:0 --data /tmp/x --fresh',
    demoThat(
      () => undefined,
      (options) => (asked = options),
    ),
  )
  assert.deepEqual(asked, { preset: 'erp', listen: '127.0.0.1:0', data: '/tmp/x', fresh: true })
  const wrong = await run('demo --preset ero')
  assert.deepEqual([wrong.code, wrong.out], [2, ''])
  assert.match(wrong.err, /Did you mean erp\?/)
})

test('the server runs until it is stopped', async () => {
  const story: string[] = []
  const { code, out } = await run('serve --json', {
    serve: async () => ({ kind: 'running', origin: ORIGIN, close: async () => void story.push('closed') }),
    untilStopped: async () => void story.push('waited'),
  })
  assert.deepEqual([code, JSON.parse(out), story], [0, { origin: ORIGIN }, ['waited', 'closed']])
})

test('what cannot be reached is one clear sentence', async () => {
  for (const words of [
    'serve',
    'demo',
    'migrate',
    'sites list',
    '--site acme get-config',
    '--site acme users list --json',
  ]) {
    assert.deepEqual(await run(words), { code: 5, out: '', err: 'The database cannot be opened.\n' }, words)
  }
})

test('a new key file is made, or why not', async () => {
  const made = await run('keys create /etc/countersign.key')
  assert.deepEqual([made.code, made.out], [0, 'The new key is in /etc/countersign.key.\n'])
  const refused = await run('keys create k', {
    createKey: async () => ({ kind: 'refused', message: 'There is a file already.' }),
  })
  assert.deepEqual(refused, { code: 4, out: '', err: 'There is a file already.\n' })
})

test('without anything typed: short help with three examples', async () => {
  const { code, out, err } = await run('')
  assert.deepEqual([code, err], [0, ''])
  assert.equal(out.match(/^ {2}countersign /gm)?.length, 3)
  assert.ok(out.split('\n').length < 20)
})

test('the full help has every command and every exit code', async () => {
  const { code, out } = await run('--help')
  assert.equal(code, 0)
  for (const name of ['demo', 'serve', 'sites', 'users', 'roles', 'set-config', 'explain', 'audit', 'sessions']) {
    assert.match(out, new RegExp(`^ {2}${name} `, 'm'))
  }
  assert.match(out, /Exit codes:\n {2}0 /)
  assert.match((await run('help set-config')).out, /^Usage: countersign set-config/)
  assert.match((await run('users add --help')).out, /--password-stdin/)
  assert.match((await run('--version')).out, /^\d+\.\d+\.\d+\n$/)
})

test('what is misspelt is not understood, and the nearest is named', async () => {
  for (const [words, meant] of [
    ['set-confg a b', 'set-config'],
    ['users lst', 'list'],
    ['sites list --jso', '--json'],
    ['sites creat x', 'create'],
  ] as const) {
    const { code, out, err } = await run(words)
    assert.deepEqual([code, out], [2, ''], words)
    assert.match(err, new RegExp(`Did you mean ${meant}\\?`), words)
  }
  for (const words of ['users', 'set-config', 'set-config code.digits', 'explain', 'keys create a b']) {
    const { code, out, err } = await run(words)
    assert.deepEqual([code, out], [2, ''], words)
    assert.notEqual(err, '', words)
  }
})

test('a bug ends with 70 and says where it is', async () => {
  const open = () => Promise.reject(new Error('the sky fell'))
  const { code, out, err } = await run('sites list', { open })
  assert.deepEqual([code, out], [70, ''])
  assert.match(err, /bug in Countersign.*\n.*the sky fell/)
})

test('there is no colour in a pipe, nor where NO_COLOR is set', async () => {
  const quiet = { ...demoThat(() => undefined), environment: { NO_COLOR: '1' }, isTerminal: true }
  for (const given of [demoThat(() => undefined), quiet]) assert.doesNotMatch((await run('demo', given)).out, /\u001b/)
})
