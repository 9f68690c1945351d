import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import { days, rfc3339 } from '#domain/time.ts'
import { siteFor } from '../../test/steps.ts'
import { HOME, MONDAY } from '../../test/world.ts'
import { passwordLoginsJson, passwordLoginsReport } from './password-logins-report.ts'
import { signIn } from './sign-in.ts'

test('[F11] the report names the accounts that still sign in by password over the API, and nobody who uses a page or is long past', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const byScript = (username: string, password = `${username}-demo-password`) =>
    signIn(at.ports, {
      site: at.site.id,
      username,
      password: new Secret(password),
      surface: 'api',
      origin: { ...HOME, address: '203.0.113.9', userAgent: 'nightly/1' },
    })
  await byScript('op')
  at.clock.pass(days(32))
  for (let times = 0; times < 2; times += 1) await byScript('kim')
  await byScript('sam')
  await byScript('sam', 'a wrong one')
  await at.password('web')
  const report = await passwordLoginsReport(at.ports, DEMO_SITE)
  assert.ok(report !== 'unknown-site')
  const last = { lastAt: MONDAY + days(32), address: '203.0.113.9', userAgent: 'nightly/1' }
  assert.deepEqual(report.rows, [
    { username: 'kim', logins: 2, ...last },
    { username: 'sam', logins: 1, ...last },
  ])
  assert.equal((passwordLoginsJson(report) as { since: string }).since, rfc3339(MONDAY + days(1)))
  assert.equal(await passwordLoginsReport(at.ports, 'nowhere'), 'unknown-site')
})
