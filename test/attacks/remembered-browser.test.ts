import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import { hours, minutes } from '#domain/time.ts'
import { endOthers } from '#usecases/own-account.ts'
import { MOST_DEVICES } from '#usecases/room-for-device.ts'
import { signIn } from '#usecases/sign-in.ts'
import { changeUser } from '#usecases/users.ts'
import { resetAuthenticators } from '#usecases/authenticators.ts'
import { rows, signInWithCode, siteFor, type, waiting } from '../steps.ts'
import { secondSite } from '../second-site.ts'
import { ADMIN, HOME, type World } from '../world.ts'

// Somebody has the cookie of a remembered browser, or makes one up, and hopes that it stands in for the second factor: for another
// person, at another site, after a change of the password, for longer than it was meant to.

async function remembered(at: World, username = 'kim'): Promise<string> {
  const { deviceToken } = await signInWithCode(at, username)
  assert.ok(deviceToken !== null)
  return deviceToken
}

test('[R-156] a remembered browser is 256 random bits, stored as a digest, and bound to user, site and the state of its secrets', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const tokens = [await remembered(at), await remembered(at, 'sam')]
  assert.equal(new Set(tokens).size, 2)
  for (const token of tokens) assert.equal(Buffer.from(token.slice('dt_'.length), 'base64url').length, 32)
  const kim = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(kim)
  const [device] = await at.ports.store.devices(at.site.id, { user: kim.user.id, before: null, limit: 5 })
  assert.ok(device)
  assert.equal(device.tokenDigest, at.ports.vault.digest(tokens[0] ?? ''))
  assert.deepEqual(
    [device.site, device.user, device.siteEpoch, device.userEpoch],
    [at.site.id, kim.user.id, kim.site.deviceEpoch, kim.user.deviceEpoch],
  )
})

test('[TB-02] the remembered browser of one user is worth nothing to another', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const deviceToken = await remembered(at)
  assert.equal((await at.password('sam', { deviceToken })).kind, 'pending')
  assert.equal((await at.password('kim', { deviceToken })).kind, 'signed-in')
})

test('[TB-03] a token that was bent, cut, lengthened or made up is a stranger’s', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const deviceToken = await remembered(at)
  const head = Buffer.from('{"alg":"none"}').toString('base64url')
  const body = Buffer.from('{"sub":"kim"}').toString('base64url')
  const made = [`${head}.${body}.`, `${deviceToken}.${head}`, '', 'dt_', 'dt_null', at.ports.vault.digest(deviceToken)]
  const cut = [deviceToken.slice(0, -1), deviceToken.slice(3), `${deviceToken}A`, deviceToken.toUpperCase()]
  const bent = [...deviceToken].map((letter, place) => {
    const other = letter === 'A' ? 'B' : 'A'
    return `${deviceToken.slice(0, place)}${other}${deviceToken.slice(place + 1)}`
  })
  for (const forged of [...made, ...cut, ...bent])
    assert.equal((await at.password('kim', { deviceToken: forged })).kind, 'pending', forged)
  assert.equal((await at.password('kim', { deviceToken })).kind, 'signed-in')
})

test('[R-156] [TB-04] [RC-11] another password, however it is set, forgets every remembered browser of this user and of nobody else', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const [kim, sam] = [await remembered(at), await remembered(at, 'sam')]
  const pending = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  const password = new Secret('a wholly other password')
  const changed = await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'kim', fields: {}, password })
  assert.equal(changed.kind, 'saved')
  // What was asked for under the old password remembers nothing any more.
  assert.equal((await type(at, pending, code, true)).kind, 'gone')
  assert.equal((await at.password('kim', { password: password.reveal(), deviceToken: kim })).kind, 'pending')
  assert.equal((await at.password('sam', { deviceToken: sam })).kind, 'signed-in')
})

test('[RC-11] of a new password and a code typed with "remember me" at the same moment, no browser outlives the old password', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const password = new Secret('a wholly other password')
  const pending = waiting(await at.password('kim'))
  const [, typed] = await Promise.all([
    changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'kim', fields: {}, password }),
    type(at, pending, at.codeFor('kim'), true),
  ])
  if (typed.kind === 'signed-in') {
    const deviceToken = typed.deviceToken ?? ''
    assert.equal((await at.password('kim', { password: password.reveal(), deviceToken })).kind, 'pending')
  }
})

test('[TB-04] a reset of the second factor by an administrator forgets them too', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const deviceToken = await remembered(at)
  const order = { ...ADMIN, site: DEMO_SITE, username: 'kim' }
  const reset = await resetAuthenticators(at.ports, order)
  assert.notEqual(reset.kind, 'unknown-user')
  assert.equal((await at.password('kim', { deviceToken })).kind, 'pending')
})

test('[TB-04] so does every change that its owner makes to password or factors: it goes through one place', async (t) => {
  const at = await siteFor(t, 'manufacturing', { races: false })
  const { token, deviceToken } = await signInWithCode(at, 'kim')
  assert.ok(deviceToken !== null)
  const { file } = await at.ports.store.accessFile(at.site.id, at.ports.vault.digest(token), at.clock.now(), {
    fresh: true,
  })
  assert.ok(file)
  const { changes, events } = endOthers(file)
  const [event] = events
  assert.ok(event)
  await at.ports.store.commit({ site: at.site.id, at: at.clock.now(), origin: HOME, changes, events: [event] })
  assert.equal((await at.password('kim', { deviceToken })).kind, 'pending')
})

test('[TB-05] before the second factor nothing is remembered: the password step answers no token, and none of its names is one', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const outcome = await at.password('kim')
  const pending = waiting(outcome)
  assert.doesNotMatch(JSON.stringify(outcome), /"dt_|"st_/)
  for (const deviceToken of [pending, pending.replace('pt_', 'dt_')])
    assert.equal((await at.password('kim', { deviceToken })).kind, 'pending')
  const refused = await type(at, pending, '000000', true)
  assert.doesNotMatch(JSON.stringify(refused), /dt_|st_/)
  const kim = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.equal(await at.ports.store.countDevices(at.site.id, kim?.user.id ?? null), 0)
})

test('[TB-08] twenty sign-ins do not prolong it: it ends 168 hours after the code', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const from = at.clock.now()
  const deviceToken = await remembered(at)
  for (let day = 1; day <= 20; day += 1) {
    at.clock.set(from + (day * hours(167)) / 20)
    assert.equal((await at.password('kim', { deviceToken })).kind, 'signed-in')
  }
  at.clock.set(from + hours(168) + minutes(1))
  assert.equal((await at.password('kim', { deviceToken })).kind, 'pending')
})

test('[TB-09] a browser remembered at one site is asked at another, also for a user of the same name', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const other = await secondSite(at, 'globex', 'manufacturing')
  const channels = { 'two_factor.enabled': true, 'two_factor.require_all': true }
  await other.set(channels)
  await other.join('kim')
  const deviceToken = await remembered(at)
  const there = await signIn(at.ports, {
    site: other.site.id,
    username: 'kim',
    password: new Secret('a long password of the second site'),
    deviceToken,
    surface: 'form',
    origin: HOME,
  })
  assert.equal(there.kind, 'pending')
})

test('[TB-13] a user has fifty remembered browsers at most: one more takes the place of the oldest, on record', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const tokens: string[] = []
  for (let count = 0; count < MOST_DEVICES; count += 1) {
    tokens.push(await remembered(at))
    at.clock.pass(minutes(10))
  }
  const again = async (deviceToken = '') => (await at.password('kim', { deviceToken })).kind
  assert.equal(await again(tokens[0]), 'signed-in')
  assert.deepEqual(await rows(at, 'device.revoked'), [])
  tokens.push(await remembered(at))
  assert.deepEqual([await again(tokens[0]), await again(tokens[1])], ['pending', 'signed-in'])
  assert.equal(await again(tokens.at(-1)), 'signed-in')
  const kim = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.equal(await at.ports.store.countDevices(at.site.id, kim?.user.id ?? null), MOST_DEVICES)
  assert.deepEqual(
    (await rows(at, 'device.revoked')).map(({ data }) => data['reason']),
    ['cap'],
  )
})
