import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN, world, type World } from '../../test/world.ts'
import { grantBypass } from './bypass.ts'
import { setChannel } from './channels.ts'
import { explainUser } from './explain.ts'
import { type Preview, type PreviewedSignIn, previewSettings } from './preview-settings.ts'
import { setRole } from './roles.ts'
import { createUser } from './users.ts'

async function previewed(small: World, patch: Record<string, unknown>): Promise<Preview> {
  const outcome = await previewSettings(small.ports, { site: 'acme', patch })
  assert.ok(outcome.kind === 'previewed', JSON.stringify(outcome))
  return outcome
}

const names = (signIns: readonly PreviewedSignIn[]) => signIns.map(({ username }) => username)
const why = (found: Preview) => Object.fromEntries(found.cannotPass.map((each) => [each.username, each.why]))

test('switching on says who would be asked, and changes nothing', async () => {
  const small = await world({ preset: 'manufacturing' })
  await small.set({ 'two_factor.enabled': false })
  const trail = (await small.trail()).length
  const on = await previewed(small, { 'two_factor.enabled': true })
  assert.deepEqual(names(on.newlyAsked), ['kim', 'op', 'root', 'sam', 'web'])
  assert.deepEqual([on.users, on.noLongerAsked, on.notEnforced], [6, [], []])
  assert.deepEqual(why(on), { svc: ['denied'] })
  assert.deepEqual(on.changes, [{ key: 'two_factor.enabled', from: false, to: true }])
  assert.equal((await small.trail()).length, trail)
  await small.set({ 'two_factor.enabled': true })
  assert.deepEqual(names((await previewed(small, { 'two_factor.enabled': false })).noLongerAsked), names(on.newlyAsked))
  await small.close()
})

test('a role that the change flags counts in the preview', async () => {
  const small = await world({ preset: 'erp' })
  await small.set({ 'two_factor.enabled': false })
  await setRole(small.ports, { ...ADMIN, site: 'acme', name: 'All', fields: { twoFactorAuth: false } })
  const on = await previewed(small, { 'two_factor.enabled': true })
  assert.deepEqual(on.rolesFlagged, ['All'])
  assert.deepEqual(names(on.newlyAsked), ['kim', 'op', 'root', 'sam'])
  assert.ok(Object.values(why(on)).every(([first]) => first === 'nothing_enrolled' || first === 'denied'))
  const later = await previewed(small, { 'two_factor.enabled': true, 'two_factor.flag_all_role_on_enable': false })
  assert.deepEqual([later.rolesFlagged, later.newlyAsked], [[], []])
  await small.close()
})

test('[S2.10] choosing email names who has no address, and that no mail account is set up', async () => {
  const small = await world({ preset: 'erp' })
  await createUser(small.ports, { ...ADMIN, site: 'acme', username: 'nomail', fields: {} })
  const patch = { 'methods.allowed': ['email'] }
  assert.deepEqual(why(await previewed(small, patch)), { nomail: ['no_address'], svc: ['denied'] })
  await setChannel(small.ports, { ...ADMIN, site: 'acme', channel: 'email', config: 'off', atOnce: true })
  const without = await previewed(small, patch)
  assert.deepEqual(without.cannotPass.find(({ username }) => username === 'nomail')?.why, [
    'no_address',
    'channel_unconfigured',
  ])
  assert.deepEqual(why(without)['kim'], ['channel_unconfigured'])
  // The administrator is never locked out: an app can be set up on the screen.
  assert.deepEqual(without.cannotPass.find(({ administrator }) => administrator)?.after.outcome, 'enrol')
  const open = await previewed(small, { ...patch, 'delivery.when_unconfigured': 'allow' })
  assert.ok(names(open.notEnforced).includes('kim') && !names(open.cannotPass).includes('kim'))
  await small.close()
})

test('[S2.12] choosing SMS names who has no number, and that no gateway is set up', async () => {
  const small = await world({ preset: 'erp' })
  await createUser(small.ports, { ...ADMIN, site: 'acme', username: 'nophone', fields: { email: 'n@acme.test' } })
  const patch = { 'methods.allowed': ['sms'], 'delivery.primary': 'sms' }
  assert.deepEqual(why(await previewed(small, patch)), { nophone: ['no_phone'], svc: ['denied'] })
  await setChannel(small.ports, { ...ADMIN, site: 'acme', channel: 'sms', config: 'off' })
  assert.deepEqual(why(await previewed(small, patch))['nophone'], ['no_phone', 'channel_unconfigured'])
  await small.close()
})

test('who is stuck already is told apart; the exempt and the disabled are not counted', async () => {
  const small = await world({ preset: 'erp' })
  await grantBypass(small.ports, { ...ADMIN, site: 'acme', username: 'op', reason: 'shared_workstation', note: '' })
  await createUser(small.ports, { ...ADMIN, site: 'acme', username: 'gone', fields: { status: 'disabled' } })
  const same = await previewed(small, { 'code.digits': 8 })
  assert.deepEqual([same.newlyAsked, same.noLongerAsked, same.users], [[], [], 6])
  assert.ok(same.cannotPass.every(({ already }) => already))
  assert.deepEqual(names(same.cannotPass), ['kim', 'root', 'sam', 'svc'])
  await small.close()
})

test('every application of a user is looked at, and the decisions are those of explain', async () => {
  const small = await world({ preset: 'fleet' })
  const off = await previewed(small, { 'two_factor.enabled': false })
  assert.deepEqual(
    off.noLongerAsked.slice(0, 2).map(({ username, application }) => [username, application]),
    [
      ['kim', 'manager'],
      ['kim', 'web'],
    ],
  )
  for (const { username, application, before } of off.noLongerAsked) {
    const said = await explainUser(small.ports, { site: 'acme', username, application })
    assert.ok(said.kind === 'explained')
    assert.deepEqual(before, said.decision)
  }
  await small.close()
})

test('a patch that could not be saved has the same problems here', async () => {
  const small = await world()
  const patch = { 'code.digits': 9, 'no.such': 1 }
  const outcome = await previewSettings(small.ports, { site: 'acme', patch })
  assert.ok(outcome.kind === 'invalid')
  assert.deepEqual(
    outcome.problems.map(({ key }) => key),
    ['code.digits', 'no.such'],
  )
  assert.deepEqual(await previewSettings(small.ports, { site: 'nowhere', patch: {} }), { kind: 'unknown-site' })
  await small.close()
})
