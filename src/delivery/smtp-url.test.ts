import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smtpConfigFromUrl } from './smtp-url.ts'

test('one address says everything about a mail server', () => {
  const url = 'smtps://acme%40mail:p%2Fss%3A%40@mail.acme.test:4650?from=Acme%20ERP%20%3Cno-reply%40acme.test%3E'
  assert.deepEqual(smtpConfigFromUrl(url), {
    ok: true,
    config: {
      kind: 'smtp',
      host: 'mail.acme.test',
      port: 4_650,
      tls: 'implicit',
      user: 'acme@mail',
      password: 'p/ss:@',
      from: 'Acme ERP <no-reply@acme.test>',
      connectSeconds: 5,
      totalSeconds: 15,
    },
  })
})

const READ: readonly (readonly [url: string, host: string, port: number, tls: string])[] = [
  ['smtps://mail.test?from=a@b.test', 'mail.test', 465, 'implicit'],
  ['smtp://mail.test?from=a@b.test', 'mail.test', 587, 'required'],
  ['smtp://mail.test:25/?from=a@b.test&tls=opportunistic', 'mail.test', 25, 'opportunistic'],
  ['smtp://mail.test?tls=none&from=a@b.test', 'mail.test', 587, 'none'],
  ['smtp://127.0.0.1:1025?from=a@b.test', '127.0.0.1', 1_025, 'opportunistic'],
  ['smtp://u:p@localhost:1025?from=a@b.test', 'localhost', 1_025, 'opportunistic'],
  ['smtp://[::1]:25?from=a@b.test', '::1', 25, 'opportunistic'],
  [' SMTP://Mail.Test?from=a@b.test\n', 'Mail.Test', 587, 'required'],
]

for (const [url, host, port, tls] of READ)
  test(`[DF-06] ${url.trim()} is ${tls} TLS on port ${port}`, () => {
    const read = smtpConfigFromUrl(url)
    assert.ok(read.ok, read.ok ? '' : read.problem)
    assert.deepEqual([read.config.host, read.config.port, read.config.tls], [host, port, tls])
  })

const BAD: readonly (readonly [url: string, problem: RegExp])[] = [
  ['', /expected smtps:/],
  ['mail.test:25', /expected smtps:/],
  ['https://u:hunter2@mail.test?from=a@b.test', /expected smtps:/],
  ['smtp:///?from=a@b.test', /expected smtps:/],
  ['smtp://u:hunter2@mail.test', /"from" is missing/],
  ['smtp://u:hunter2@mail.test?from=nobody', /from: is not an email address/],
  ['smtp://u:hunter2@mail.test?from=a@b.test&pool=true', /neither "from" nor "tls"/],
  ['smtp://u:hunter2@mail.test?from=a@b.test&tls=maybe', /tls: /],
  ['smtps://u:hunter2@mail.test?from=a@b.test&tls=none', /tls: |contradicts/],
  ['smtps://mail.test?from=a@b.test&tls=none', /contradicts/],
  ['smtp://mail.test?from=a@b.test&tls=implicit', /contradicts/],
  ['smtp://u:hunter2@mail.test?from=a@b.test&tls=none', /travel in clear/],
  ['smtp://u:hun%zzter2@mail.test?from=a@b.test', /percent-encoded/],
  ['smtp://u@mail.test?from=a@b.test', /given with a password/],
  ['smtp://u:hunter2#x@mail.test?from=a@b.test', /expected smtps:|must be|written %23/],
  ['smtp://mail.test/box?from=a@b.test', /nothing may follow the host/],
  ['smtp://mail.test:70000?from=a@b.test', /expected smtps:/],
  ['smtp://ma%0ail.test?from=a@b.test', /host: |expected smtps:/],
]

for (const [url, problem] of BAD)
  test(`[R-009] "${url}" is refused in one sentence without a part of it`, () => {
    const read = smtpConfigFromUrl(url)
    assert.ok(!read.ok)
    assert.match(read.problem, /^The address of the mail server cannot be used: .*\.$/)
    assert.match(read.problem, problem)
    assert.doesNotMatch(read.problem, /hunter2|hun%/)
  })
