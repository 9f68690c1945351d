import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { checkApiKey } from '#usecases/api-keys.ts'
import { setRole } from '#usecases/roles.ts'
import { changeSettings } from '#usecases/settings.ts'
import { look, shown } from '../enrolment-steps.ts'
import { secondSite } from '../second-site.ts'
import { opened, rows, siteFor, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

async function flag(at: World, name: string, twoFactorAuth: boolean): Promise<void> {
  const outcome = await setRole(at.ports, { ...ADMIN, site: DEMO_SITE, name, fields: { twoFactorAuth } })
  assert.equal(outcome.kind, 'saved', JSON.stringify(outcome))
}

test('[S4.11] saved means in force, with the old and the new value in the audit log', async (t) => {
  const at = await siteFor(t, 'retail')
  waiting(await at.password('kim'))
  await at.set({ 'two_factor.enabled': false })
  opened(await at.password('kim'))
  const row = (await rows(at, 'policy.changed')).at(-1)
  assert.equal(row?.actor.name, 'test')
  assert.deepEqual(row?.data, { changes: [{ key: 'two_factor.enabled', from: true, to: false }] })
})

test('[S4.11] what was not saved changed nothing: one wrong value, and none of them holds', async (t) => {
  const at = await siteFor(t, 'retail')
  const patch = { 'two_factor.enabled': false, 'otp.issuer': 'Other', 'enrolment.qr_ttl_seconds': 5 }
  const refused = await changeSettings(at.ports, { ...ADMIN, site: DEMO_SITE, patch })
  assert.ok(refused.kind === 'invalid')
  assert.deepEqual(
    refused.problems.map(({ key }) => key),
    ['enrolment.qr_ttl_seconds'],
  )
  const settings = (await at.ports.store.siteFile(DEMO_SITE))?.settings
  assert.deepEqual([settings?.['two_factor.enabled'], settings?.['otp.issuer']], [true, ''])
  waiting(await at.password('kim'))
})

test('[S4.12] switching it on covers All and the Administrator, who enrols on the screen', async (t) => {
  const at = await siteFor(t, 'retail')
  const shop = await secondSite(at, 'shop', 'retail')
  await shop.join('ada', { roles: ['Administrator'], email: null })
  await shop.join('ben')
  opened(await shop.password('ada'))
  await shop.set({ 'two_factor.enabled': true })

  const all = (await at.ports.store.siteFile('shop'))?.roles.find(({ name }) => name === 'All')
  assert.equal(all?.twoFactorAuth, true)
  waiting(await shop.password('ben'))
  shown(await look({ ...at, site: shop.site }, waiting(await shop.password('ada'))))
})

test('[S4.13] All cleared: a user without another flagged role is not asked', async (t) => {
  const at = await siteFor(t, 'retail')
  waiting(await at.password('kim'))
  await flag(at, 'All', false)
  opened(await at.password('kim'))
})

test('[S4.14] other roles are flagged one by one', async (t) => {
  const at = await siteFor(t, 'retail')
  await flag(at, 'All', false)
  await flag(at, 'HR Manager', true)
  opened(await at.password('sam'))
  await flag(at, 'Accounts Manager', true)
  waiting(await at.password('sam'))
  opened(await at.password('kim'))
})

test('[S4.15] website users and API keys are not asked', async (t) => {
  const at = await siteFor(t, 'retail')
  opened(await at.password('web'))
  assert.equal((await checkApiKey(at.ports, { site: at.site.id, text: at.keys.service })).kind, 'granted')
  waiting(await at.password('op'))
})

test('[S4.16] a role that is flagged later makes its holders of today register at their next sign-in', async (t) => {
  const at = await siteFor(t, 'retail')
  await flag(at, 'All', false)
  opened(await at.password('sam'))

  await flag(at, 'Accounts Manager', true)
  const first = await at.password('sam')
  assert.ok(first.kind === 'pending')
  assert.deepEqual([first.decision.outcome, first.decision.reason], ['enrol', 'nothing_enrolled'])
  shown(await look(at, first.pending.token))
})
