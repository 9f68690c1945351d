import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { days } from '#domain/time.ts'
import { grantBypass } from '#usecases/bypass.ts'
import { setRole } from '#usecases/roles.ts'
import { changeUser, switchUserApplication } from '#usecases/users.ts'
import { look, shown } from '../enrolment-steps.ts'
import { opened, rows, siteFor, standingOf, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

// Whoever looks for a way past the policy tries the switches against each other: one that is off must never undo one that is on.

const sam = { ...ADMIN, site: DEMO_SITE, username: 'sam' }

async function flag(at: World, name: string, twoFactorAuth: boolean): Promise<void> {
  assert.equal((await setRole(at.ports, { ...ADMIN, site: DEMO_SITE, name, fields: { twoFactorAuth } })).kind, 'saved')
}

test('[PO-01] [PO-02] a flagged role asks, although the site does not and another role of the user does not', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'two_factor.require_all': false })
  await changeUser(at.ports, { ...sam, fields: { roles: ['HR Manager', 'Accounts Manager', 'System Manager'] } })
  opened(await at.password('sam'))
  await flag(at, 'Accounts Manager', true)
  await flag(at, 'HR Manager', false)
  waiting(await at.password('sam'))
  opened(await at.password('op'))
})

test('[PO-03] a dated exemption beats the switch of the site; the record has who gave it, and until when', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const expiresAt = at.clock.now() + days(3)
  await grantBypass(at.ports, { ...sam, reason: 'shared_workstation', note: '', expiresAt })
  opened(await at.password('sam'))
  const [granted] = await rows(at, 'bypass.granted')
  const [session] = await rows(at, 'session.created')
  const until = new Date(expiresAt).toISOString()
  assert.deepEqual([granted?.actor.name, granted?.subject?.name, granted?.data['until']], ['test', 'sam', until])
  assert.deepEqual([session?.data['2fa'], session?.data['rule'], session?.data['until']], ['bypassed', 'bypass', until])
})

test('[PO-05] a policy that tightens asks at the next sign-in; who is in stays in', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'two_factor.require_all': false })
  const token = opened(await at.password('kim'))
  await at.set({ 'two_factor.require_all': true })
  assert.equal(await standingOf(at, token), 'granted')
  waiting(await at.password('kim'))
})

test('[PO-07] a method that is taken away leads to enrolment, with the fact on record, and not to a free pass', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'kim', fields: { email: null } })
  waiting(await at.password('kim'))
  await at.set({ 'methods.allowed': ['app'], 'methods.choice': 'site_fixed' })
  shown(await look(at, waiting(await at.password('kim'))))
  assert.deepEqual(await rows(at, 'session.created'), [])
  assert.deepEqual(
    (await rows(at, 'factor.enrol.started')).map(({ data }) => data['reason']),
    ['nothing_enrolled'],
  )
  // Where nothing can be enrolled either, the answer is no.
  await at.set({ 'methods.allowed': ['email'] })
  assert.equal((await at.password('kim')).kind, 'denied')
})

test('[PO-08] of 81 ways to set site, role, user and application the sign-in asks in all that have an opinion', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const states = ['unset', 'on', 'off'] as const
  let asked = 0
  for (const site of states) {
    await at.set({ 'two_factor.require_all': site === 'unset' ? null : site === 'on' })
    for (const role of states) {
      await flag(at, 'Accounts Manager', role === 'on')
      await changeUser(at.ports, { ...sam, fields: { roles: role === 'unset' ? [] : ['Accounts Manager'] } })
      for (const user of states) {
        await changeUser(at.ports, { ...sam, fields: { twoFactorEmail: user === 'on' } })
        for (const application of states) {
          const order = { ...sam, application: 'web', twoFactor: application === 'on' }
          await switchUserApplication(at.ports, order)
          const wanted = [site, role, user, application].includes('on') ? 'pending' : 'signed-in'
          at.clock.pass(days(1))
          assert.equal((await at.password('sam')).kind, wanted, `${site} ${role} ${user} ${application}`)
          asked += wanted === 'pending' ? 1 : 0
        }
      }
    }
  }
  assert.equal(asked, 81 - 16)
})

test('[BY-06] a service account opens no session at the form, whatever the site permits and whoever exempts it', async (t) => {
  const at = await siteFor(t, 'scheduling')
  for (const permitted of ['never', 'accounts_without_2fa', 'always']) {
    await at.set({ 'api.password_login': permitted })
    assert.equal((await at.password('svc')).kind, 'use-api-key', permitted)
  }
  await grantBypass(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'svc', reason: 'integration_user', note: '' })
  assert.equal((await at.password('svc')).kind, 'use-api-key')
  await at.set({ 'two_factor.enabled': false })
  assert.equal((await at.password('svc')).kind, 'use-api-key')
  assert.deepEqual(await rows(at, 'session.created'), [])
})
