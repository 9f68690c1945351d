import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { days } from '#domain/time.ts'
import { setRole } from '#usecases/roles.ts'
import { changeUser } from '#usecases/users.ts'
import { userOf } from '../people.ts'
import { opened, siteFor, waiting } from '../steps.ts'
import { ADMIN, MONDAY, type World } from '../world.ts'

// Days of grace are time to enrol. They begin with the first sign-in that needed them, and begin once.

const sam = { ...ADMIN, site: DEMO_SITE, username: 'sam' }
const ACCOUNTS = ['Accounts Manager']

/** Only the accountants are asked, and they have a week to set up their app. */
async function graceForAccounts(at: World): Promise<void> {
  await at.set({ 'enrolment.grace_days': 7 })
  await flag(at, 'All', false)
  await flag(at, 'Accounts Manager', true)
}

async function flag(at: World, name: string, twoFactorAuth: boolean): Promise<void> {
  assert.equal((await setRole(at.ports, { ...ADMIN, site: DEMO_SITE, name, fields: { twoFactorAuth } })).kind, 'saved')
}

async function ruleOf(at: World): Promise<string | undefined> {
  const outcome = await at.password('sam')
  return 'decision' in outcome ? outcome.decision.rule : outcome.kind
}

test('[F8] a role that is taken away and given again does not set the clock back', async (t) => {
  const at = await siteFor(t, 'erp')
  await graceForAccounts(at)
  const first = await at.password('sam')
  opened(first)
  assert.ok('decision' in first && first.decision.until === new Date(MONDAY + days(7)).toISOString())

  at.clock.pass(days(3))
  await changeUser(at.ports, { ...sam, fields: { roles: [] } })
  assert.equal(await ruleOf(at), 'not_required')
  await changeUser(at.ports, { ...sam, fields: { roles: ACCOUNTS } })
  assert.equal(await ruleOf(at), 'grace')
  assert.equal((await userOf(at, 'sam')).requiredSince, MONDAY)

  at.clock.set(MONDAY + days(7) - 1)
  opened(await at.password('sam'))
  at.clock.set(MONDAY + days(7))
  waiting(await at.password('sam'))
  assert.equal(await ruleOf(at), 'enrol')
})

test('[F8] nor does a role that is unflagged and flagged again, the site off and on, or another form of the user', async (t) => {
  const at = await siteFor(t, 'erp')
  await graceForAccounts(at)
  opened(await at.password('sam'))
  at.clock.set(MONDAY + days(6))
  await flag(at, 'Accounts Manager', false)
  await flag(at, 'Accounts Manager', true)
  await at.set({ 'two_factor.enabled': false })
  await at.set({ 'two_factor.enabled': true })
  await changeUser(at.ports, { ...sam, fields: { kind: 'website', displayName: 'Samuel' } })
  await changeUser(at.ports, { ...sam, fields: { kind: 'system' } })
  assert.equal(await ruleOf(at), 'grace')
  at.clock.set(MONDAY + days(7))
  assert.equal(await ruleOf(at), 'enrol')
})

test('[F8] the days begin at the first sign-in that needs them, not before', async (t) => {
  const at = await siteFor(t, 'erp')
  await graceForAccounts(at)
  at.clock.set(MONDAY + days(30))
  assert.equal(await ruleOf(at), 'grace')
  at.clock.set(MONDAY + days(37))
  assert.equal(await ruleOf(at), 'enrol')
})
