import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days } from '#domain/time.ts'
import { siteFor } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'
import { bypassReport, ENDING_SOON, isExempt, noticeOfBypasses } from './bypass-report.ts'
import { grantBypass } from './bypass.ts'

test('ten exemptions of a twentieth of the users are nothing to speak of; one more of either is', () => {
  assert.equal(noticeOfBypasses(10, 200), null)
  assert.match(noticeOfBypasses(11, 1_000) ?? '', /^Exempt from the second factor: 11 of 1000 users \(1\.1 %\)\./)
  assert.match(noticeOfBypasses(10, 199) ?? '', /10 of 199 users \(5 %\)/)
  assert.equal(noticeOfBypasses(0, 0), null)
})

test('an exemption ends soon where a week is left of it, and one without an end never does', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const grant = (username: string, expiresAt: number | null) =>
    grantBypass(at.ports, { ...ADMIN, site: 'acme', username, reason: 'shared_workstation', note: '', expiresAt })
  const now = at.clock.now()
  await grant('kim', now + ENDING_SOON)
  await grant('sam', now + ENDING_SOON + 1)
  await grant('op', null)
  const report = await bypassReport(at.ports, 'acme')
  assert.ok(report !== 'unknown-site')
  const soon = report.rows.map(({ username, endingSoon }) => [username, endingSoon])
  assert.deepEqual(soon, [
    ['kim', true],
    ['sam', false],
    ['op', false],
  ])
  at.clock.pass(days(7))
  const kim = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(kim && !isExempt(kim.user, at.clock.now()), 'at its end it holds no more')
  assert.ok(isExempt(kim.user, at.clock.now() - 1))
})
