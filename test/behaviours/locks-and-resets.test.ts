import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import { minutes } from '#domain/time.ts'
import { resetAuthenticators } from '#usecases/authenticators.ts'
import { grantBypass } from '#usecases/bypass.ts'
import { signIn } from '#usecases/sign-in.ts'
import { changeUser } from '#usecases/users.ts'
import { apiWorld } from '../api-world.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { passwordOf } from '../people.ts'
import { opened, otherThan, signInWithCode, siteFor, standingOf, type, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

// What a lock reaches, and what a change does to the sessions that are open.

const ELSEWHERE = { request: 'req-elsewhere', address: '203.0.113.9', userAgent: null }
const kim = { ...ADMIN, site: DEMO_SITE, username: 'kim' }

test('[F15] a thousand posts of somebody without the password, and the owner signs in as always', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  for (let post = 0; post < 500; post += 1) {
    const password = new Secret(`guess ${post}`)
    await signIn(at.ports, { site: at.site.id, username: 'kim', password, surface: 'form', origin: ELSEWHERE })
    await type(at, `pt_made-up-${post}`, '123456')
  }
  opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
})

test('[F15] a lock closes the second step, and neither the password, nor open sessions, nor known browsers', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { token, deviceToken } = await signInWithCode(at, 'kim')
  assert.ok(deviceToken !== null)
  for (let login = 0; login < 2; login += 1) {
    const pending = waiting(await at.password('kim'))
    for (let guess = 0; guess < 5; guess += 1) await type(at, pending, otherThan(at.codeFor('kim')))
  }
  const locked = await at.password('kim')
  assert.ok(locked.kind === 'code-locked' && locked.retryAt === at.clock.now() + minutes(15), 'it says until when')
  assert.equal(await standingOf(at, token), 'granted')
  opened(await at.password('kim', { deviceToken }))
  assert.equal((await at.password('kim', { password: 'wrong' })).kind, 'invalid-credentials')
  opened(await type(at, waiting(await at.password('sam')), at.codeFor('sam')))
  at.clock.pass(minutes(15))
  opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
})

/** Two sessions of kim, on two machines. */
async function twoSessions(at: World, secret: string): Promise<readonly string[]> {
  const tokens = []
  for (let login = 0; login < 2; login += 1) {
    tokens.push(opened(await type(at, waiting(await at.password('kim')), appCode(at, secret))))
    at.clock.pass(minutes(1))
  }
  return tokens
}

test('[F19] a reset of the factor ends every session of the user by the next request, and nobody else is touched', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'sam')
  const sam = opened(await type(at, waiting(await at.password('sam')), appCode(at, secret)))
  const sessions = await twoSessions(at, await withApp(at, 'kim'))
  assert.equal((await resetAuthenticators(at.ports, kim)).kind, 'saved')
  for (const token of sessions) assert.equal(await standingOf(at, token), 'ended')
  assert.equal(await standingOf(at, sam), 'granted')
})

test('[F19] each change does to open sessions what is said of it, and no more', async (t) => {
  const changes: readonly (readonly [string, (at: World) => Promise<unknown>, 'ended' | 'granted'])[] = [
    [
      'another password',
      (at) => changeUser(at.ports, { ...kim, fields: {}, password: new Secret('a new password') }),
      'ended',
    ],
    ['disabled', (at) => changeUser(at.ports, { ...kim, fields: { status: 'disabled' } }), 'ended'],
    ['factor reset', (at) => resetAuthenticators(at.ports, kim), 'ended'],
    ['role gained', (at) => changeUser(at.ports, { ...kim, fields: { roles: ['System Manager'] } }), 'granted'],
    ['exempted', (at) => grantBypass(at.ports, { ...kim, reason: 'other', note: 'test' }), 'granted'],
    ['another mailbox', (at) => changeUser(at.ports, { ...kim, fields: { email: 'kim2@acme.test' } }), 'granted'],
  ]
  for (const [name, change, standing] of changes) {
    const at = await siteFor(t, 'manufacturing')
    const { token } = await signInWithCode(at, 'kim')
    await change(at)
    assert.equal(await standingOf(at, token), standing, name)
  }
})

test('[F19] over HTTP the next request after the reset is a 401', async (t) => {
  const at = await apiWorld({ preset: 'manufacturing' })
  t.after(at.close)
  const token = await at.session('kim')
  assert.equal((await at.api('GET /session', { token })).status, 200)
  await resetAuthenticators(at.ports, kim)
  assert.equal((await at.api('GET /session', { token })).status, 401)
  const again = await signIn(at.ports, {
    site: at.site.id,
    username: 'kim',
    password: new Secret(passwordOf('kim')),
    surface: 'form',
    origin: HOME,
  })
  waiting(again)
})
