import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import { days, hours, minutes } from '#domain/time.ts'
import { clearSessions, endUserSessions } from '#usecases/sessions.ts'
import { changeUser, createUser } from '#usecases/users.ts'
import { opened, page, requestCode, rows, signInWithCode, siteFor, standingOf, type, visit, waiting } from '../steps.ts'
import { ADMIN } from '../world.ts'

test("[S1.12] an administrator ends one user's sessions, and the new setting holds at the next sign-in", async (t) => {
  const at = await siteFor(t, 'scheduling')
  const sam = [opened(await at.password('sam')), opened(await at.password('sam'))]
  const kim = (await signInWithCode(at, 'kim')).token
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'sam', fields: { twoFactorSms: true } })
  // The setting alone ends nothing.
  for (const token of sam) assert.equal(await standingOf(at, token), 'granted')

  const ended = await endUserSessions(at.ports, { ...ADMIN, site: at.site.id, username: 'sam', devices: false })
  assert.deepEqual(ended, { kind: 'ended', sessions: 2, devices: 0 })
  for (const token of sam) assert.equal(await standingOf(at, token), 'ended')
  assert.equal(await standingOf(at, kim), 'granted')
  const [row] = await rows(at, 'session.revoked')
  assert.deepEqual([row?.actor.name, row?.subject?.name, row?.data['sessions']], [ADMIN.actor.name, 'sam', 2])

  const again = opened(await type(at, waiting(await at.password('sam')), at.codeFor('sam')))
  assert.equal(await standingOf(at, again), 'granted')
})

test('[S1.12] a sign-in that waited for its code when the sessions were ended, or the password replaced, is over', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const KIM = { ...ADMIN, username: 'kim' }
  const another = new Secret('another long password')
  const ends: readonly (() => Promise<{ readonly kind: string }>)[] = [
    () => endUserSessions(at.ports, { ...KIM, site: at.site.id, devices: false }),
    () => changeUser(at.ports, { ...KIM, site: DEMO_SITE, fields: {}, password: another }),
  ]
  for (const end of ends) {
    const kim = waiting(await at.password('kim'))
    const code = at.codeFor('kim')
    await end()
    assert.equal((await type(at, kim, code)).kind, 'gone')
    assert.equal((await requestCode(at, kim)).kind, 'gone')
    assert.equal(await page(at, kim), null)
  }
  assert.deepEqual(await rows(at, 'session.created'), [])
  const again = waiting(await at.password('kim', { password: another.reveal() }))
  opened(await type(at, again, at.codeFor('kim')))
})

test('[S1.13] a thousand sign-ins have a thousand session names, each of 128 random bits', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const tokens = new Set<string>()
  const ids = new Set<string>()
  for (let count = 0; count < 1000; count++) {
    const token = opened(await at.password('sam'))
    const access = await visit(at, token)
    assert.ok(access.kind === 'granted')
    tokens.add(token)
    ids.add(access.session.id)
  }
  for (const [names, prefix, bits] of [
    [tokens, 'st_', 256],
    [ids, 'ses_', 128],
  ] as const) {
    assert.equal(names.size, 1000)
    const drawn = [...names].map((name) => Buffer.from(name.slice(prefix.length), 'base64url'))
    assert.ok(drawn.every(({ length }) => length * 8 === bits))
    // No byte of them is always the same.
    for (let at = 0; at < bits / 8; at++) assert.ok(new Set(drawn.map((bytes) => bytes[at])).size > 200)
  }
})

test('[S1.13] a name from before the sign-in never becomes a session', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const pending = waiting(await at.password('kim'))
  const token = opened(await type(at, pending, at.codeFor('kim')))
  assert.notEqual(token.slice(3), pending.slice(3))
  assert.equal(await standingOf(at, token), 'granted')
  for (const planted of [pending, pending.replace('pt_', 'st_')])
    assert.equal(await standingOf(at, planted), 'no-session')
})

test('[S1.14] a session lasts 90 days from its start, however much it is used', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const startedAt = at.clock.now()
  const used = (await signInWithCode(at, 'kim')).token
  const left = opened(await at.password('sam'))
  for (let day = 1; day < 90; day++) {
    at.clock.set(startedAt + days(day))
    assert.equal(await standingOf(at, used), 'granted')
  }
  at.clock.set(startedAt + days(89) + hours(23))
  for (const token of [used, left]) assert.equal(await standingOf(at, token), 'granted')
  at.clock.set(startedAt + days(90) + minutes(1))
  for (const token of [used, left]) assert.equal(await standingOf(at, token), 'expired')
})

test('[S1.15] the length of a session is a setting: one day means 24 hours', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await at.set({ 'session.duration_hours': 24 })
  const token = opened(await at.password('sam'))
  at.clock.pass(hours(24) - minutes(1))
  assert.equal(await standingOf(at, token), 'granted')
  at.clock.pass(minutes(2))
  assert.equal(await standingOf(at, token), 'expired')
})

test('[S1.16] one act ends all 250 sessions of 200 users, with one row that counts them', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const password = new Secret('one for all of them')
  const names = Array.from({ length: 200 }, (_, index) => `worker-${index}`)
  for (const username of names) {
    const made = await createUser(at.ports, { ...ADMIN, site: DEMO_SITE, username, password, fields: {} })
    assert.equal(made.kind, 'saved')
  }
  const tokens: string[] = []
  for (const name of [...names, ...names.slice(0, 50)])
    tokens.push(opened(await at.password(name, { password: password.reveal() })))
  for (const token of tokens) assert.equal(await standingOf(at, token), 'granted')

  const cleared = await clearSessions(at.ports, { ...ADMIN, site: DEMO_SITE, devices: false })
  assert.deepEqual(cleared, { kind: 'ended', sessions: 250, devices: 0 })
  for (const token of tokens) assert.equal(await standingOf(at, token), 'ended')
  assert.deepEqual(
    (await rows(at, 'sessions.cleared')).map(({ actor, data }) => [actor.name, data]),
    [[ADMIN.actor.name, { sessions: 250, devices: 0 }]],
  )
  // Everybody signs in anew, and those sessions live.
  assert.equal(await standingOf(at, opened(await at.password('worker-7', { password: password.reveal() }))), 'granted')
})

test('[S1.16] remembered browsers stay through it, unless they are to be forgotten too', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await at.set({ 'challenge.interval_hours': 24 })
  const { deviceToken } = await signInWithCode(at, 'kim')
  assert.ok(deviceToken !== null)
  await clearSessions(at.ports, { ...ADMIN, site: DEMO_SITE, devices: false })
  opened(await at.password('kim', { deviceToken }))
  const cleared = await clearSessions(at.ports, { ...ADMIN, site: DEMO_SITE, devices: true })
  assert.deepEqual(cleared, { kind: 'ended', sessions: 1, devices: 1 })
  waiting(await at.password('kim', { deviceToken }))
})

test('[S1.20] a shorter session length bites at once', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const token = opened(await at.password('sam'))
  at.clock.pass(days(10))
  await at.set({ 'session.duration_hours': 11 * 24 })
  assert.equal(await standingOf(at, token), 'granted')
  await at.set({ 'session.duration_hours': 9 * 24 })
  assert.equal(await standingOf(at, token), 'expired')
})

test('[S1.20] a longer session length helps new sessions only', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await at.set({ 'session.duration_hours': 24 })
  const before = opened(await at.password('sam'))
  await at.set({ 'session.duration_hours': 48 })
  const after = opened(await at.password('sam'))
  at.clock.pass(hours(24) + minutes(1))
  assert.equal(await standingOf(at, before), 'expired')
  assert.equal(await standingOf(at, after), 'granted')
  at.clock.pass(hours(24))
  assert.equal(await standingOf(at, after), 'expired')
})
