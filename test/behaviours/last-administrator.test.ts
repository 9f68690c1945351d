import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { removeAuthenticator, resetAuthenticators } from '#usecases/authenticators.ts'
import { grantBypass, revokeBypass } from '#usecases/bypass.ts'
import { proveAddress } from '#usecases/prove-address.ts'
import { changeUser, deleteUser } from '#usecases/users.ts'
import { commandLine } from '../command-line.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { by, fileOf, join, userOf } from '../people.ts'
import { opened, rows, siteFor, type, waiting } from '../steps.ts'
import { ADMIN, HOME } from '../world.ts'

// Nobody saws off the branch that they, or the whole site, sit on.

const root = { site: DEMO_SITE, username: 'root' }
const OUT_OF_OFFICE = [
  { status: 'disabled' },
  { roles: [] },
  { roles: ['System Manager'] },
  { kind: 'service' },
] as const

test('[AD-03] [F24] the last administrator cannot be disabled, deleted or lose the role, whoever wants it', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const before = await fileOf(at, 'root')
  for (const act of [await by(at, 'root'), ADMIN]) {
    for (const fields of OUT_OF_OFFICE)
      assert.equal((await changeUser(at.ports, { ...act, ...root, fields })).kind, 'last-administrator')
    assert.equal((await deleteUser(at.ports, { ...act, ...root })).kind, 'last-administrator')
  }
  assert.deepEqual(await fileOf(at, 'root'), before)
  const renamed = await changeUser(at.ports, { ...ADMIN, ...root, fields: { displayName: 'Robin', kind: 'website' } })
  assert.equal(renamed.kind, 'saved')
})

test('[AD-03] another administrator counts only if they can sign in', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const go = () => changeUser(at.ports, { ...ADMIN, ...root, fields: { roles: [] } })
  await join(at, 'ann', { roles: ['Administrator'], status: 'disabled' })
  assert.equal((await go()).kind, 'last-administrator')
  const robot = { ...ADMIN, site: DEMO_SITE, username: 'svc', fields: { roles: ['Administrator'] } }
  assert.equal((await changeUser(at.ports, robot)).kind, 'saved')
  assert.equal((await go()).kind, 'last-administrator')
  const back = { ...ADMIN, site: DEMO_SITE, username: 'ann', fields: { status: 'active' } } as const
  assert.equal((await changeUser(at.ports, back)).kind, 'saved')
  assert.equal((await go()).kind, 'saved')
  const ann = { site: DEMO_SITE, username: 'ann' }
  assert.equal((await deleteUser(at.ports, { ...ADMIN, ...ann })).kind, 'last-administrator')
})

test('[AD-03] two administrators who take the rights from each other at once: one of them stays', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await join(at, 'ann', { roles: ['Administrator'] })
  const take = async (from: string, who: string) =>
    changeUser(at.ports, { ...(await by(at, who)), site: DEMO_SITE, username: from, fields: { roles: [] } })
  const outcomes = await Promise.all([take('ann', 'root'), take('root', 'ann')])
  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['last-administrator', 'saved'])
})

test('[BY-03] [AD-03] nobody exempts themselves; somebody else can be exempted, and ending one is free', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const grant = { reason: 'other', note: 'no phone at hand', expiresAt: null }
  const self = await by(at, 'root')
  assert.equal((await grantBypass(at.ports, { ...self, ...root, ...grant })).kind, 'own-bypass')
  assert.equal((await userOf(at, 'root')).bypass, null)
  waiting(await at.password('root'))
  assert.deepEqual(await rows(at, 'bypass.granted'), [])

  const kim = { site: DEMO_SITE, username: 'kim' }
  assert.equal((await grantBypass(at.ports, { ...self, ...kim, ...grant })).kind, 'saved')
  assert.equal((await grantBypass(at.ports, { ...ADMIN, ...root, ...grant })).kind, 'saved')
  assert.equal((await revokeBypass(at.ports, { ...self, ...root })).kind, 'saved')
})

test('[F24] [AD-03] the last factor that is required of somebody is not removed by themselves', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'root')
  const { apps, user } = await fileOf(at, 'root')
  const [app] = apps
  assert.ok(app)
  const own = { ...(await by(at, 'root')), ...root }
  assert.equal((await removeAuthenticator(at.ports, { ...own, authenticator: app.id })).kind, 'last-factor')
  assert.equal((await resetAuthenticators(at.ports, own)).kind, 'last-factor')
  assert.deepEqual(await fileOf(at, 'root').then(({ apps }) => apps), apps)

  // With another usable one beside it, it goes; and so it does where nothing is required.
  await at.set({ 'methods.allowed': ['app', 'email'] })
  const noMail = await changeUser(at.ports, { ...own, fields: { email: null } })
  assert.equal(noMail.kind, 'saved', 'the app is left')
  assert.equal((await removeAuthenticator(at.ports, { ...own, authenticator: app.id })).kind, 'last-factor')
  assert.equal((await changeUser(at.ports, { ...own, fields: { email: user.email } })).kind, 'saved')
  await at.pump()
  const taken = await removeAuthenticator(at.ports, { ...own, authenticator: app.id })
  assert.equal(taken.kind, 'last-factor', 'a mailbox that nobody has proved yet is no way to sign in')
  const code = at.codeFor('root')
  const sessionToken = opened(await type(at, waiting(await at.password('root')), appCode(at, secret)))
  assert.equal((await proveAddress(at.ports, { site: at.site.id, sessionToken, origin: HOME, code })).kind, 'proved')
  assert.equal((await removeAuthenticator(at.ports, { ...own, authenticator: app.id })).kind, 'saved')
  assert.equal((await changeUser(at.ports, { ...own, fields: { email: null } })).kind, 'last-factor')
  await at.set({ 'two_factor.enabled': false })
  assert.equal((await changeUser(at.ports, { ...own, fields: { email: null } })).kind, 'saved')
})

test('[F24] an authenticator that is not there is called so, and changes nothing', async (t) => {
  const at = await siteFor(t, 'erp')
  const order = { ...ADMIN, site: DEMO_SITE, username: 'kim', authenticator: 'aut_none' } as const
  assert.equal((await removeAuthenticator(at.ports, order)).kind, 'unknown-authenticator')
  assert.equal((await removeAuthenticator(at.ports, { ...order, username: 'nobody' })).kind, 'unknown-user')
  assert.deepEqual(await rows(at, 'factor.removed'), [])
})

test('[AD-03] the command line refuses it with a sentence that says the way out', async () => {
  const line = await commandLine()
  for (const typed of ['set root --no-role', 'set root --status disabled', 'delete root --yes']) {
    const { code, out, err } = await line.run(`--site acme users ${typed}`)
    assert.deepEqual([code, out], [4, ''], typed)
    assert.equal(
      err,
      'root is the last administrator of acme who can sign in. Give somebody else the role Administrator first.\n',
    )
  }
  await line.close()
})
