import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '#domain/secret.ts'
import { signIn } from '#usecases/sign-in.ts'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { days, rfc3339 } from '#domain/time.ts'
import { adoptionReport } from '#usecases/adoption-report.ts'
import { createUser } from '#usecases/users.ts'
import { commandLine } from '../../test/command-line.ts'
import { ADMIN, MONDAY } from '../../test/world.ts'

type Json = Readonly<Record<string, unknown>>
const csvRows = (text: string) => parse(text, { columns: true }) as readonly Record<string, string>[]

async function report(line: Awaited<ReturnType<typeof commandLine>>, name: string) {
  return (await line.json(`--site acme reports ${name}`)) as Json & { readonly users: readonly Json[]; totals: Json }
}

test('[F17] who is required, ready, exempt or stuck, by what, and since when: for people, programs and spreadsheets', async () => {
  const line = await commandLine({ preset: 'manufacturing' })
  await line.run('--site acme users bypass op --reason shared_workstation --until 2026-12-31')
  await line.run('--site acme users set kim --email=')
  await line.run('--site acme users add gone --email gone@acme.test')
  await line.run('--site acme users set gone --status disabled')
  assert.equal((await line.password('sam')).kind, 'pending')
  const { users, totals, ...others } = await report(line, 'adoption')
  const of = (name: string) => users.find(({ username }) => username === name)
  assert.deepEqual(
    users.map(({ username, standing }) => [username, standing]),
    [
      ['gone', 'ready'],
      ['kim', 'refused'],
      ['op', 'exempt'],
      ['root', 'ready'],
      ['sam', 'ready'],
      ['svc', 'not_required'],
      ['web', 'ready'],
    ],
  )
  assert.deepEqual(of('sam'), {
    username: 'sam',
    display_name: 'Sam Accounts',
    kind: 'system',
    status: 'active',
    roles: ['All', 'Accounts Manager'],
    required: true,
    standing: 'ready',
    applications: { web: 'ready' },
    methods: ['email'],
    last_challenge_at: rfc3339(MONDAY),
    last_failure_at: null,
    last_sign_in_at: null,
    bypass: null,
    missing: [],
  })
  assert.deepEqual(of('op')?.['bypass'], { reason: 'shared_workstation', expires_at: '2027-01-01T00:00:00.000Z' })
  assert.deepEqual(of('kim')?.['missing'], ['email'])
  const standing = { not_required: 1, exempt: 1, ready: 3, grace: 0, let_in: 0, must_enrol: 0, refused: 1 }
  assert.deepEqual(totals, {
    users: 6,
    required: 5,
    enrolled: 4,
    standing,
    disabled: 1,
    never_signed_in: 6,
    no_email: 2,
    no_phone: 1,
    by_method: { email: 4 },
  })
  assert.deepEqual((others['by_application'] as Json)['web'], { users: 6, required: 5, enrolled: 4, standing })
  assert.deepEqual(((others['by_role'] as Json)['Accounts Manager'] as Json)['users'], 1)

  const text = (await line.run('--site acme reports adoption')).out
  assert.match(text, /^Everybody +6 +5 +4 +1 +1 +3 +0 +0 +0 +1$/m)
  assert.match(text, /^kim +refused +email$/m)
  const rows = csvRows((await line.run('--site acme reports adoption --csv')).out)
  assert.deepEqual(
    rows.map(({ username }) => username),
    users.map(({ username }) => username),
  )
  assert.deepEqual(
    [rows[2]?.['bypass_until'], rows[4]?.['roles']],
    ['2027-01-01T00:00:00.000Z', 'All|Accounts Manager'],
  )
  assert.equal((await line.run('--site acme reports adoption --csv --json')).code, 2)
  await line.close()
})

test('[F17] the report adds up: its counts are those of the tables for a site of 10,000 users', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-report-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'test.db')
  const line = await commandLine({ preset: 'erp', database: `sqlite:${path}` })
  const rows = Array.from({ length: 10_000 }, (_, index) => {
    const email = index % 7 === 0 ? '' : `u${index}@acme.test`
    const phone = index % 3 === 0 ? '' : `+4915${10_000_000 + index}`
    return [
      `u${index}`,
      email,
      phone,
      index % 11 === 0 ? 'website' : 'system',
      index % 5 === 0 ? 'HR Manager' : '',
    ].join(',')
  })
  const text = ['username,email,phone,kind,roles', ...rows].join('\n')
  assert.equal((await line.run('--site acme users import -', text)).code, 0)
  const hand = new DatabaseSync(path)
  hand.exec(`
    UPDATE roles SET two_factor_auth = (name = 'HR Manager');
    UPDATE users SET status = 'disabled' WHERE CAST(substr(username, 2) AS INTEGER) % 13 = 1;
    UPDATE users SET last_sign_in_at = ${MONDAY} WHERE CAST(substr(username, 2) AS INTEGER) % 4 = 0;
    UPDATE users SET bypass_reason = 'other', bypass_note = 'n', bypass_set_by = 'x', bypass_set_at = 1,
      bypass_expires_at = CASE WHEN rowid % 2 = 0 THEN ${MONDAY + days(9)} ELSE ${MONDAY - 1} END
      WHERE CAST(substr(username, 2) AS INTEGER) % 25 = 0;
    INSERT INTO authenticators (id, site_id, user_id, kind, label, sealed_secret, digits, algorithm, period, last_step, created_at)
      SELECT 'aut_' || id, site_id, id, 'app', 'phone', 'sealed', 6, 'SHA1', 30, 0, 1 FROM users
      WHERE CAST(substr(username, 2) AS INTEGER) % 2 = 0 AND kind <> 'service';
  `)
  const sql = (query: string) => Number(hand.prepare(`SELECT COUNT(*) AS n FROM users u WHERE ${query}`).get()?.['n'])
  const active = "u.status = 'active'"
  const hr = `${active} AND u.kind <> 'website' AND EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = 'HR Manager')`
  const app = 'EXISTS (SELECT 1 FROM authenticators a WHERE a.user_id = u.id)'
  const exempt = `u.bypass_reason IS NOT NULL AND u.bypass_expires_at > ${MONDAY}`
  const admin = "EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = 'Administrator')"

  const begun = process.hrtime.bigint()
  const found = await adoptionReport(line.ports, 'acme')
  t.diagnostic(`${(Number(process.hrtime.bigint() - begun) / 1e6).toFixed(0)} ms`)
  assert.ok(found !== 'unknown-site')
  const { totals, byRole } = found
  assert.equal(found.rows.length, 10_006)
  assert.equal(totals.users, sql(active))
  assert.equal(totals.disabled, sql("u.status = 'disabled'"))
  assert.equal(totals.required, sql(hr))
  assert.equal(totals.enrolled, sql(`${active} AND ${app}`))
  assert.equal(totals.byMethod.app, sql(`${active} AND ${app}`))
  assert.equal(totals.standing.exempt, sql(`${hr} AND ${exempt}`))
  assert.equal(totals.standing.ready, sql(`${hr} AND NOT (${exempt}) AND ${app}`))
  // The link to set up an app goes by mail: without an address it reaches nobody but an administrator.
  assert.equal(
    totals.standing.must_enrol,
    sql(`${hr} AND NOT (${exempt}) AND NOT ${app} AND (u.email IS NOT NULL OR ${admin})`),
  )
  assert.equal(
    totals.standing.refused,
    sql(`${hr} AND NOT (${exempt}) AND NOT ${app} AND u.email IS NULL AND NOT ${admin}`),
  )
  assert.equal(totals.neverSignedIn, sql(`${active} AND u.last_sign_in_at IS NULL`))
  assert.equal(totals.noEmail, sql(`${active} AND u.email IS NULL`))
  assert.equal(totals.noPhone, sql(`${active} AND u.phone IS NULL`))
  const holders = sql(
    `${active} AND EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.id AND r.role = 'HR Manager')`,
  )
  assert.equal(byRole['HR Manager']?.users, holders)
  assert.ok(
    [totals.standing.exempt, totals.standing.ready, totals.standing.must_enrol, totals.standing.refused].every(
      (n) => n > 9,
    ),
  )
  hand.close()
  await line.close()
})

test('[S3.24] every user with warnings, switches, and SMS and emails of this month and the one before', async () => {
  const line = await commandLine({ preset: 'fleet' })
  const send = async (times: number) => {
    for (let count = 0; count < times; count += 1) assert.equal((await line.password('kim')).kind, 'pending')
    await line.pump()
  }
  await send(2)
  line.clock.pass(days(29))
  await send(3)
  await line.run('--site acme users switch kim --application manager --two-factor-auth off')
  const kim = async () => (await report(line, 'delivery')).users.find(({ username }) => username === 'kim')
  assert.deepEqual(await kim(), {
    username: 'kim',
    display_name: 'Kim',
    kind: 'system',
    status: 'active',
    email: 'kim@acme.test',
    phone: '+4915550100003',
    applications: { manager: false, web: true },
    this_month: { email: { accepted: 0, failed: 0 }, sms: { accepted: 3, failed: 0 } },
    last_month: { email: { accepted: 0, failed: 0 }, sms: { accepted: 2, failed: 0 } },
    warnings: [],
  })
  const { out } = await line.run('--site acme reports delivery')
  assert.match(out, /^Messages of 2026-12, and of 2026-11 before it\. Codes go by sms first;/)
  assert.match(out, /^kim +0 +kim@acme\.test +\+4915550100003 +web +3 +2 +0 +0$/m)

  await line.run('--site acme users set kim --phone=')
  assert.deepEqual((await kim())?.['warnings'], ['no_phone'])
  const rows = csvRows((await line.run('--site acme reports delivery --csv')).out)
  const row = rows.find(({ username }) => username === 'kim')
  assert.deepEqual([row?.['sms_this_month'], row?.['sms_last_month'], row?.['warnings']], ['3', '2', 'no_phone'])
  await line.close()
})

test('[S0.20] whom no mail would reach: no address, none that is one, one that refuses; and never a program', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-report-'))
  const path = join(folder, 'test.db')
  const line = await commandLine({ preset: 'manufacturing', database: `sqlite:${path}` })
  await createUser(line.ports, { ...ADMIN, site: 'acme', username: 'nomail', fields: {} })
  const hand = new DatabaseSync(path)
  hand.exec("UPDATE users SET email = 'sam at acme' WHERE username = 'sam'")
  hand.close()
  await line.mailbox.setBehaviour({ email: 'reject' })
  await line.password('kim')
  await line.pump()
  const { users, totals } = await report(line, 'delivery')
  const warned = users.filter(({ warnings }) => (warnings as readonly string[]).length > 0)
  assert.deepEqual(
    warned.map(({ username, warnings }) => [username, warnings]),
    [
      ['kim', ['email_failed']],
      ['nomail', ['no_email']],
      ['sam', ['invalid_email']],
    ],
  )
  assert.equal(totals['warned'], 3)

  await line.run('--site acme users set kim --email kim.new@acme.test')
  const again = (await report(line, 'delivery')).users.find(({ username }) => username === 'kim')
  assert.deepEqual(again?.['warnings'], [], 'the new address has not failed yet')
  await line.close()
  rmSync(folder, { recursive: true })
})

test('[S0.21] many exemptions raise a notice with the list and the advice', async () => {
  const line = await commandLine()
  const bypass = (name: string, until: string) =>
    line.run(`--site acme users bypass ${name} --reason shared_workstation --until ${until}`)
  assert.equal((await report(line, 'bypasses'))['notice'], null)
  for (let index = 0; index < 214; index += 1)
    await createUser(line.ports, { ...ADMIN, site: 'acme', username: `floor${index}`, fields: {} })
  for (let index = 0; index < 10; index += 1) await bypass(`floor${index}`, 'never')
  const ten = await report(line, 'bypasses')
  assert.deepEqual([ten['exempt'], ten['notice']], [10, null])

  await bypass('op', '2026-11-05')
  const eleven = (await line.json('--site acme reports bypasses')) as { notice: string; bypasses: readonly Json[] }
  assert.match(
    eleven.notice,
    /^Exempt from the second factor: 11 of 220 users \(5 %\)\. .* an account for each of them is better/,
  )
  assert.deepEqual(
    [eleven.bypasses.length, eleven.bypasses[0]?.['username'], eleven.bypasses[0]?.['ending_soon']],
    [11, 'op', true],
  )
  const { out } = await line.run('--site acme reports bypasses')
  assert.match(out, /^11 users of 220 exempt\.$/m)
  assert.match(out, /^op +shared_workstation +2026-11-06T00:00:00\.000Z \(soon\) +ada$/m)
  line.clock.pass(days(4))
  assert.equal((await report(line, 'bypasses'))['exempt'], 10, 'an exemption that has ended counts no more')
  assert.equal(csvRows((await line.run('--site acme reports bypasses --csv')).out).length, 10)
  await line.close()
})

test('[S0.21] a small site has its notice by share: more than one of twenty', async () => {
  const line = await commandLine()
  await line.run('--site acme users bypass op --reason other --note gloves')
  assert.match(String((await report(line, 'bypasses'))['notice']), /: 1 of 6 users \(16\.7 %\)\./)
  await line.close()
})

test('[F11] which scripts still show a password: for people, programs and spreadsheets', async () => {
  const line = await commandLine()
  assert.match(
    (await line.run('--site acme reports password-logins')).out,
    /^No account has signed in by password over the API since 2026-/,
  )
  const origin = { request: 'test', address: '203.0.113.9', userAgent: 'nightly/1' }
  const site = await line.ports.store.site('acme')
  assert.ok(site)
  const password = new Secret('kim-demo-password')
  await signIn(line.ports, { site: site.id, username: 'kim', password, surface: 'api', origin })
  const { out } = await line.run('--site acme reports password-logins')
  assert.match(
    out,
    /^1 account signed in by password over the API since .*\n.*\nkim +1 +2026-\S+ +203\.0\.113\.9 +nightly\/1$/m,
  )
  assert.equal((await report(line, 'password-logins'))['accounts'], 1)
  assert.equal(csvRows((await line.run('--site acme reports password-logins --csv')).out)[0]?.['username'], 'kim')
  await line.close()
})
