import assert from 'node:assert/strict'
import { test } from 'node:test'
import { grantBypass } from '#usecases/bypass.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { opened, rows, siteFor, type, visit, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

async function claims(world: World, token: string) {
  const access = await visit(world, token)
  assert.ok(access.kind === 'granted', JSON.stringify(access))
  return [access.session.rule, access.acr, access.amr]
}

test('[R-157] [BY-10] a sign-in that was spared the code claims the password alone, however strong the earlier one was', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'challenge.interval_hours': 168 })
  const secret = await withApp(at, 'kim')
  const full = await type(at, waiting(await at.password('kim')), appCode(at, secret), true)
  assert.ok(full.kind === 'signed-in' && full.deviceToken !== null)
  assert.deepEqual(await claims(at, full.token), ['methods', 'aal2', ['pwd', 'otp', 'mfa']])

  const remembered = opened(await at.password('kim', { deviceToken: full.deviceToken }))
  assert.deepEqual(await claims(at, remembered), ['remembered_device', 'aal1', ['pwd']])

  await at.set({ 'network.trusted': ['198.51.100.0/24'] })
  assert.deepEqual(await claims(at, opened(await at.password('kim'))), ['trusted_network', 'aal1', ['pwd']])
  await at.set({ 'network.trusted': [] })
  const reason = { reason: 'no_real_email', note: '', expiresAt: null } as const
  await grantBypass(at.ports, { ...ADMIN, site: 'acme', username: 'kim', ...reason })
  assert.deepEqual(await claims(at, opened(await at.password('kim'))), ['bypass', 'aal1', ['pwd']])
})

test('[R-060] a code from a mailbox is called a mailbox, and two factors are never made of it', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const passed = await type(at, waiting(await at.password('kim')), at.codeFor('kim'))
  assert.deepEqual(await claims(at, opened(passed)), ['methods', 'aal1', ['pwd', 'email']])
  const [created] = await rows(at, 'session.created')
  assert.deepEqual([created?.data['acr'], created?.data['amr']], ['aal1', ['pwd', 'email']])
})

test('[R-060] a code that went by SMS and by email counts as the weaker of the two', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await at.mailbox.setBehaviour({ sms: 'reject' })
  const passed = await type(at, waiting(await at.password('kim')), at.codeFor('kim', 'email'))
  assert.deepEqual((await claims(at, opened(passed))).slice(1), ['aal1', ['pwd', 'email']])
})
