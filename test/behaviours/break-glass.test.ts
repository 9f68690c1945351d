import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { minutes } from '#domain/time.ts'
import { breakGlass } from '#usecases/break-glass.ts'
import { isFresh } from '#usecases/fresh-proof.ts'
import { changeUser } from '#usecases/users.ts'
import { openStore } from '../../src/store/open.ts'
import { commandLine } from '../command-line.ts'
import { dump, siteOnDisk } from '../database-dump.ts'
import { enrol } from '../enrolment-steps.ts'
import { opened, otherThan, rows, siteFor, standingOf, type, visit, waiting } from '../steps.ts'
import { ADMIN, type World, world } from '../world.ts'

// When nobody can get in, whoever runs the server makes one code.

async function codeFor(at: World, username: string): Promise<string> {
  const outcome = await breakGlass(at.ports, { ...ADMIN, site: DEMO_SITE, username })
  assert.ok(outcome.kind === 'issued', JSON.stringify(outcome))
  return outcome.code.reveal()
}

test('[AD-11] one code stands in for any method, once, and the record says so', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.mailbox.setBehaviour({ email: 'reject' })
  const pending = waiting(await at.password('root'))
  const code = await codeFor(at, 'root')
  assert.match(code, /^\d{15}$/)
  const other = waiting(await at.password('root'))
  const token = opened(await type(at, pending, code.replace(/(\d{5})(?=\d)/g, '$1 '), true))

  const access = await visit(at, token)
  assert.ok(access.kind === 'granted')
  assert.deepEqual([access.acr, access.amr], ['aal1', ['pwd', 'break_glass']])
  assert.equal(access.session.device, null, 'no browser is remembered by it')
  assert.equal(isFresh(access.file, at.clock.now()), true, 'who was let in to repair something can')
  assert.equal((await type(at, other, code)).kind, 'refused')
  const trail = (await at.trail()).map(({ ev, data }) => [ev, data['2fa'] ?? null])
  assert.deepEqual(
    trail.filter(([ev]) => ev === 'breakglass.issued' || ev === 'breakglass.used' || ev === 'session.created'),
    [
      ['breakglass.issued', null],
      ['breakglass.used', null],
      ['session.created', 'break_glass'],
    ],
  )
})

test('[AD-11] it lives ten minutes, and a newer one takes its place', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const late = await codeFor(at, 'root')
  at.clock.pass(minutes(10))
  assert.equal((await type(at, waiting(await at.password('root')), late)).kind, 'refused')
  const replaced = await codeFor(at, 'root')
  const newest = await codeFor(at, 'root')
  at.clock.pass(minutes(10) - 1)
  const pending = waiting(await at.password('root'))
  assert.equal((await type(at, pending, replaced)).kind, 'refused')
  opened(await type(at, pending, newest))
})

test('[AD-11] it is for one user, needs the password, and guesses at it count like all others', async (t) => {
  const at = await siteFor(t, 'erp')
  await enrol(at, 'root')
  await enrol(at, 'kim')
  const code = await codeFor(at, 'root')
  const kim = await type(at, waiting(await at.password('kim')), code)
  assert.ok(kim.kind === 'refused' && kim.failedCodes === 1)
  assert.equal((await at.password('root', { password: code })).kind, 'invalid-credentials')

  const pending = waiting(await at.password('root'))
  for (let guess = 1; guess <= 5; guess += 1) {
    const outcome = await type(at, pending, otherThan(code))
    assert.ok(outcome.kind === 'refused' && outcome.failedCodes === guess && outcome.attemptsLeft === 5 - guess)
  }
  assert.equal((await type(at, pending, code)).kind, 'exhausted')
  opened(await type(at, waiting(await at.password('root')), code))
})

test('[AD-11] fifteen digits are judged alike, whether a code was made or not', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const outcome = await type(at, waiting(await at.password('kim')), '000000000000000')
  assert.ok(outcome.kind === 'refused' && outcome.failedCodes === 1)
  assert.equal((await type(at, waiting(await at.password('kim')), '00000000000000')).kind, 'malformed')
})

test('[AD-11] whoever is disabled or unknown gets none', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const order = { ...ADMIN, site: DEMO_SITE }
  await changeUser(at.ports, { ...order, username: 'kim', fields: { status: 'disabled' } })
  assert.equal((await breakGlass(at.ports, { ...order, username: 'kim' })).kind, 'invalid')
  assert.equal((await breakGlass(at.ports, { ...order, username: 'nobody' })).kind, 'unknown-user')
  assert.deepEqual(await rows(at, 'breakglass.issued'), [])
})

test('[AD-11] the user is told that somebody made one', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const code = await codeFor(at, 'root')
  await at.pump()
  const [mail] = at.messages('email')
  assert.equal(mail?.to, 'root@acme.test')
  assert.match(mail?.subject ?? '', /emergency code was made for your Acme account/)
  assert.ok(!mail?.text.includes(code))
})

test('[AD-11] it works while the server runs, and the database never holds the code', async (t) => {
  const { at: server, file } = await siteOnDisk(t, 'manufacturing')
  await server.set({ 'methods.allowed': ['app', 'email'] })
  const pending = waiting(await server.password('root'))
  // Another process on the same database: what the command line is.
  const store = await openStore(`sqlite:${file}`, server.ports.random)
  const code = await codeFor({ ...server, ports: { ...server.ports, store } }, 'root')
  await store.close()
  assert.ok(!dump(file).includes(code))
  assert.equal(await standingOf(server, opened(await type(server, pending, code))), 'granted')
})

test('[AD-11] the command line prints the code and nothing else; what there is to say goes beside it', async () => {
  const line = await commandLine()
  const { code, out, err } = await line.run('break-glass --site acme --user root')
  assert.equal(code, 0, err)
  assert.match(out, /^\d{5} \d{5} \d{5}\n$/)
  assert.match(
    err,
    /^It stands in for the second factor of root once, after the password, until 2026-11-02T09:10:00\.000Z\.\n$/,
  )
  opened(await type(line, waiting(await line.password('root')), out))
  const told = (await line.json('break-glass --site acme --user root')) as Record<string, unknown>
  assert.deepEqual(Object.keys(told), ['username', 'code', 'expires_at'])
  const unknown = await line.run('break-glass --site acme --user roto')
  assert.deepEqual([unknown.code, unknown.err], [3, 'There is no user "roto". Did you mean root?\n'])
  assert.equal((await line.run('break-glass --site acme')).code, 2)
  await line.close()
})

test('[AD-11] codes are evenly spread over all fifteen digits', async () => {
  const at = await world({ seed: 'many codes' })
  const counts = Array.from({ length: 10 }, () => 0)
  for (let made = 0; made < 200; made += 1)
    for (const digit of await codeFor(at, 'root')) counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1
  // 3000 digits, 300 of each expected; six standard deviations of that are 99.
  for (const count of counts) assert.ok(Math.abs(count - 300) < 99, counts.join(' '))
  await at.close()
})
