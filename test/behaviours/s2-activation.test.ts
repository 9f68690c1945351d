import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { checkApiKey } from '#usecases/api-keys.ts'
import { setRole } from '#usecases/roles.ts'
import { look, shown, startOver } from '../enrolment-steps.ts'
import { secondSite } from '../second-site.ts'
import { opened, rows, siteFor, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

async function flag(at: World, name: string, twoFactorAuth: boolean, site = DEMO_SITE): Promise<void> {
  const outcome = await setRole(at.ports, { ...ADMIN, site, name, fields: { twoFactorAuth } })
  assert.equal(outcome.kind, 'saved', JSON.stringify(outcome))
}

async function flagged(at: World, site: string): Promise<readonly string[]> {
  const file = await at.ports.store.siteFile(site)
  return (file?.roles ?? []).filter(({ twoFactorAuth }) => twoFactorAuth).map(({ name }) => name)
}

test('[S2.1] one setting switches it on, and the next sign-in is challenged', async (t) => {
  const at = await siteFor(t, 'erp')
  const plant = await secondSite(at, 'plant', 'erp')
  await plant.join('ada')
  opened(await plant.password('ada'))

  await plant.set({ 'two_factor.enabled': true })
  waiting(await plant.password('ada'))
})

test('[S2.2] switching it on at one site leaves the other as it was', async (t) => {
  const at = await siteFor(t, 'erp')
  const [plant, depot] = [await secondSite(at, 'plant', 'erp'), await secondSite(at, 'depot', 'erp')]
  await plant.join('ada')
  await depot.join('ada')
  await plant.set({ 'two_factor.enabled': true })

  waiting(await plant.password('ada'))
  opened(await depot.password('ada'))
  assert.deepEqual([await flagged(at, 'plant'), await flagged(at, 'depot')], [['All'], []])
})

test('[S2.3] method, life of the QR page and issuer can be set before, and act once it is on', async (t) => {
  const at = await siteFor(t, 'erp')
  const plant = await secondSite(at, 'plant', 'erp')
  await plant.join('ada', { roles: ['Administrator'] })
  await plant.set({ 'methods.allowed': ['app'], 'enrolment.qr_ttl_seconds': 90, 'otp.issuer': 'Plant ERP' })
  opened(await plant.password('ada'))

  await plant.set({ 'two_factor.enabled': true })
  const page = shown(await look({ ...at, site: plant.site }, waiting(await plant.password('ada'))))
  assert.equal(page.expiresAt, at.clock.now() + 90_000)
  assert.match(page.otpauthUri, /^otpauth:\/\/totp\/Plant%20ERP:/)
})

test('[S2.13] switching it on flags the role All, and says so in the audit log', async (t) => {
  const at = await siteFor(t, 'erp')
  const plant = await secondSite(at, 'plant', 'erp')
  assert.deepEqual(await flagged(at, 'plant'), [])
  await plant.set({ 'two_factor.enabled': true })
  assert.deepEqual(await flagged(at, 'plant'), ['All'])
  const [row] = await at.ports.store.audit(plant.site.id, { ev: 'role.changed', limit: 10 })
  assert.deepEqual([row?.subject?.name, row?.data], ['All', { two_factor_auth: { from: false, to: true } }])
})

test('[S2.13b] a cleared All stays cleared whatever is saved, until the site goes from off to on again', async (t) => {
  const at = await siteFor(t, 'erp')
  await flag(at, 'All', false)
  await at.set({ 'otp.issuer': 'Acme', 'two_factor.enabled': true })
  assert.deepEqual(await flagged(at, DEMO_SITE), [])

  await at.set({ 'two_factor.enabled': false })
  await at.set({ 'two_factor.enabled': true })
  assert.deepEqual(await flagged(at, DEMO_SITE), ['All'])
})

test('[S2.13b] a site that does not want it flags nobody', async (t) => {
  const at = await siteFor(t, 'erp')
  const plant = await secondSite(at, 'plant', 'erp')
  await plant.set({ 'two_factor.flag_all_role_on_enable': false })
  await plant.set({ 'two_factor.enabled': true })
  assert.deepEqual(await flagged(at, 'plant'), [])
})

test('[S2.14] with All flagged every system user is asked', async (t) => {
  const at = await siteFor(t, 'erp')
  for (const username of ['sam', 'kim', 'op']) waiting(await at.password(username))
  await flag(at, 'All', false)
  for (const username of ['sam', 'kim', 'op']) opened(await at.password(username))
})

test('[S2.15] the Administrator is asked too, and can enrol on the screen, even where no mail was ever set up', async (t) => {
  const at = await siteFor(t, 'erp')
  shown(await look(at, waiting(await at.password('root'))))
  const kim = await look(at, waiting(await at.password('kim')))
  assert.equal(kim.kind, 'link-required')

  await at.mailbox.setBehaviour({ email: 'unconfigured', sms: 'unconfigured' })
  shown(await startOver(at, waiting(await at.password('root'))))
  // Chosen while it could be sent, and switched off later.
  await at.mailbox.setBehaviour({ email: 'ok', sms: 'ok' })
  await at.set({ 'methods.allowed': ['email', 'sms'] })
  await at.mailbox.setBehaviour({ email: 'unconfigured', sms: 'unconfigured' })
  shown(await startOver(at, waiting(await at.password('root'))))
  assert.equal((await at.password('kim')).kind, 'denied')
})

test('[S2.16] with All off and one role on only its holders are asked', async (t) => {
  const at = await siteFor(t, 'erp')
  await flag(at, 'All', false)
  await flag(at, 'Accounts Manager', true)
  waiting(await at.password('sam'))
  opened(await at.password('kim'))
})

test('[S2.17] the roles have the names that an ERP administrator knows', async (t) => {
  const at = await siteFor(t, 'erp')
  const names = (await at.ports.store.siteFile(DEMO_SITE))?.roles.map(({ name }) => name) ?? []
  for (const name of ['All', 'Administrator', 'System Manager', 'Accounts Manager', 'HR Manager', 'Compliance Officer'])
    assert.ok(names.includes(name), `${name} is missing`)
})

test('[S2.18] a website user is not asked, not even with a flagged role of their own', async (t) => {
  const at = await siteFor(t, 'erp')
  opened(await at.password('web'))
  const [session] = await rows(at, 'session.created')
  assert.deepEqual([session?.data['rule'], session?.data['2fa']], ['website_user', 'not_required'])

  await at.set({ 'two_factor.include_website_users': true, 'two_factor.require_all': true })
  waiting(await at.password('web'))
})

test('[S2.19] key and secret on the API are not asked; the password of the service account opens nothing', async (t) => {
  const at = await siteFor(t, 'erp')
  const access = await checkApiKey(at.ports, { site: at.site.id, text: at.keys.service })
  assert.ok(access.kind === 'granted' && access.person?.user.username === 'svc')
  assert.equal((await checkApiKey(at.ports, { site: at.site.id, text: `${at.keys.service}x` })).kind, 'refused')
  assert.equal((await at.password('svc', { surface: 'api' })).kind, 'use-api-key')
  assert.equal((await at.password('svc')).kind, 'use-api-key')
})
