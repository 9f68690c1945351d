import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '#domain/time.ts'
import { Secret } from '#domain/secret.ts'
import { addApp } from '#usecases/add-app.ts'
import { changeOwnPassword } from '#usecases/change-own-password.ts'
import { showEnrolment } from '#usecases/enrol.ts'
import { giveUpAuthenticator } from '#usecases/give-up-authenticator.ts'
import { endOwnSession, forgetOwnDevice } from '#usecases/own-sessions.ts'
import { bytesOf, totpNow } from '../own-app.ts'
import { asked, answer, kimWithPasskey, order, passkeySite, signInBy, signInOptions } from '../passkey-world.ts'
import { rows, signInWithCode, standingOf, type, waiting } from '../steps.ts'
import { HOME, type World } from '../world.ts'

/** The secret of the app that is being set up in this session. */
async function startApp(
  at: World,
  session: string,
): Promise<{ readonly pending: string; readonly secret: Uint8Array }> {
  const started = await addApp(at.ports, order(at, session))
  assert.ok(started.kind === 'pending', JSON.stringify(started))
  const pendingToken = started.token
  const shown = await showEnrolment(at.ports, { site: at.site.id, pendingToken, origin: HOME })
  assert.ok(shown.kind === 'shown', JSON.stringify(shown))
  return { pending: pendingToken, secret: bytesOf(shown.secret) }
}

async function heldBy(at: World) {
  return (await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())) ?? assert.fail()
}

test('[EN-08] [R-120] a session alone adds no app, and the refusal is on record', async (t) => {
  const at = await passkeySite(t)
  const { token } = await signInWithCode(at, 'kim')
  at.clock.pass(minutes(16))
  assert.equal((await addApp(at.ports, order(at, token))).kind, 'step-up')
  assert.deepEqual(
    (await rows(at, 'authz.denied')).map(({ data }) => data),
    [{ door: 'add-app', reason: 'step_up' }],
  )
  assert.equal((await heldBy(at)).enrolment, null)
})

test('[EN-09] [R-122] a second app is bound by its first code; left half way it changes nothing', async (t) => {
  const at = await passkeySite(t)
  const { token } = await signInWithCode(at, 'kim')
  const first = await startApp(at, token)
  const bound = await type(at, first.pending, totpNow(at, first.secret))
  assert.ok(bound.kind === 'signed-in', JSON.stringify(bound))
  assert.equal(await standingOf(at, token), 'no-session', 'the token before is dead')
  await startApp(at, bound.token)
  assert.equal((await heldBy(at)).apps.length, 1)
  at.clock.pass(minutes(1))
  const in1 = await type(at, waiting(await at.password('kim')), totpNow(at, first.secret))
  assert.ok(in1.kind === 'signed-in', 'the old one still works')
  const second = await startApp(at, in1.token)
  assert.equal((await type(at, second.pending, totpNow(at, second.secret))).kind, 'signed-in')
  assert.equal((await heldBy(at)).apps.length, 2)
})

test('[EN-11] [R-120] [SE-05] a new factor is told by mail, and every other session ends', async (t) => {
  const at = await passkeySite(t)
  const elsewhere = await signInWithCode(at, 'kim')
  at.clock.pass(minutes(1))
  const { token } = await signInWithCode(at, 'kim')
  const { pending, secret } = await startApp(at, token)
  const bound = await type(at, pending, totpNow(at, secret))
  assert.ok(bound.kind === 'signed-in')
  await at.pump()
  assert.match(at.messages('email')[0]?.subject ?? '', /An authenticator app was added/)
  assert.equal(await standingOf(at, elsewhere.token), 'ended')
  assert.equal(await standingOf(at, bound.token), 'granted')
})

test('[R-129] [SE-05] a lost passkey opens nothing from that moment on, and what it opened elsewhere ends', async (t) => {
  const at = await passkeySite(t)
  const { key, session } = await kimWithPasskey(at)
  const stolen = await signInBy(at, key.get(signInOptions(at)))
  assert.ok(stolen.kind === 'signed-in')
  const waits = await asked(at)
  const [passkey] = (await heldBy(at)).passkeys
  assert.ok(passkey)
  const gone = await giveUpAuthenticator(at.ports, { ...order(at, session), authenticator: passkey.id })
  assert.equal(gone.kind, 'removed')
  assert.equal(await standingOf(at, stolen.token), 'ended')
  assert.equal(await standingOf(at, session), 'granted')
  assert.equal((await answer(at, waits.pending, key.get(waits.options))).kind, 'gone')
  assert.equal((await signInBy(at, key.get(signInOptions(at)))).kind, 'passkey-refused')
  await at.pump()
  assert.ok(at.messages('email').some(({ subject }) => /An authenticator was removed/.test(subject ?? '')))
})

test('[F24] the last way in stays where one is required', async (t) => {
  const at = await passkeySite(t)
  const { session } = await kimWithPasskey(at)
  await at.set({ 'methods.allowed': ['passkey'] })
  const [passkey] = (await heldBy(at)).passkeys
  assert.ok(passkey)
  const kept = await giveUpAuthenticator(at.ports, { ...order(at, session), authenticator: passkey.id })
  assert.equal(kept.kind, 'last-factor')
  assert.equal((await heldBy(at)).passkeys.length, 1)
})

test('[SE-18] one session is ended from another, with a fresh proof only', async (t) => {
  const at = await passkeySite(t)
  const one = await signInWithCode(at, 'kim')
  at.clock.pass(minutes(16))
  const two = await signInWithCode(at, 'kim')
  const file = await at.ports.store.sessionFile(at.site.id, at.ports.vault.digest(one.token), at.clock.now())
  const session = file?.session.id ?? assert.fail()
  assert.equal((await endOwnSession(at.ports, { ...order(at, one.token), session })).kind, 'step-up')
  assert.equal((await endOwnSession(at.ports, { ...order(at, two.token), session })).kind, 'ended')
  assert.equal(await standingOf(at, one.token), 'ended')
  const other = await signInWithCode(at, 'op')
  assert.equal((await endOwnSession(at.ports, { ...order(at, other.token), session })).kind, 'unknown-session')
})

test('[TB-14] one remembered browser is forgotten at once, all of them with a fresh proof', async (t) => {
  const at = await passkeySite(t)
  await at.set({ 'challenge.interval_hours': 168 })
  const { token, deviceToken } = await signInWithCode(at, 'kim')
  assert.ok(deviceToken)
  const [device] = await at.ports.store.devices(at.site.id, {
    user: (await heldBy(at)).user.id,
    before: null,
    limit: 9,
  })
  at.clock.pass(minutes(16))
  assert.equal((await forgetOwnDevice(at.ports, { ...order(at, token), device: null })).kind, 'step-up')
  assert.equal((await at.password('kim', { deviceToken })).kind, 'signed-in')
  const one = await forgetOwnDevice(at.ports, { ...order(at, token), device: device?.id ?? assert.fail() })
  assert.equal(one.kind, 'forgotten')
  assert.equal((await at.password('kim', { deviceToken })).kind, 'pending')
  assert.equal((await rows(at, 'device.revoked')).length, 1)
})

test('[SE-05] [R-104] another password takes the one of now, ends all other sessions, and is told', async (t) => {
  const at = await passkeySite(t)
  const elsewhere = await signInWithCode(at, 'kim')
  at.clock.pass(minutes(1))
  const { token } = await signInWithCode(at, 'kim')
  const change = (current: string, password: string) =>
    changeOwnPassword(at.ports, { ...order(at, token), current: new Secret(current), password: new Secret(password) })
  assert.equal((await change('wrong', 'a new password of mine')).kind, 'invalid-credentials')
  assert.equal((await change('kim-demo-password', 'short')).kind, 'invalid')
  assert.equal((await change('kim-demo-password', 'a new password of mine')).kind, 'changed')
  assert.equal(await standingOf(at, elsewhere.token), 'ended')
  assert.equal(await standingOf(at, token), 'granted')
  assert.equal((await at.password('kim')).kind, 'invalid-credentials')
  assert.equal((await at.password('kim', { password: 'a new password of mine' })).kind, 'pending')
  await at.pump()
  assert.ok(at.messages('email').some(({ subject }) => /password of your .* account was changed/.test(subject ?? '')))
  at.clock.pass(minutes(16))
  assert.equal((await change('a new password of mine', 'one more password')).kind, 'step-up')
})

test('[RP-08] a code that was spent on a step-up opens no sign-in', async (t) => {
  const at = await passkeySite(t)
  const { token } = await signInWithCode(at, 'kim')
  const { pending, secret } = await startApp(at, token)
  const code = totpNow(at, secret)
  assert.equal((await type(at, pending, code)).kind, 'signed-in')
  assert.equal((await type(at, waiting(await at.password('kim')), code)).kind, 'refused')
})
