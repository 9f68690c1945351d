import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** A figure as it stands in the source, and as the page says it. */
const FIGURES: readonly (readonly [string, string, string])[] = [
  [
    'src/delivery/channel-config.ts',
    'connectSeconds: seconds(30).default(5)',
    '5 s for the connection, 15 s for the whole, both up to 30 s',
  ],
  [
    'src/delivery/channel-config.ts',
    'totalSeconds: seconds(30).default(15)',
    '5 s for the connection, 15 s for the whole',
  ],
  ['src/delivery/pump.ts', 'atOnce = 32,', '32 messages on a node, 4 of them for one site'],
  ['src/delivery/pump.ts', 'atOncePerSite = 4,', '4 of them for one site'],
  [
    'src/usecases/record-delivery.ts',
    '[seconds(30), minutes(2), minutes(5), minutes(15), minutes(60)]',
    'after 30 s, 2, 5, 15 and then 60 minutes',
  ],
  ['src/delivery/oauth2-token.ts', 'within: 10_000,', '| token of a mail server (OAuth 2.0) | 10 s |'],
  ['src/delivery/sms-config.ts', 'timeoutSeconds = seconds(10).default(5)', '5 s, up to 10 s by configuration'],
  ['src/delivery/gateways.ts', 'const ALL_TOGETHER = 8\n', '8 s for all gateways of a list together'],
  ['src/delivery/smpp-session.ts', 'const ASK_EVERY = 30_000\n', 'is asked every 30 s'],
  ['src/app.ts', 'const PERSON_WAITS = 11_000\n', '| a page that waits for any of these | 11 s |'],
  ['src/store/postgres.ts', 'const WAIT_MS = 2_000\n', '2 s for a free connection'],
  ['src/store/postgres.ts', 'const SLOWEST_STATEMENT_MS = 10_000\n', '10 s for a statement'],
  ['src/store/postgres.ts', 'const PATIENCE_MS = 4_000\n', '4 s for a server that is being started again'],
  ['src/store/postgres.ts', 'const CONNECTIONS = 10\n', '10 connections on a node'],
  ['src/store/sqlite.ts', 'const WAIT_MS = 5_000\n', '| SQLite file in use by another process | 5 s |'],
  ['src/store/group-commit.ts', 'const MOST_AT_ONCE = 64\n', '64 commits share a flush'],
  ['src/delivery/audit/send-webhook.ts', 'const LIMIT_MS = 10_000\n', '(webhook, syslog) | 10 s |'],
  ['src/delivery/audit/send-syslog.ts', 'const LIMIT_MS = 10_000\n', '(webhook, syslog) | 10 s |'],
  ['src/usecases/ship-audit.ts', 'const STREAMS_AT_ONCE = 20\n', '20 receivers'],
  ['src/usecases/ship-audit.ts', 'const BATCH = 200\n', 'batches of 200 entries'],
  ['src/usecases/ship-audit.ts', 'const LONGEST_PAUSE = hours(1)\n', 'doubles up to an hour'],
  ['src/system/ntp.ts', 'timeoutMilliseconds = 3_000', '(`doctor` only) | 3 s |'],
  ['src/http/listen.ts', 'const SLOWEST_HEADERS_MS = 10_000\n', '10 s for the head of a request'],
  ['src/http/listen.ts', 'const SLOWEST_REQUEST_MS = 30_000\n', '30 s for the whole; 10 s to finish'],
  ['src/http/listen.ts', 'const DRAIN_MS = 10_000\n', '10 s to finish when the node is stopped'],
  ['src/system/strain.ts', 'const MOST_CONNECTIONS = 20_000\n', 'up to 20,000 connections'],
  ['src/http/body.ts', 'BODY_LIMIT = 64 * 1024', '64 KiB'],
  ['src/system/passwords.ts', 'THREADS_FOR_HASHING = 3\n', 'one for each core, 3 at most'],
]

test('[R-225] each limit of the page is that of the source', () => {
  const page = readFileSync('docs/limits.md', 'utf8')
  for (const [file, figure, said] of FIGURES) {
    assert.ok(readFileSync(file, 'utf8').includes(figure), `${file} says no longer: ${figure}`)
    assert.ok(page.includes(said), `docs/limits.md says no longer: ${said}`)
  }
})

/** The files that open connections, with the row of the page that says how long and how often; null: they only listen, or look at addresses. */
const GOES_OUT: Readonly<Record<string, string | null>> = {
  'src/app.ts': null,
  'src/delivery/audit/send-syslog.ts': 'receiver of the audit log',
  'src/delivery/audit/send-webhook.ts': 'receiver of the audit log',
  'src/delivery/dial.ts': 'mail server (SMTP)',
  'src/delivery/http-call.ts': 'SMS gateway (HTTP',
  'src/delivery/smpp-session.ts': 'message centre (SMPP)',
  'src/doctor.ts': null,
  'src/http/client-address.ts': null,
  'src/http/listen.ts': null,
  'src/http/server.ts': null,
  'src/openid/node-exchange.ts': null,
  'src/store/postgres.ts': 'PostgreSQL',
  'src/system/ntp.ts': 'time server',
}

test('[R-225] whatever opens a connection has its row on the page', () => {
  const page = readFileSync('docs/limits.md', 'utf8')
  const opens = /from 'node:(?:net|tls|dgram|https?)'|\bfetch\(|from 'pg'/
  const found = globSync('src/**/*.ts').filter(
    (file) => !file.endsWith('.test.ts') && opens.test(readFileSync(file, 'utf8')),
  )
  assert.deepEqual(found.toSorted(), Object.keys(GOES_OUT))
  for (const row of Object.values(GOES_OUT))
    if (row !== null) assert.match(page, new RegExp(`^\\| ${row.replace(/[()]/g, '\\$&')}`, 'm'))
})
