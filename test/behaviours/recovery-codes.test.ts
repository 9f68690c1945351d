import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '#domain/time.ts'
import { keepRecoveryCodes, makeRecoveryCodes } from '#usecases/recovery-codes.ts'
import { kimWithPasskey, order, passkeySite } from '../passkey-world.ts'
import { page, rows, signInWithCode, type, visit, waiting } from '../steps.ts'
import type { World } from '../world.ts'

/** Kim's codes, kept safe; she is in the session of this token. */
async function codesOf(at: World, token: string, kept = true): Promise<readonly string[]> {
  const made = await makeRecoveryCodes(at.ports, order(at, token))
  assert.ok(made.kind === 'made', JSON.stringify(made))
  if (kept) assert.equal((await keepRecoveryCodes(at.ports, { ...order(at, token), madeAt: made.madeAt })).kind, 'kept')
  return made.codes.map((code) => code.reveal())
}

async function kimWithCodes(at: World): Promise<{ readonly token: string; readonly codes: readonly string[] }> {
  const { token } = await signInWithCode(at, 'kim')
  return { token, codes: await codesOf(at, token) }
}

test('[RE-01] [R-124] ten codes of 50 bits without look-alikes, shown once, stored as slow digests only', async (t) => {
  const at = await passkeySite(t)
  const { codes } = await kimWithCodes(at)
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.match(code, /^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/)
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.equal(file?.recovery?.digests.length, 10)
  const stored = JSON.stringify(file.recovery)
  const told = at.messages().map(({ text, html }) => `${text}${html}`)
  const trail = JSON.stringify(await at.trail())
  for (const code of codes) for (const text of [stored, trail, ...told]) assert.ok(!text.includes(code))
})

test('[RE-02] [R-124] a used code is dead, counted down and announced; what was typed may look otherwise', async (t) => {
  const at = await passkeySite(t)
  const { codes } = await kimWithCodes(at)
  const [first = '', second = ''] = codes
  const in1 = await type(at, waiting(await at.password('kim')), ` ${first.toUpperCase().replace('-', ' ')} `)
  assert.ok(in1.kind === 'signed-in', JSON.stringify(in1))
  const access = await visit(at, in1.token)
  assert.ok(access.kind === 'granted')
  assert.deepEqual([access.amr, access.acr], [['pwd', 'recovery'], 'aal1'])
  await at.pump()
  assert.ok(at.messages('email').some(({ subject }) => subject === 'A recovery code of your Acme account was used'))
  assert.deepEqual(
    (await rows(at, 'recovery.used')).map(({ data }) => data['left']),
    [9],
  )
  const again = waiting(await at.password('kim'))
  assert.equal((await type(at, again, first)).kind, 'refused')
  assert.equal((await type(at, again, second)).kind, 'signed-in')
})

test('[F21] from three left on the mail says so', async (t) => {
  const at = await passkeySite(t)
  const { codes } = await kimWithCodes(at)
  for (const code of codes.slice(0, 7)) {
    assert.equal((await type(at, waiting(await at.password('kim')), code)).kind, 'signed-in')
    at.clock.pass(minutes(20))
  }
  await at.pump()
  assert.ok(at.messages('email').some(({ subject }) => /Few recovery codes are left/.test(subject ?? '')))
})

test('[RE-03] new codes kill the old set, take a fresh proof, and count once they are kept safe', async (t) => {
  const at = await passkeySite(t)
  const { token, codes } = await kimWithCodes(at)
  const [newCode = ''] = await codesOf(at, token, false)
  const pending = waiting(await at.password('kim'))
  assert.equal((await type(at, pending, codes[0] ?? '')).kind, 'refused', 'the old set is dead at once')
  assert.equal((await type(at, pending, newCode)).kind, 'refused', 'the new one is not confirmed')
  at.clock.pass(minutes(16))
  assert.equal((await makeRecoveryCodes(at.ports, order(at, token))).kind, 'step-up')
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  const madeAt = file?.recovery?.madeAt ?? 0
  assert.equal((await keepRecoveryCodes(at.ports, { ...order(at, token), madeAt: madeAt - 1 })).kind, 'over')
  assert.equal((await keepRecoveryCodes(at.ports, { ...order(at, token), madeAt })).kind, 'kept')
  assert.equal((await type(at, waiting(await at.password('kim')), newCode)).kind, 'signed-in')
})

test('[RC-04] of fifty posts of one recovery code at once one opens a session, and nine codes are left', async (t) => {
  const at = await passkeySite(t)
  await at.set({ 'code.max_attempts': 10, 'lock.after': 50 })
  const { codes } = await kimWithCodes(at)
  const pendings: Awaited<ReturnType<typeof at.password>>[] = []
  for (let browser = 0; browser < 10; browser += 1) pendings.push(await at.password('kim'))
  const tries = pendings.flatMap((each) => Array.from({ length: 5 }, () => type(at, waiting(each), codes[0] ?? '')))
  const outcomes = await Promise.all(tries)
  assert.equal(outcomes.filter(({ kind }) => kind === 'signed-in').length, 1)
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.equal(file?.recovery?.digests.length, 9)
})

test('[BF-14] guesses at recovery codes count with all others, and lock', async (t) => {
  const at = await passkeySite(t)
  await kimWithCodes(at)
  let locked = 0
  for (let guess = 0; guess < 20; guess += 1) {
    const outcome = await at.password('kim')
    if (outcome.kind !== 'pending') {
      assert.equal(outcome.kind, 'code-locked')
      locked += 1
      continue
    }
    const said = await type(at, waiting(outcome), `aaaaa-${String(guess).padStart(5, '0')}`)
    assert.equal(said.kind, 'refused')
  }
  assert.equal(locked, 10)
  const reasons = (await rows(at, 'auth.challenge.fail')).map(({ data }) => data['reason'])
  assert.deepEqual(
    reasons,
    Array.from({ length: 10 }, () => 'recovery'),
  )
})

test('whoever has no recovery codes is told no different', async (t) => {
  const at = await passkeySite(t)
  const pending = waiting(await at.password('kim'))
  const said = await type(at, pending, 'k7m2x-9qt4w')
  assert.ok(said.kind === 'refused' && said.failedCodes === 1)
  assert.equal((await type(at, pending, 'no code at all')).kind, 'malformed')
})

test('recovery codes stand beside another way, in the list of what is offered', async (t) => {
  const at = await passkeySite(t)
  const { session } = await kimWithPasskey(at)
  await codesOf(at, session)
  const view = await page(at, waiting(await at.password('kim')))
  assert.deepEqual(view?.methods, ['passkey', 'email', 'recovery'])
})
