import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { days, rfc3339, seconds } from '#domain/time.ts'
import { BYPASS_REASONS } from '#domain/user.ts'
import { checkApiKey } from '#usecases/api-keys.ts'
import { grantBypass, revokeBypass } from '#usecases/bypass.ts'
import { setRole } from '#usecases/roles.ts'
import { signInExternally } from '#usecases/sign-in-external.ts'
import { changeUser } from '#usecases/users.ts'
import { opened, rows, siteFor, standingOf, type, visit, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

const OP = { ...ADMIN, site: DEMO_SITE, username: 'op' }
const SHARED = { reason: 'shared_workstation', note: 'terminal at gate 4' }

async function person(at: World, username: string) {
  const file = await at.ports.store.personFile(at.site.id, username, at.clock.now())
  assert.ok(file)
  return file.user
}

test('[S0.11] an administrator exempts one user, and the record says who, when, why and until when', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  at.clock.pass(seconds(5))
  const grantedAt = at.clock.now()
  assert.equal((await grantBypass(at.ports, { ...OP, ...SHARED })).kind, 'saved')

  const expiresAt = grantedAt + days(90)
  const { bypass } = await person(at, 'op')
  assert.deepEqual(bypass, { ...SHARED, setBy: ADMIN.actor.name, setAt: grantedAt, expiresAt })
  assert.equal((await person(at, 'kim')).bypass, null)

  const [row, ...more] = await rows(at, 'bypass.granted')
  assert.deepEqual(more, [])
  assert.deepEqual([row?.actor.name, row?.subject?.name, row?.at], [ADMIN.actor.name, 'op', grantedAt])
  assert.deepEqual(row?.data, { reason: 'shared_workstation', until: rfc3339(expiresAt) })
})

test('[S0.12] an exempt user signs in with the password; the record says bypassed, and it ends with its day', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  assert.equal((await at.password('op')).kind, 'pending')
  const sent = at.messages().length
  await grantBypass(at.ports, { ...OP, ...SHARED, expiresAt: at.clock.now() + days(10) })

  at.clock.pass(days(10) - seconds(1))
  const token = opened(await at.password('op'))
  assert.equal(await standingOf(at, token), 'granted')
  assert.equal(at.messages().length, sent)
  assert.equal((await rows(at, 'session.created'))[0]?.data['2fa'], 'bypassed')

  // Its end closes no session; the next sign-in is asked.
  at.clock.pass(seconds(2))
  assert.equal(await standingOf(at, token), 'granted')
  assert.equal((await at.password('op')).kind, 'pending')
  assert.equal((await at.password('kim')).kind, 'pending')
})

test('[S0.12] an exemption that was taken back, or that a role forbids, exempts nobody', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await grantBypass(at.ports, { ...OP, ...SHARED, expiresAt: null })
  opened(await at.password('op'))

  const fields = { twoFactorAuth: true, bypassAllowed: false }
  await setRole(at.ports, { ...ADMIN, site: DEMO_SITE, name: 'All', fields })
  assert.equal((await at.password('op')).kind, 'pending')
  await setRole(at.ports, { ...ADMIN, site: DEMO_SITE, name: 'All', fields: { bypassAllowed: true } })
  opened(await at.password('op'))

  await revokeBypass(at.ports, OP)
  assert.equal((await at.password('op')).kind, 'pending')
  assert.equal((await rows(at, 'bypass.revoked')).length, 1)
})

test('[S0.13] an exemption needs a reason: shared workstation, no mailbox, integration, or own words', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  for (const reason of ['shared_workstation', 'no_real_email', 'integration_user'] as const) {
    assert.ok(BYPASS_REASONS.includes(reason))
    assert.equal((await grantBypass(at.ports, { ...OP, reason, note: '' })).kind, 'saved')
  }
  assert.equal((await grantBypass(at.ports, { ...OP, reason: 'other', note: 'gloves' })).kind, 'saved')
  await revokeBypass(at.ports, OP)

  for (const given of [
    { reason: '', note: 'because' },
    { reason: 'convenience', note: 'because' },
    { reason: 'other', note: '  ' },
  ])
    assert.equal((await grantBypass(at.ports, { ...OP, ...given })).kind, 'invalid', JSON.stringify(given))
  assert.equal((await grantBypass(at.ports, { ...OP, ...SHARED, expiresAt: at.clock.now() })).kind, 'invalid')
  assert.equal((await person(at, 'op')).bypass, null)
  assert.equal((await at.password('op')).kind, 'pending')
})

test('[S0.15] a sign-in vouched for by SAML is not asked; the record says external and by whom', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const assertion = { site: at.site.id, username: 'kim', provider: 'adfs', multiFactor: false, origin: HOME }

  const access = await visit(at, opened(await signInExternally(at.ports, { ...assertion, mode: 'skip' })))
  assert.ok(access.kind === 'granted')
  assert.deepEqual(access.amr, ['external'])
  assert.deepEqual(at.messages(), [])
  const [row] = await rows(at, 'session.created')
  assert.deepEqual([row?.data['2fa'], row?.data['provider'], row?.actor.name], ['external', 'adfs', 'kim'])

  const asked = waiting(await signInExternally(at.ports, { ...assertion, mode: 'require' }))
  opened(await type(at, asked, at.codeFor('kim')))
  assert.equal((await rows(at, 'session.created')).at(-1)?.data['2fa'], 'passed')
  // The same person with a password is asked as ever.
  waiting(await at.password('kim'))
})

test('[S0.15] an identity provider makes no users and brings back none that were disabled', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await changeUser(at.ports, { ...OP, fields: { status: 'disabled' } })
  const assertion = { site: at.site.id, provider: 'adfs', mode: 'skip', multiFactor: true, origin: HOME } as const
  for (const username of ['op', 'nobody'])
    assert.deepEqual(await signInExternally(at.ports, { ...assertion, username }), { kind: 'refused' })
  assert.deepEqual(await rows(at, 'session.created'), [])
})

test('[S0.16] an API key is never asked for a code, and is worth nothing at the login form', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const access = await checkApiKey(at.ports, { site: at.site.id, text: at.keys.service })
  assert.ok(access.kind === 'granted')
  assert.equal(access.person?.user.username, 'svc')
  assert.deepEqual(at.messages(), [])

  const atTheForm = await at.password('svc', { password: at.keys.service })
  assert.deepEqual(atTheForm, { kind: 'invalid-credentials' })
  const asPending = await type(at, at.keys.service, '123456')
  assert.equal(asPending.kind, 'gone')
  assert.equal(await standingOf(at, at.keys.service), 'no-session')
  assert.equal((await checkApiKey(at.ports, { site: at.site.id, text: `${at.keys.service}x` })).kind, 'refused')
  // Nor is the password a way around the key.
  assert.equal((await at.password('svc', { surface: 'api' })).kind, 'use-api-key')
})

test('[S0.18] exempt, vouched for, with a key, without mail: each passes while two-factor authentication is on', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await grantBypass(at.ports, { ...OP, ...SHARED })
  opened(await at.password('op'))
  const assertion = { site: at.site.id, username: 'sam', provider: 'adfs', mode: 'skip', multiFactor: false } as const
  opened(await signInExternally(at.ports, { ...assertion, origin: HOME }))
  assert.equal((await checkApiKey(at.ports, { site: at.site.id, text: at.keys.service })).kind, 'granted')
  waiting(await at.password('kim'))
  await at.mailbox.setBehaviour({ email: 'unconfigured' })
  opened(await at.password('kim'))
  assert.deepEqual(
    (await rows(at, 'session.created')).map(({ data }) => data['2fa']),
    ['bypassed', 'external', 'skipped:channel_unconfigured'],
  )
})
