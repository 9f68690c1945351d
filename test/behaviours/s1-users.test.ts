import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import type { SignInOutcome } from '#usecases/sign-in.ts'
import { type SignInExternallyOutcome, signInExternally } from '#usecases/sign-in-external.ts'
import type { UserFields } from '#usecases/user-input.ts'
import { changeUser } from '#usecases/users.ts'
import { opened, page, rows, siteFor, standingOf, visit, type, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

function change(at: World, username: string, fields: UserFields) {
  return changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username, fields })
}

test('[S1.3] one user is asked while another is not', async (t) => {
  const at = await siteFor(t, 'scheduling')
  waiting(await at.password('kim'))
  opened(await at.password('sam'))

  await change(at, 'kim', { twoFactorSms: false })
  await change(at, 'sam', { twoFactorSms: true })
  opened(await at.password('kim'))
  waiting(await at.password('sam'))
})

test('[S1.4] the right password brings a page that asks for six digits; the wrong one does not', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const shown = await page(at, waiting(await at.password('kim')))
  assert.deepEqual([shown?.kind, shown?.method, shown?.digits], ['challenge', 'sms', 6])
  assert.equal((await at.password('kim', { password: 'not hers' })).kind, 'invalid-credentials')
})

test('[S1.9] a user has two switches, SMS and email, each by itself', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const combinations = [
    { twoFactorSms: true, twoFactorEmail: false, asked: 'sms' },
    { twoFactorSms: false, twoFactorEmail: true, asked: 'email' },
    { twoFactorSms: true, twoFactorEmail: true, asked: 'sms' },
    { twoFactorSms: false, twoFactorEmail: false, asked: undefined },
  ]
  for (const { asked, ...fields } of combinations) {
    const saved = await change(at, 'op', fields)
    assert.ok(saved.kind === 'saved')
    const { sms, email } = saved.user.twoFactor
    assert.deepEqual({ twoFactorSms: sms, twoFactorEmail: email }, fields)
    const outcome = await at.password('op')
    if (asked === undefined) assert.equal(outcome.kind, 'signed-in')
    else assert.equal((await page(at, waiting(outcome)))?.method, asked)
  }
  // Turning one leaves the other where it was.
  await change(at, 'op', { twoFactorEmail: true })
  await change(at, 'op', { twoFactorSms: true })
  const saved = await change(at, 'op', { displayName: 'Operator' })
  assert.ok(saved.kind === 'saved')
  assert.deepEqual(saved.user.twoFactor, { app: false, email: true, sms: true })
})

test('[S1.10] both switches off: the password opens a session, and there is no code to enter', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const access = await visit(at, opened(await at.password('sam')))
  assert.ok(access.kind === 'granted')
  assert.deepEqual(access.amr, ['pwd'])
  assert.deepEqual(at.messages(), [])
  assert.equal((await rows(at, 'session.created'))[0]?.data['2fa'], 'not_required')
  await change(at, 'sam', { twoFactorEmail: true })
  waiting(await at.password('sam'))
})

test('[S1.17] an integration account without second factor signs in by password only where that is permitted', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const byPassword = async () => (await at.password('svc', { surface: 'api' })).kind
  assert.equal(await byPassword(), 'signed-in')

  // On the API, and nowhere else: a program has no browser.
  assert.equal((await at.password('svc', { surface: 'form' })).kind, 'use-api-key')

  await at.set({ 'api.password_login': 'never' })
  assert.equal(await byPassword(), 'use-api-key')

  // "accounts without 2FA" means those of which nothing requires it.
  await at.set({ 'api.password_login': 'accounts_without_2fa' })
  await change(at, 'svc', { twoFactorSms: true })
  assert.equal(await byPassword(), 'use-api-key')
  await at.set({ 'api.password_login': 'always' })
  assert.equal(await byPassword(), 'signed-in')
  assert.deepEqual(at.messages(), [])
})

test('[S1.18] whoever has only the password meets a code on each way in', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const assertion = { site: at.site.id, username: 'kim', provider: 'adfs', mode: 'require', origin: HOME } as const
  const ways: Readonly<Record<string, () => Promise<SignInOutcome | SignInExternallyOutcome>>> = {
    form: () => at.password('kim'),
    api: () => at.password('kim', { surface: 'api' }),
    'form, with a made-up browser token': () => at.password('kim', { deviceToken: 'dt_made-up' }),
    'identity provider that is not trusted with it': () =>
      signInExternally(at.ports, { ...assertion, multiFactor: true }),
    'identity provider that must show it and does not': () =>
      signInExternally(at.ports, { ...assertion, mode: 'trust_amr', multiFactor: false }),
  }
  for (const [way, comeIn] of Object.entries(ways)) {
    const outcome = await comeIn()
    assert.equal(outcome.kind, 'pending', way)
    assert.equal(await standingOf(at, waiting(outcome)), 'no-session', way)
    assert.match(at.codeFor('kim'), /^\d{6}$/, way)
  }
  assert.deepEqual(await rows(at, 'session.created'), [])
  opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
})

test('[S1.18] the record of a sign-in says what was shown, and an assertion is no password', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const assertion = {
    site: at.site.id,
    username: 'kim',
    provider: 'adfs',
    mode: 'require',
    multiFactor: false,
  } as const
  const kim = waiting(await signInExternally(at.ports, { ...assertion, origin: HOME }))
  const access = await visit(at, opened(await type(at, kim, at.codeFor('kim'))))
  assert.ok(access.kind === 'granted')
  assert.deepEqual(access.amr, ['external', 'sms'])
  assert.equal(access.acr, 'aal1')
  const byPassword = await visit(at, opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim'))))
  assert.ok(byPassword.kind === 'granted')
  assert.deepEqual(byPassword.amr, ['pwd', 'sms', 'mfa'])
})

test('[S1.19] a wrong password sends nothing, and answers as for a stranger', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const wrong = await at.password('kim', { password: 'not hers' })
  assert.deepEqual(wrong, await at.password('nobody', { password: 'not hers' }))
  assert.deepEqual(wrong, { kind: 'invalid-credentials' })
  await change(at, 'op', { status: 'disabled' })
  assert.deepEqual(wrong, await at.password('op'))
  await at.pump()
  assert.deepEqual(at.messages(), [])

  waiting(await at.password('kim'))
  assert.equal(at.messages().length, 1)
})

test('[S1.19] a stranger is made to wait after as many wrong passwords as a user, with the same answer', async (t) => {
  const at = await siteFor(t, 'scheduling')
  for (let count = 0; count < 10; count++)
    for (const who of ['kim', 'nobody'])
      assert.equal((await at.password(who, { password: 'not hers' })).kind, 'invalid-credentials')
  const kim = await at.password('kim')
  assert.equal(kim.kind, 'password-throttled')
  assert.deepEqual(kim, await at.password('nobody'))
})
