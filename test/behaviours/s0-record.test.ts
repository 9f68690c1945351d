import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyLog } from '#audit/verify-log.ts'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { seconds } from '#domain/time.ts'
import { listAudit } from '#usecases/audit.ts'
import { grantBypass, revokeBypass } from '#usecases/bypass.ts'
import { endUserSessions } from '#usecases/sessions.ts'
import { createUser, deleteUser } from '#usecases/users.ts'
import { opened, otherThan, requestCode, siteFor, type, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

const KIM = { ...ADMIN, site: DEMO_SITE, username: 'kim' }

/** Acts of all kinds, with who does each and the first row it must leave behind. */
const ACTS: readonly (readonly [who: string | null, leaves: string, act: (at: World) => Promise<unknown>])[] = [
  ['test', 'policy.changed', (at) => at.set({ 'code.digits': 7 })],
  ['test', 'bypass.granted', (at) => grantBypass(at.ports, { ...KIM, reason: 'no_real_email', note: '' })],
  ['test', 'bypass.revoked', (at) => revokeBypass(at.ports, KIM)],
  ['test', 'user.created', (at) => createUser(at.ports, { ...KIM, username: 'pat', fields: {} })],
  ['test', 'user.deleted', (at) => deleteUser(at.ports, { ...KIM, username: 'pat' })],
  ['kim', 'auth.password.fail', (at) => at.password('kim', { password: 'not hers' })],
  [null, 'auth.password.fail', (at) => at.password('nobody')],
  ['test', 'session.revoked', (at) => endUserSessions(at.ports, { ...KIM, site: at.site.id, devices: true })],
]

test('[S0.22] every act leaves a row that names its actor and its moment', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  for (const [who, leaves, act] of ACTS) {
    const before = (await at.trail()).length
    at.clock.pass(seconds(7))
    await act(at)
    const [row] = (await at.trail()).slice(before)
    assert.ok(row, `${leaves} left nothing behind`)
    assert.deepEqual([row.ev, row.actor.name, row.at], [leaves, who, at.clock.now()])
    assert.notEqual(row.actor.id, '')
  }
})

test('[S0.22] rows are only ever added: later acts change none of the earlier ones, and the chain over all holds', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const first = waiting(await at.password('kim'))
  await type(at, first, otherThan(at.codeFor('kim')))
  at.clock.pass(seconds(30))
  await requestCode(at, first)
  const early = await at.trail()

  opened(await type(at, first, at.codeFor('kim')))
  await deleteUser(at.ports, KIM)
  const all = await at.trail()
  assert.deepEqual(all.slice(0, early.length), early)
  assert.ok(all.length > early.length)
  assert.deepEqual(
    all.map(({ seq }) => seq),
    all.map((_, index) => index + 1),
  )
  const verdict = await verifyLog(at.ports.store.auditLog(at.site.id, 0), { verifiers: [] })
  assert.equal(verdict.kind, 'ok')
  assert.equal(verdict.kind === 'ok' && verdict.head.seq, all.length)
})

test('[S0.22] the rows can be read out page by page, complete, as User, Action, Time', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
  const pages = []
  for (let before: number | undefined; ; ) {
    const lines = await listAudit(at.ports, DEMO_SITE, { limit: 5, ...(before === undefined ? {} : { before }) })
    assert.ok(lines !== 'unknown-site')
    if (lines.length === 0) break
    pages.push(...lines)
    before = lines.at(-1)?.seq
  }
  assert.deepEqual(
    pages.map(({ seq }) => seq),
    (await at.trail()).map(({ seq }) => seq).toReversed(),
  )
  for (const { user, action, at: moment } of pages) assert.ok(user !== '' && action !== '' && moment > 0)
  assert.deepEqual(
    pages.slice(0, 2).map(({ user, action }) => [user, action]),
    [
      ['kim', 'Signed in (2FA passed)'],
      ['kim', 'Second factor passed (email)'],
    ],
  )
})
