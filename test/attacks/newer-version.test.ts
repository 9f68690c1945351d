import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { EventName } from '#audit/event.ts'
import { actionSentence } from '#audit/sentence.ts'
import { days } from '#domain/time.ts'
import type { PresetName } from '#policy/presets.ts'
import { grantBypass } from '#usecases/bypass.ts'
import { examineSite } from '#usecases/examine-site.ts'
import { listAudit } from '#usecases/audit.ts'
import { overview } from '#usecases/overview.ts'
import { verifyAudit } from '#usecases/verify-audit.ts'
import type { Database } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/open.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { execute } from '../contracts/store-rows.ts'
import { opened, signInWithCode, standingOf } from '../steps.ts'
import { ADMIN, HOME, type World, world } from '../world.ts'

// A newer version wrote what this one does not know, and this one is started on the same database again. Nobody gets in by that.

async function after(
  t: TestContext,
  preset: PresetName,
): Promise<{ at: World; bend: (sql: string) => Promise<unknown> }> {
  const database: Database = await openDatabase('sqlite::memory:', { migrate: true })
  const at = await world({ preset, store: sqlStore(database, seededRandom('newer')), races: false })
  t.after(at.close)
  return { at, bend: (sql) => execute(database, sql) }
}

test('[PO-09] a method that only a newer version knows is no way in for its role, and the others come in as before', async (t) => {
  const { at, bend } = await after(t, 'manufacturing')
  await bend(`UPDATE roles SET methods_allowed = '["telepathy"]' WHERE name = 'Accounts Manager'`)
  const sam = await at.password('sam')
  assert.equal(sam.kind, 'denied', JSON.stringify(sam))
  await signInWithCode(at, 'kim')
  const file = (await at.ports.store.siteFile('acme')) ?? assert.fail()
  assert.deepEqual(file.unreadableRows, ['role Accounts Manager: methods_allowed'])
  const findings = await examineSite(at.ports, 'acme')
  assert.ok(findings.some(({ says }) => /role Accounts Manager: methods_allowed cannot be read/.test(says)))
  const seen = await overview(at.ports, 'acme')
  assert.ok(typeof seen === 'object' && seen.unreadable.includes('role Accounts Manager: methods_allowed'))
})

test('[PO-09] an exemption for a reason of a newer version exempts nobody', async (t) => {
  const { at, bend } = await after(t, 'manufacturing')
  const granted = { ...ADMIN, site: 'acme', username: 'kim', reason: 'integration_user', note: '', expiresAt: null }
  assert.equal((await grantBypass(at.ports, granted)).kind, 'saved')
  opened(await at.password('kim'))
  await bend(`UPDATE users SET bypass_reason = 'astral_projection' WHERE username = 'kim'`)
  assert.equal((await at.password('kim')).kind, 'pending')
})

test('[PO-09] a session that rests on a proof of a newer version is over, and a browser it remembered is asked', async (t) => {
  const { at, bend } = await after(t, 'manufacturing')
  const { token, deviceToken } = await signInWithCode(at, 'kim')
  assert.equal(await standingOf(at, token), 'granted')
  opened(await at.password('kim', { deviceToken: deviceToken ?? '' }))
  await bend(`UPDATE sessions SET evidence = '[{"kind":"password","at":1},{"kind":"telepathy","at":1}]'`)
  assert.notEqual(await standingOf(at, token), 'granted')
  await bend(`UPDATE devices SET method = 'telepathy'`)
  assert.equal((await at.password('kim', { deviceToken: deviceToken ?? '' })).kind, 'pending')
})

test('[PO-09] a user of a kind that is not known does not sign in, and is seen as disabled', async (t) => {
  const { at, bend } = await after(t, 'manufacturing')
  await bend(`UPDATE users SET kind = 'robot' WHERE username = 'kim'`)
  assert.notEqual((await at.password('kim')).kind, 'pending')
  const users = await at.ports.store.users(at.site.id, { after: null, limit: 50 })
  assert.equal(users.find(({ username }) => username === 'kim')?.status, 'disabled')
})

test('[PO-09] an event of a newer version is told by its name, and its chain verifies', async (t) => {
  const { at } = await after(t, 'manufacturing')
  const ev = 'auth.telepathy.ok' as EventName
  const event = { ev, actor: ADMIN.actor, subject: null, application: null, data: { strength: 'weak' } }
  const writes = { site: at.site.id, at: at.clock.now() + days(1), origin: HOME, changes: [], events: [event] as const }
  assert.equal(await at.ports.store.commit(writes), 'committed')
  assert.equal(actionSentence(event), 'auth.telepathy.ok')
  const lines = await listAudit(at.ports, 'acme', { limit: 1 })
  assert.ok(typeof lines !== 'string')
  assert.deepEqual([lines[0]?.ev, lines[0]?.action], [ev, ev])
  assert.equal((await verifyAudit(at.ports, { site: 'acme' })).kind, 'ok')
})
