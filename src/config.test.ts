import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { configurationManual, parseConfig, parseListen, VARIABLES } from './config.ts'

function problems(environment: Record<string, string>): readonly string[] {
  const parsed = parseConfig(environment)
  return parsed.ok ? [] : parsed.problems
}

test('an empty environment is a working configuration on loopback', () => {
  const parsed = parseConfig({})
  assert.ok(parsed.ok)
  assert.deepEqual(parsed.config, {
    database: 'sqlite:./data/countersign.db',
    origin: 'http://localhost:4180',
    siteAddresses: new Map(),
    listen: { host: '127.0.0.1', port: 4180 },
    keyFile: './data/countersign.key',
    trustedProxies: [],
    smtpUrl: null,
    channelNetworks: [],
    logLevel: 'info',
    metricsFrom: ['127.0.0.0/8', '::1/128'],
    ntpServer: null,
  })
})

test('a variable that nobody knows stops the start, with a suggestion where one is close', () => {
  assert.deepEqual(problems({ COUNTERSIGN_DATABSE: 'x' }), [
    'COUNTERSIGN_DATABSE is not a variable of Countersign; did you mean COUNTERSIGN_DATABASE?',
  ])
  assert.deepEqual(problems({ COUNTERSIGN_SOMETHING_ELSE_ALTOGETHER: 'x' }), [
    'COUNTERSIGN_SOMETHING_ELSE_ALTOGETHER is not a variable of Countersign',
  ])
  assert.deepEqual(problems({ PATH: '/bin', HOME: '/' }), [])
})

test('a time server is a host, with a port or without', () => {
  const server = (text: string) => {
    const parsed = parseConfig({ COUNTERSIGN_NTP_SERVER: text })
    return parsed.ok ? parsed.config.ntpServer : parsed.problems
  }
  assert.deepEqual(server('pool.ntp.org'), { host: 'pool.ntp.org', port: 123 })
  assert.deepEqual(server('[::1]:1123'), { host: '::1', port: 1123 })
  assert.equal(server(''), null)
  assert.deepEqual(server('a b'), ['COUNTERSIGN_NTP_SERVER is not HOST or HOST:PORT'])
})

test('everything that is wrong is said at once, and no value is repeated', () => {
  const said = problems({
    COUNTERSIGN_ORIGIN: 'https://login.example/path/',
    COUNTERSIGN_LISTEN: 'secret-host',
    COUNTERSIGN_TRUSTED_PROXIES: '10.0.0.0/8,not-a-network',
    COUNTERSIGN_LOG_LEVEL: 'loud',
  })
  assert.equal(said.length, 4)
  for (const value of ['/path', 'secret-host', 'not-a-network', 'loud']) assert.ok(!said.join('\n').includes(value))
})

test('an origin may have a path, and has no slash at its end and no user', () => {
  for (const good of [
    'https://login.example',
    'https://login.example/path',
    'http://192.0.2.7:4180',
    'http://[::1]:4180',
  ]) {
    assert.deepEqual(problems({ COUNTERSIGN_ORIGIN: good }), [])
  }
  for (const bad of ['https://login.example/', 'login.example', 'ftp://login.example', 'https://a@login.example', '']) {
    assert.equal(problems({ COUNTERSIGN_ORIGIN: bad }).length, 1, bad)
  }
})

test('an address to listen on has a host and a port that exists', () => {
  assert.deepEqual(parseListen('[::1]:0'), { host: '::1', port: 0 })
  assert.deepEqual(parseListen('localhost:65535'), { host: 'localhost', port: 65_535 })
  for (const bad of ['4180', 'localhost:', ':4180', 'localhost:65536', '::1:4180', 'a b:1']) {
    assert.equal(parseListen(bad), undefined, bad)
  }
})

test('docs/configuration.md is made from the list, and fresh', () => {
  const manual = readFileSync(new URL('../docs/configuration.md', import.meta.url), 'utf8')
  assert.equal(manual, configurationManual(), 'run: node bin/run.mjs scripts/manual.ts')
  for (const name of Object.keys(VARIABLES)) assert.ok(manual.includes(`\`${name}\``))
})
