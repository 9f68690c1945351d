import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { parseConfig, VARIABLES } from '../../src/config.ts'
import { openDatabase } from '../../src/store/open.ts'
import { startPostgres, withoutPostgres } from '../postgres.ts'
import { without } from '../real-parts.ts'

// All of them together take a daemon; the image alone is built and run in image.test.ts. This holds what is in the file against the program, the Dockerfile, and the files it
// names; nginx runs by its file in test/nodes/two-nodes, and the script of the database is run below by psql.

interface Service {
  readonly image: string
  readonly build?: string
  readonly read_only?: boolean
  readonly user?: string
  readonly ports?: readonly string[]
  readonly volumes: readonly string[]
  readonly environment?: Readonly<Record<string, string | null>>
  readonly security_opt: readonly string[]
  readonly cap_drop?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly networks: Readonly<Record<string, { readonly ipv4_address: string }>>
}

interface Compose {
  readonly services: Readonly<Record<'one' | 'two' | 'proxy' | 'database', Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}

const skip = without('python3', '/usr/lib/python3/dist-packages/yaml/__init__.py')
const TO_JSON = 'import json,sys,yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)'

function read(): Compose {
  const input = readFileSync('compose.yaml')
  const { stdout, stderr, status } = spawnSync('/usr/bin/python3', ['-c', TO_JSON], { input, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout) as Compose
}

/** What Docker makes of `${NAME:?…}`. */
function filledIn(environment: Service['environment'], from: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const fill = (text: string): string =>
    text.replaceAll(
      /\$\{(?<name>\w+):\?[^}]*\}/g,
      (_, name: string) => from[name] ?? assert.fail(`${name} is not told`),
    )
  const given = Object.entries(environment ?? {}).map(([name, value]) => [
    name,
    value === null ? from[name] : fill(value),
  ])
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as NodeJS.ProcessEnv
}

const DOT_ENV = {
  DATABASE_PASSWORD: '0123abcd',
  POSTGRES_PASSWORD: '4567',
  COUNTERSIGN_ORIGIN: 'https://login.example.com',
}

test('both nodes are the same but for their address, and start with what they are given', { skip }, () => {
  const { one, two, proxy } = read().services
  assert.deepEqual({ ...one, networks: null }, { ...two, networks: null })
  const environment = filledIn(one.environment, DOT_ENV)
  for (const name of Object.keys(one.environment ?? {})) assert.ok(Object.hasOwn(VARIABLES, name), name)
  // The Dockerfile sets the rest, such as the address to listen on.
  const ofImage = readFileSync('Dockerfile', 'utf8').matchAll(/(?<name>COUNTERSIGN_\w+)=(?<value>\S+)/g)
  const parsed = parseConfig({
    ...Object.fromEntries([...ofImage].map(({ groups = {} }) => [groups['name'], groups['value']])),
    ...environment,
  })
  assert.ok(parsed.ok, JSON.stringify(parsed))
  const { config } = parsed
  assert.equal(config.database, 'postgres://countersign:0123abcd@database/countersign')
  assert.deepEqual(config.trustedProxies, [`${proxy.networks['inner']?.ipv4_address}/32`])
  assert.deepEqual([config.smtpUrl, config.listen], [null, { host: '0.0.0.0', port: 4180 }])
  assert.equal(parseConfig({ ...filledIn(one.environment, { ...DOT_ENV, COUNTERSIGN_SMTP_URL: 'smtp://a' }) }).ok, true)
})

test('nobody may do more than needed, and only nginx is reached from outside', { skip }, () => {
  const { services } = read()
  for (const [name, service] of Object.entries(services)) {
    assert.equal(service.read_only, true, name)
    assert.ok(service.security_opt.includes('no-new-privileges:true'), name)
    assert.equal(service.user, undefined, `${name}: the user is the one of its image`)
    assert.equal(service.ports !== undefined, name === 'proxy', name)
  }
  for (const name of ['one', 'two', 'proxy'] as const) assert.deepEqual(services[name].cap_drop, ['ALL'])
  // As in the Dockerfile: health is asked without a shell. The nodes ask as their image does.
  assert.equal(services.one.healthcheck, undefined)
  assert.equal(services.database.healthcheck?.test[0], 'CMD')
  assert.deepEqual(services.proxy.depends_on, {
    one: { condition: 'service_healthy' },
    two: { condition: 'service_healthy' },
  })
  assert.deepEqual(services.one.depends_on, { database: { condition: 'service_healthy' } })
})

test('every file it names is there, every volume is kept, and no secret can get into the image or the repository', {
  skip,
}, () => {
  const { services, volumes } = read()
  const mounted = Object.values(services).flatMap((service) => service.volumes.map((each) => each.split(':')[0] ?? ''))
  for (const each of mounted) {
    if (!each.startsWith('.')) assert.ok(Object.hasOwn(volumes, each), each)
    else if (each !== './deploy/compose/tls') assert.ok(existsSync(each), each)
  }
  assert.ok(services.one.volumes.includes('key:/data') && /^VOLUME \/data$/m.test(readFileSync('Dockerfile', 'utf8')))
  for (const ignored of ['.gitignore', '.dockerignore'])
    assert.match(readFileSync(ignored, 'utf8'), /^deploy\/compose\/tls\/?$/m, ignored)
  assert.doesNotMatch(readFileSync('compose.yaml', 'utf8'), /PASSWORD: '?[^$'\s]/)
})

test('nginx leads to the nodes by their names and their port', { skip }, () => {
  const conf = readFileSync('deploy/compose/nginx.conf', 'utf8')
  const { services } = read()
  const upstream = [...conf.matchAll(/server (?<name>\w+):(?<port>\d+) /g)].map(({ groups = {} }) => groups)
  assert.deepEqual(
    upstream.map(({ name }) => name),
    ['one', 'two'],
  )
  for (const { port } of upstream)
    assert.match(readFileSync('Dockerfile', 'utf8'), new RegExp(`LISTEN=0\\.0\\.0\\.0:${port}\\b`))
  assert.deepEqual(services.proxy.ports, [`443:${/listen (?<port>\d+) ssl/.exec(conf)?.groups?.['port']}`])
})

test('the script of the database makes a user whom Countersign takes', {
  skip: withoutPostgres(18) || without('psql'),
}, async () => {
  const cluster = await startPostgres(18)
  await cluster.asMaster('DROP ROLE countersign')
  const script = resolve('deploy/compose/database.sql')
  const words = ['-v', 'ON_ERROR_STOP=1', '-h', cluster.socket, '-U', 'postgres', '-d', 'postgres', '-f', script]
  const ran = spawnSync('psql', words, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATABASE_PASSWORD: "it's 0123" },
  })
  assert.equal(ran.status, 0, ran.stderr)
  const url = `postgres://countersign@localhost/countersign?host=${encodeURIComponent(cluster.socket)}`
  await (await openDatabase(url, { migrate: true })).close()
  const { rows } = await cluster.asMaster("SELECT rolpassword FROM pg_authid WHERE rolname = 'countersign'")
  assert.match(String((rows as { rolpassword: string }[])[0]?.rolpassword), /^SCRAM-SHA-256\$/)
  await cluster.stop()
})
