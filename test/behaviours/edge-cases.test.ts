import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import { days, hours, minutes, seconds } from '#domain/time.ts'
import { resetAuthenticators } from '#usecases/authenticators.ts'
import { grantBypass } from '#usecases/bypass.ts'
import { signIn } from '#usecases/sign-in.ts'
import { setRole } from '#usecases/roles.ts'
import { changeUser, deleteUser } from '#usecases/users.ts'
import { openStore } from '../../src/store/open.ts'
import { appCode, look, shown, withApp } from '../enrolment-steps.ts'
import { fileOf, join as makeUser, passwordOf } from '../people.ts'
import { opened, rows, signInWithCode, siteFor, standingOf, type, waiting } from '../steps.ts'
import { ADMIN, type World, world } from '../world.ts'

// The seventeen edge cases that the policy wants tested by name. Some are told where they belong; the rest are told here.

const ELSEWHERE = {
  1: ['behaviours/s3-channels.test.ts', '[S3.10] then no path sends an SMS'],
  7: [
    'behaviours/s1-sessions.test.ts',
    '[S1.16] remembered browsers stay through it, unless they are to be forgotten too',
  ],
  11: ['attacks/way-around.test.ts', 'edge case 11: '],
  12: ['attacks/resend.test.ts', 'edge case 12: '],
  13: ['../src/web/pages/pages.test.ts', 'markup in contact texts is shown as text'],
  14: ['attacks/clock-set-back.test.ts', 'edge case 14: '],
  15: ['behaviours/s0-interval.test.ts', '[S0.19] a longer interval spares a browser that passed before'],
} as const

for (const [number, [file, name]] of Object.entries(ELSEWHERE))
  test(`edge case ${number}: told in ${file.replace('../', '')}`, () => {
    const source = readFileSync(join(import.meta.dirname, '..', file), 'utf8')
    assert.ok(source.includes(name), `${name} is not there any more`)
  })

const kim = { ...ADMIN, site: DEMO_SITE, username: 'kim' }

/** Kim signs in with her app. */
async function signInWithApp(at: World, secret: string): Promise<string> {
  return opened(await type(at, waiting(await at.password('kim')), appCode(at, secret)))
}

test('edge case 2: SMS that fails while email was never set up is failing, and opens no door', async (t) => {
  const at = await siteFor(t, 'fleet')
  await at.set({ 'delivery.when_unconfigured': 'allow' })
  await at.mailbox.setBehaviour({ email: 'unconfigured', sms: 'timeout' })
  waiting(await at.password('kim'))
  assert.deepEqual(await rows(at, 'session.created'), [])
  assert.deepEqual(await rows(at, 'degraded.login'), [])
  // Neither channel set up at all is the one case that `allow` is for.
  await at.mailbox.setBehaviour({ sms: 'unconfigured' })
  opened(await at.password('kim'))
})

test('edge case 3: a bypass that ends during a session: the session lives, the next sign-in is asked', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const end = at.clock.now() + hours(1)
  await grantBypass(at.ports, { ...kim, reason: 'other', note: 'forgot her phone', expiresAt: end })
  const token = opened(await at.password('kim'))
  at.clock.set(end)
  assert.equal(await standingOf(at, token), 'granted')
  waiting(await at.password('kim'))
})

test('edge case 4: a role flagged while a browser is remembered leaves it so, if the role allows the method', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { deviceToken } = await signInWithCode(at, 'sam')
  assert.ok(deviceToken !== null)
  const flag = (fields: Parameters<typeof setRole>[1]['fields']) =>
    setRole(at.ports, { ...ADMIN, site: DEMO_SITE, name: 'Accounts Manager', fields })
  await flag({ twoFactorAuth: true })
  opened(await at.password('sam', { deviceToken }))
  await at.set({ 'methods.allowed': ['app', 'email'] })
  await flag({ methodsAllowed: ['app'] })
  waiting(await at.password('sam', { deviceToken }))
  await flag({ methodsAllowed: ['app', 'email'] })
  opened(await at.password('sam', { deviceToken }))
})

test('edge case 5: the last authenticator removed by an administrator: the next sign-in enrols', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen' })
  const secret = await withApp(at, 'kim')
  assert.equal((await resetAuthenticators(at.ports, kim)).kind, 'saved')
  const pending = waiting(await at.password('kim'))
  const anew = shown(await look(at, pending))
  assert.notEqual(anew.secret, secret)
  assert.notEqual((await type(at, pending, appCode(at, secret))).kind, 'signed-in')
  opened(await type(at, pending, appCode(at, anew.secret)))
})

test('edge case 6: the method of the site changes: all enrol at the next sign-in, and what is pending lives on', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  await at.set({ 'methods.allowed': ['app'] })
  for (const username of ['sam', 'op', 'root']) shown(await look(at, waiting(await at.password(username))))
  opened(await type(at, pending, code))
  shown(await look(at, waiting(await at.password('kim'))))
})

test('edge case 8: the password changed: sessions end, remembered browsers are forgotten', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { token, deviceToken } = await signInWithCode(at, 'kim')
  const sam = await signInWithCode(at, 'sam')
  assert.ok(deviceToken !== null && sam.deviceToken !== null)
  const password = 'another long password'
  await changeUser(at.ports, { ...kim, fields: {}, password: new Secret(password) })
  assert.equal(await standingOf(at, token), 'ended')
  waiting(await at.password('kim', { deviceToken, password }))
  assert.equal((await at.password('kim')).kind, 'invalid-credentials')
  assert.equal(await standingOf(at, sam.token), 'granted')
  opened(await at.password('sam', { deviceToken: sam.deviceToken }))
})

test('edge case 9: phone or email changed by an administrator: the old one is told, and codes go to the new one', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { email, phone } = (await fileOf(at, 'kim')).user
  await changeUser(at.ports, { ...kim, fields: { email: 'kim@elsewhere.test', phone: '+4915550100077' } })
  await at.pump()
  const told = at.messages().map(({ channel, to }) => `${channel} ${to}`)
  assert.deepEqual(told.toSorted(), [`email ${email}`, `sms ${phone}`])
  assert.match(at.messages('email')[0]?.text ?? '', /no longer come to where you are reading this/)
  waiting(await at.password('kim'))
  assert.equal(at.messages('email')[0]?.to, 'kim@elsewhere.test')
  // What stays as it was brings nobody a notice.
  const before = at.messages().length
  await changeUser(at.ports, { ...kim, fields: { displayName: 'Kim K.', email: 'kim@elsewhere.test' } })
  await at.pump()
  assert.equal(at.messages().length, before)
})

test('edge case 10: a website user gets a desk role: a system user now, asked at the next sign-in', async (t) => {
  const at = await siteFor(t, 'erp')
  const token = opened(await at.password('web'))
  const fields = { kind: 'system', roles: ['Accounts Manager'] } as const
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'web', fields })
  assert.equal(await standingOf(at, token), 'granted')
  waiting(await at.password('web'))
})

test('edge case 16: a user deleted and made again: nothing of the old one remains', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const token = await signInWithApp(at, secret)
  at.clock.pass(minutes(1))
  const pending = waiting(await at.password('kim'))
  await grantBypass(at.ports, { ...kim, reason: 'other', note: 'old one', expiresAt: at.clock.now() + days(1) })
  const { user: before } = await fileOf(at, 'kim')

  assert.equal((await deleteUser(at.ports, kim)).kind, 'saved')
  assert.equal((await at.password('kim')).kind, 'invalid-credentials')
  await makeUser(at, 'kim', { email: 'kim@acme.test' })
  const after = await fileOf(at, 'kim')
  assert.notEqual(after.user.id, before.id)
  assert.deepEqual([after.apps, after.user.bypass, after.counters.consecutive, after.device], [[], null, 0, null])
  assert.equal(await standingOf(at, token), 'no-session')
  assert.equal((await type(at, pending, appCode(at, secret))).kind, 'gone')
  const anew = waiting(await at.password('kim', { password: passwordOf('kim') }))
  assert.equal((await look(at, anew)).kind, 'link-required')
  const own = await at.ports.store.audit(at.site.id, { subject: after.user.id, limit: 100 })
  assert.ok(
    own.every(({ ev }) => ev !== 'bypass.granted'),
    'the record of the old one is not taken for that of the new one',
  )
})

test('edge case 17: a database restored from a backup: codes older than the backup stay spent', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-backup-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [file, backup] = [join(folder, 'site.db'), join(folder, 'backup.db')]
  const at = await world({ preset: 'erp', database: `sqlite:${file}` })
  await at.set({ 'enrolment.channel': 'screen' })
  const secret = await withApp(at, 'kim')
  await at.set({ 'methods.allowed': ['app', 'email'] })
  const spent = appCode(at, secret)
  opened(await type(at, waiting(await at.password('kim')), spent))
  const mailed = waiting(await at.password('sam'))
  const mailedCode = at.codeFor('sam')
  opened(await type(at, mailed, mailedCode))
  await at.close()
  copyFileSync(file, backup)

  const store = await openStore(`sqlite:${backup}`, at.ports.random)
  t.after(() => store.close())
  const restored: World = { ...at, ports: { ...at.ports, store } }
  const password = async (username: string) => {
    const secretOf = new Secret(passwordOf(username))
    const origin = { request: 'req', address: null, userAgent: null }
    return signIn(restored.ports, { site: at.site.id, username, password: secretOf, surface: 'form', origin })
  }
  assert.equal((await type(restored, waiting(await password('kim')), spent)).kind, 'refused')
  assert.equal((await type(restored, mailed, mailedCode)).kind, 'gone')
  assert.equal((await type(restored, waiting(await password('sam')), mailedCode)).kind, 'refused')
  at.clock.pass(seconds(30))
  opened(await type(restored, waiting(await password('kim')), appCode(restored, secret)))
})
