import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '#domain/time.ts'
import {
  answer,
  asked,
  creationFor,
  kimWithPasskey,
  passkeySite,
  register,
  RP,
  signInBy,
  signInOptions,
} from '../passkey-world.ts'
import { type Bent, softPasskey } from '../soft-passkey.ts'
import { rows, signInWithCode, visit, waiting } from '../steps.ts'

const FOREIGN: Readonly<Record<string, Bent>> = {
  'another ceremony': { type: 'webauthn.other' },
  'another challenge': { challenge: Buffer.from('sixteen bytes of mine').toString('base64url') },
  'another origin': { origin: 'http://evil.test:4180' },
  'another port': { origin: 'http://localhost:4181' },
  'a foreign frame': { crossOrigin: true },
  'a foreign top': { crossOrigin: true, topOrigin: 'https://evil.test' },
  'another relying party': { rpId: 'evil.test' },
  'nobody there': { flags: { up: false } },
  'copied without being copyable': { flags: { be: false, bs: true } },
  'two ids': { rawId: 'AAAA' },
  'another type': { credentialType: 'password' },
}

test('[R-081] [R-083] a passkey is registered only if every check of the ceremony holds', async (t) => {
  const at = await passkeySite(t)
  const { token } = await signInWithCode(at, 'kim')
  const bends: Record<string, Bent> = {
    ...FOREIGN,
    'an algorithm nobody offered': { algorithm: -9 },
    'an id that was not signed': { id: Buffer.from('not what was signed').toString('base64url') },
  }
  for (const [what, bent] of Object.entries(bends)) {
    const said = await register(at, token, softPasskey(RP).create(await creationFor(at, token), bent))
    assert.equal(said.kind, 'refused', what)
  }
  const long = await register(at, token, softPasskey(RP, 1_024).create(await creationFor(at, token)))
  assert.equal(long.kind, 'refused', 'an id that is too long')
  const good = softPasskey(RP).create(await creationFor(at, token))
  assert.equal((await register(at, token, good)).kind, 'added')
  assert.equal((await register(at, token, good)).kind, 'refused', 'the same answer again')
})

test('[R-081] what one user has registered nobody else registers', async (t) => {
  const at = await passkeySite(t)
  const { key } = await kimWithPasskey(at)
  const { token } = await signInWithCode(at, 'op')
  assert.equal((await register(at, token, key.create(await creationFor(at, token)))).kind, 'known')
})

test('[R-082] [R-083] a passkey answers a sign-in only if every check of the ceremony holds', async (t) => {
  const at = await passkeySite(t)
  await at.set({ 'code.max_attempts': 10, 'lock.after': 20, 'lock.window_seconds': 60 })
  const { key } = await kimWithPasskey(at)
  const bends: Record<string, Bent> = {
    ...FOREIGN,
    'a foreign signature': { foreignKey: true },
    'another user': { userHandle: Buffer.from('usr_somebody').toString('base64url') },
    'a passkey of nobody': { id: 'AAAA' },
    'a key that could not be copied before': { flags: { be: false } },
  }
  for (const [what, bent] of Object.entries(bends)) {
    const { pending, options } = await asked(at)
    const said = await answer(at, pending, key.get(options, bent))
    assert.equal(said.kind, 'refused', what)
    at.clock.pass(minutes(2))
  }
  const { pending, options } = await asked(at)
  assert.equal((await answer(at, pending, key.get(options))).kind, 'signed-in')
})

test('[R-082] [R-083] so it is where a passkey is all that is shown', async (t) => {
  const at = await passkeySite(t)
  const { key } = await kimWithPasskey(at)
  const bends: Record<string, Bent> = {
    ...FOREIGN,
    'a foreign signature': { foreignKey: true },
    'another user': { userHandle: Buffer.from('usr_somebody').toString('base64url') },
    'no user': { userHandle: null },
    'a passkey of nobody': { id: 'AAAA' },
    'nobody verified': { flags: { uv: false } },
  }
  for (const [what, bent] of Object.entries(bends))
    assert.equal((await signInBy(at, key.get(signInOptions(at), bent))).kind, 'passkey-refused', what)
  assert.equal((await signInBy(at, key.get(signInOptions(at)))).kind, 'signed-in')
})

test('[R-080] [RP-10] a challenge is long, good for one sign-in, once, and not for long', async (t) => {
  const at = await passkeySite(t)
  const { key } = await kimWithPasskey(at)
  const first = await asked(at)
  const second = await asked(at)
  assert.notEqual(first.options.challenge, second.options.challenge)
  assert.ok(Buffer.from(first.options.challenge, 'base64url').length >= 16)
  const captured = key.get(first.options)
  assert.equal((await answer(at, second.pending, captured)).kind, 'refused', 'of another pending sign-in')
  assert.equal((await signInBy(at, captured)).kind, 'passkey-refused', 'of another ceremony')
  assert.equal((await answer(at, first.pending, captured)).kind, 'signed-in')
  assert.equal((await answer(at, first.pending, captured)).kind, 'gone', 'posted again')

  const alone = key.get(signInOptions(at))
  assert.equal((await signInBy(at, alone)).kind, 'signed-in')
  assert.equal((await signInBy(at, alone)).kind, 'passkey-refused', 'posted again')
  const late = key.get(signInOptions(at))
  at.clock.pass(minutes(10))
  assert.equal((await signInBy(at, late)).kind, 'passkey-refused', 'too late')
})

test('[R-080] a wrong answer spends its challenge', async (t) => {
  const at = await passkeySite(t)
  const { key } = await kimWithPasskey(at)
  const options = signInOptions(at)
  assert.equal((await signInBy(at, key.get(options, { foreignKey: true }))).kind, 'passkey-refused')
  assert.equal((await signInBy(at, key.get(options))).kind, 'passkey-refused')
})

test('[RP-10] of many posts of one answer at once one opens a session', async (t) => {
  const at = await passkeySite(t)
  const { key } = await kimWithPasskey(at)
  const alone = key.get(signInOptions(at))
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => signInBy(at, alone)))
  assert.equal(outcomes.filter(({ kind }) => kind === 'signed-in').length, 1)
})

test('[R-084] a counter that goes back is refused and recorded', async (t) => {
  const at = await passkeySite(t)
  const { key } = await kimWithPasskey(at)
  assert.equal((await signInBy(at, key.get(signInOptions(at), { counter: 7 }))).kind, 'signed-in')
  assert.equal((await signInBy(at, key.get(signInOptions(at), { counter: 7 }))).kind, 'passkey-refused')
  assert.equal((await rows(at, 'factor.counter')).length, 1)
  const { pending, options } = await asked(at)
  assert.equal((await answer(at, pending, key.get(options, { counter: 6 }))).kind, 'refused')
  assert.equal((await rows(at, 'factor.counter')).length, 2)
  assert.equal((await signInBy(at, key.get(signInOptions(at), { counter: 8 }))).kind, 'signed-in')
})

test('[R-084] a passkey that is kept in step between devices does not count, and is accepted', async (t) => {
  const at = await passkeySite(t)
  const { key } = await kimWithPasskey(at)
  for (let times = 0; times < 3; times += 1)
    assert.equal((await signInBy(at, key.get(signInOptions(at), { counter: 0 }))).kind, 'signed-in')
})

test('[R-085] a passkey is two factors only when its device verified its user', async (t) => {
  const at = await passkeySite(t)
  const { key } = await kimWithPasskey(at)
  const claims = async (outcome: { kind: string; token?: string }) => {
    assert.ok(outcome.kind === 'signed-in' && outcome.token !== undefined, JSON.stringify(outcome))
    const access = await visit(at, outcome.token)
    assert.ok(access.kind === 'granted')
    return [access.amr, access.acr]
  }
  assert.deepEqual(await claims(await signInBy(at, key.get(signInOptions(at)))), [['swk', 'user', 'mfa'], 'aal2'])
  assert.equal((await signInBy(at, key.get(signInOptions(at), { flags: { uv: false } }))).kind, 'passkey-refused')
  const { pending, options } = await asked(at)
  const touched = await answer(at, pending, key.get(options, { flags: { uv: false } }))
  assert.deepEqual(await claims(touched), [['pwd', 'swk', 'user', 'mfa'], 'aal2'])
})

test('[R-086] [R-087] who has only a passkey is asked for it, first of all, at every door', async (t) => {
  const at = await passkeySite(t)
  await kimWithPasskey(at)
  await at.set({ 'methods.allowed': ['passkey'] })
  for (const surface of ['form', 'api'] as const) {
    const outcome = await at.password('kim', { surface })
    const file = await at.ports.store.challengeFile(at.site.id, at.ports.vault.digest(waiting(outcome)), at.clock.now())
    assert.ok(file?.challenge.state.kind === 'asked')
    assert.deepEqual(file.challenge.state.methods, ['passkey'])
  }
})

test('a passkey opens nothing at a site that does not take passkeys, and for nobody who is disabled', async (t) => {
  const at = await passkeySite(t)
  const { key } = await kimWithPasskey(at)
  await at.set({ 'methods.allowed': ['app', 'email'] })
  assert.equal((await signInBy(at, key.get(signInOptions(at)))).kind, 'passkey-refused')
  assert.deepEqual((await rows(at, 'auth.passkey.fail')).at(-1)?.data, { reason: 'passkey_not_allowed' })
})
