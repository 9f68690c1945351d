import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Settings } from '#policy/settings.ts'
import type { Role } from '#domain/role.ts'
import { previewSettings } from './preview-settings.ts'
import { changeSettings } from './settings.ts'
import { ADMIN, world, type World } from '../../test/world.ts'

/** A world at whose site a newer version has stored these values, over the settings given. */
async function written(
  t: TestContext,
  values: Readonly<Record<string, unknown>>,
  set: Readonly<Record<string, unknown>> = {},
): Promise<World> {
  const small = await world({ races: false })
  t.after(small.close)
  await small.set(set)
  const { site } = await fileOf(small)
  const change = {
    kind: 'set-settings',
    site: site.id,
    from: site.settingsVersion,
    values,
    by: 'newer',
    at: 1,
  } as const
  const writes = { site: site.id, at: 1, origin: ADMIN.origin, changes: [change], events: [] }
  assert.equal(await small.ports.store.commit(writes as never), 'committed')
  return small
}

async function fileOf({ ports }: World) {
  const file = await ports.store.siteFile('acme')
  assert.ok(file)
  return file
}

/** Saves, and answers what was said to be changed and what is read afterwards; the preview says the same and changes nothing. */
async function saved(small: World, patch: Readonly<Record<string, unknown>>) {
  const before = await fileOf(small)
  const preview = await previewSettings(small.ports, { site: 'acme', patch })
  assert.ok(preview.kind === 'previewed', JSON.stringify(preview))
  assert.deepEqual(await fileOf(small), before)
  const outcome = await changeSettings(small.ports, { ...ADMIN, site: 'acme', patch })
  assert.ok(outcome.kind === 'changed', JSON.stringify(outcome))
  const file = await fileOf(small)
  assert.deepEqual(outcome.settings, file.settings)
  assert.deepEqual(outcome.changes, preview.changes)
  assert.equal(outcome.version, file.site.settingsVersion)
  return { changes: outcome.changes, file, raised: file.site.settingsVersion - before.site.settingsVersion }
}

const flagged = (roles: readonly Role[]) => roles.find(({ name }) => name === 'All')?.twoFactorAuth
const lax: Partial<Settings> = { 'two_factor.require_all': false, 'session.duration_hours': 100 }

for (const value of [6, null]) {
  test(`[PO-09] [P22] ${value} over a value that cannot be read puts the site right`, async (t) => {
    const small = await written(t, { 'code.digits': 9 }, lax)
    const broken = await fileOf(small)
    assert.deepEqual([broken.unreadable, broken.settings['two_factor.require_all']], [['code.digits'], true])
    const { changes, file, raised } = await saved(small, { 'code.digits': value })
    assert.deepEqual(changes, [{ key: 'code.digits', from: 9, to: 6 }])
    assert.deepEqual([file.unreadable, file.stored.get('code.digits'), raised], [[], value ?? undefined, 1])
    assert.deepEqual([file.settings['two_factor.require_all'], file.settings['session.duration_hours']], [false, 100])
    const again = await saved(small, { 'code.digits': value })
    assert.deepEqual([again.changes, again.raised], [[], 0])
  })
}

test('[P22] what the strictest reading already holds the site to is stored all the same', async (t) => {
  const small = await written(t, { 'code.digits': 9 }, lax)
  const { changes, file } = await saved(small, { 'two_factor.require_all': true })
  assert.deepEqual(changes, [{ key: 'two_factor.require_all', from: false, to: true }])
  assert.deepEqual([file.unreadable, file.stored.get('two_factor.require_all')], [['code.digits'], true])
  const repaired = await saved(small, { 'code.digits': 8 })
  assert.equal(repaired.file.settings['two_factor.require_all'], true)
})

test('[P22] null takes away a setting that this version does not know; one that is not stored is an error', async (t) => {
  const small = await written(t, { 'two_factor.mode': { secret: 'of a newer version' } })
  const ask = { ...ADMIN, site: 'acme' }
  for (const patch of [{ 'two_factor.mode': 'strict' }, { 'two_factor.mood': null }]) {
    const [key = ''] = Object.keys(patch)
    const problems = [{ key, problem: `${key}: there is no such setting` }]
    assert.deepEqual(await changeSettings(small.ports, { ...ask, patch }), { kind: 'invalid', problems })
    assert.deepEqual(await previewSettings(small.ports, { site: 'acme', patch }), { kind: 'invalid', problems })
  }
  const { changes, file } = await saved(small, { 'two_factor.mode': null })
  assert.deepEqual(changes, [{ key: 'two_factor.mode', from: { secret: 'of a newer version' }, to: null }])
  assert.deepEqual([file.unreadable, file.stored.has('two_factor.mode')], [[], false])
  const entry = (await small.trail()).at(-1)
  assert.match(JSON.stringify(entry), /two_factor\.mode/)
  assert.doesNotMatch(JSON.stringify(entry), /newer version/)
})

test('[P22] the role All is flagged when the stored switch goes on, and by no other save of a broken site', async (t) => {
  const off = { 'two_factor.enabled': false, 'two_factor.flag_all_role_on_enable': true }
  const small = await written(t, { 'code.digits': 9 }, off)
  const { site, roles } = await fileOf(small)
  const all = roles.find(({ name }) => name === 'All')
  assert.ok(all)
  const role = { ...all, twoFactorAuth: false, version: all.version + 1 }
  const change = { kind: 'change-role', role, from: all.version } as const
  const writes = { site: site.id, at: 1, origin: ADMIN.origin, changes: [change], events: [] }
  assert.equal(await small.ports.store.commit(writes as never), 'committed')
  assert.equal(flagged((await saved(small, { 'code.ttl_seconds': 120 })).file.roles), false)
  assert.equal(flagged((await saved(small, { 'two_factor.enabled': true })).file.roles), true)
})
