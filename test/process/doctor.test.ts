import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { timeServer } from '../time-server.ts'
import { countersign } from './demo-process.ts'

interface Told {
  readonly site: string | null
  readonly findings: readonly {
    readonly about: string
    readonly state: string
    readonly says: string
    readonly todo?: string
  }[]
}

async function place(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-doctor-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const environment = {
    COUNTERSIGN_DATABASE: `sqlite:${join(folder, 'db', 'test.db')}`,
    COUNTERSIGN_KEY_FILE: join(folder, 'key'),
    COUNTERSIGN_LISTEN: '127.0.0.1:1',
  }
  return { folder, environment }
}

const doctor = async (environment: Record<string, string>) => {
  const { code, out, err } = await countersign(['doctor', '--json'], environment)
  return { code, err, told: JSON.parse(out) as readonly Told[] }
}
const states = (told: readonly Told[]) =>
  Object.fromEntries(told.flatMap(({ findings }) => findings.map(({ about, state }) => [about, state])))

test('without a key the doctor says how to make one, and looks no further', async (t) => {
  const { environment } = await place(t)
  const { code, told } = await doctor(environment)
  assert.equal(code, 1)
  const found = states(told)
  assert.deepEqual(
    [found['key'], found['database'], found['clock'], found['configuration']],
    ['wrong', 'wrong', 'ok', 'ok'],
  )
  const key = told[0]?.findings.find(({ about }) => about === 'key')
  assert.match(key?.todo ?? '', /^countersign keys create /)
})

test('an installation with a site is walked to its end; a key that others can read is a note', async (t) => {
  const { environment } = await place(t)
  assert.equal((await countersign(['keys', 'create', environment.COUNTERSIGN_KEY_FILE], environment)).code, 0)
  assert.equal((await countersign(['sites', 'create', 'acme', '--preset', 'erp'], environment)).code, 0)
  chmodSync(environment.COUNTERSIGN_KEY_FILE, 0o644)
  const { code, told } = await doctor(environment)
  const found = states(told)
  assert.deepEqual(
    [found['key'], found['database'], found['server'], found['audit log']],
    ['warning', 'ok', 'ok', 'ok'],
  )
  assert.equal(found['administrators'], 'wrong')
  assert.equal(code, 1)
  const text = await countersign(['doctor'], environment)
  assert.match(text.out, /^BAD {3}administrators: /m)
  assert.match(text.out, /^ {6}→ countersign --site acme users add /m)
})

test('the clock is compared with a time server where one is named, and a wrong one is told with how far it is off', async (t) => {
  const { environment } = await place(t)
  const told = async (server: { host: string; port: number }) => {
    const named = { ...environment, COUNTERSIGN_NTP_SERVER: `${server.host}:${server.port}` }
    return (await doctor(named)).told[0]?.findings.find(({ about }) => about === 'time server')
  }
  assert.equal((await told(await timeServer(t)))?.state, 'ok')
  const off = await told(await timeServer(t, { now: () => Date.now() + 240_000 }))
  assert.equal(off?.state, 'wrong')
  assert.match(off?.says ?? '', /^The clock of this machine is 2[34]\d\.\d seconds behind 127\.0\.0\.1\.$/)
  assert.match(off?.todo ?? '', /chrony or systemd-timesyncd/)
  assert.equal((await told(await timeServer(t, { stratum: 0 })))?.state, 'warning')
  assert.equal(
    (await doctor(environment)).told[0]?.findings.some(({ about }) => about === 'time server'),
    false,
  )
})

test('what the environment gets wrong is told, a line each, without a value', async (t) => {
  const { environment } = await place(t)
  const { code, told } = await doctor({ ...environment, COUNTERSIGN_ORIGINS: 'x', COUNTERSIGN_LISTEN: 'secret' })
  assert.equal(code, 1)
  const wrong = told.flatMap(({ findings }) => findings).filter(({ state }) => state === 'wrong')
  assert.equal(wrong.length, 2)
  assert.doesNotMatch(JSON.stringify(wrong), /secret/)
})

test('an address without encryption, and a proxy that nobody trusts, are notes that say what is then missing', async (t) => {
  const { environment } = await place(t)
  const about = async (origin: string, what: string) => {
    const { told } = await doctor({ ...environment, COUNTERSIGN_ORIGIN: origin })
    return told[0]?.findings.find((finding) => finding.about === what)
  }
  const plain = await about('http://192.0.2.7:4180', 'origin')
  assert.equal(plain?.state, 'warning')
  assert.match(plain?.says ?? '', /passkeys do not work/)
  assert.equal((await about('https://login.acme.test', 'proxy'))?.state, 'warning')
  assert.equal((await about('http://localhost:4180', 'origin'))?.state, 'ok')
})
