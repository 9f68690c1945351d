import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { DEMO_SITE, DEMO_USERS } from '#cli/demo-site.ts'
import { readHardwareTable } from '#moving/hardware-table.ts'
import { assignHardware, importHardware, removeHardware, resynchroniseHardware } from '#usecases/hardware.ts'
import { hotp } from '#authenticators/hotp.ts'
import { keepRecoveryCodes, makeRecoveryCodes } from '#usecases/recovery-codes.ts'
import { changeUser } from '#usecases/users.ts'
import { opened, otherThan, rows, signInWithCode, siteFor, standingOf, type, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

// Whoever owns an account is told what was done to it, each time it happens and no time it does not.

const SECRET = Buffer.from('3132333435363738393031323334353637383930', 'hex')
const KIM = DEMO_USERS.find(({ username }) => username === 'kim')
const order = { ...ADMIN, site: DEMO_SITE }

function subjects(at: World, of: RegExp): string[] {
  return at
    .messages('email')
    .filter(({ to, subject }) => to === KIM?.email && of.test(subject ?? ''))
    .map(({ subject }) => subject ?? '')
}

async function tokenOf(at: World): Promise<{ id: `aut_${string}`; version: number; last: number }> {
  const [held] = await at.ports.store.hardwareTokens(at.site.id)
  assert.ok(held)
  return held.token
}

async function withToken(t: TestContext): Promise<World> {
  const at = await siteFor(t, 'manufacturing')
  const list = readHardwareTable({
    header: ['serial', 'secret'],
    rows: [{ line: 2, cells: ['A-1', SECRET.toString('hex')] }],
  })
  assert.equal((await importHardware(at.ports, { ...order, list })).kind, 'imported')
  return at
}

test('too many wrong codes lock the second step, and its owner is told once, when that happens', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  let outcome = ''
  for (let attempt = 0; attempt < 60 && outcome !== 'code-locked'; attempt += 1) {
    const first = await at.password('kim')
    if (first.kind === 'code-locked') {
      outcome = first.kind
      break
    }
    const pending = waiting(first)
    const wrong = otherThan(at.codeFor('kim'))
    for (let guess = 0; guess < 10; guess += 1) {
      assert.equal(subjects(at, /Too many wrong security codes/).length, 0)
      outcome = (await type(at, pending, wrong)).kind
      await at.pump()
      if (subjects(at, /Too many wrong security codes/).length > 0) outcome = 'code-locked'
      if (outcome !== 'refused') break
    }
    at.clock.pass(61_000)
  }
  assert.equal(outcome, 'code-locked')
  assert.equal(subjects(at, /Too many wrong security codes/).length, 1)
})

test('a hardware token that is handed out is told to who gets it; one in the drawer to nobody', async (t) => {
  const at = await withToken(t)
  await at.pump()
  assert.deepEqual(subjects(at, /added/), [])
  const token = await tokenOf(at)
  assert.equal(token.version, 1)
  assert.equal((await assignHardware(at.ports, { ...order, token: token.id, username: 'kim' })).kind, 'done')
  await at.pump()
  assert.equal(subjects(at, /added/).length, 1)
  assert.equal((await tokenOf(at)).version, 2)
  assert.equal((await removeHardware(at.ports, { ...order, token: token.id })).kind, 'done')
  assert.deepEqual(await at.ports.store.hardwareTokens(at.site.id), [])
})

test('a token that was pressed too often is found again by two codes in a row, and the next code is the one after them', async (t) => {
  const at = await withToken(t)
  const { id } = await tokenOf(at)
  await assignHardware(at.ports, { ...order, token: id, username: 'kim' })
  const resync = (first: string, second: string) =>
    resynchroniseHardware(at.ports, { ...order, token: id, first, second })
  assert.equal((await resync(hotp(SECRET, 40), hotp(SECRET, 42))).kind, 'not-found')
  assert.equal((await resync(hotp(SECRET, 40), hotp(SECRET, 41))).kind, 'done')
  assert.equal((await tokenOf(at)).last, 41)
  await at.set({ 'methods.allowed': ['hardware', 'email'] })
  const pending = waiting(await at.password('kim'))
  assert.equal((await type(at, pending, hotp(SECRET, 41))).kind, 'refused')
  opened(await type(at, pending, hotp(SECRET, 42)))
})

test('new recovery codes are told to their owner', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { token } = await signInWithCode(at, 'kim')
  await at.pump()
  assert.deepEqual(subjects(at, /recovery codes/), [])
  const own = { site: at.site.id, sessionToken: token, origin: HOME }
  const made = await makeRecoveryCodes(at.ports, own)
  assert.ok(made.kind === 'made', made.kind)
  assert.equal((await keepRecoveryCodes(at.ports, { ...own, madeAt: made.madeAt })).kind, 'kept')
  await at.pump()
  assert.equal(subjects(at, /New recovery codes/).length, 1)
})

test('a change of a name ends no session; one that disables ends all of them', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { token } = await signInWithCode(at, 'kim')
  const change = (fields: Parameters<typeof changeUser>[1]['fields']) =>
    changeUser(at.ports, { ...order, username: 'kim', fields })
  assert.equal((await change({ displayName: 'Kim the second' })).kind, 'saved')
  assert.equal(await standingOf(at, token), 'granted')
  assert.equal((await rows(at, 'user.changed')).length, 1)
  assert.equal((await change({ status: 'disabled' })).kind, 'saved')
  assert.notEqual(await standingOf(at, token), 'granted')
})

test('wrong passwords are told apart in the log from the one that closes the door, which comes once', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  let guesses = 0
  while ((await at.password('kim', { password: `wrong ${guesses}` })).kind !== 'password-throttled') guesses += 1
  assert.ok(guesses > 1)
  assert.equal((await rows(at, 'auth.password.fail')).length, guesses)
  assert.equal((await rows(at, 'auth.password.throttled')).length, 1)
})
