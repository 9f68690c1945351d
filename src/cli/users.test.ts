import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours } from '#domain/time.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { commandLine } from '../../test/command-line.ts'
import { appCode, withApp } from '../../test/enrolment-steps.ts'
import { opened, type, waiting } from '../../test/steps.ts'

const HOUSE = '198.51.100.7'

test('users are listed for people and for programs', async () => {
  const line = await commandLine()
  const { out } = await line.run('--site acme users list')
  assert.match(out, /^User +Kind +Status +Email +Phone +Switches +Roles +Exempt$/m)
  assert.match(out, /^sam +system +active +sam@acme\.test +\+4915550100002 +Accounts Manager$/m)
  const users = (await line.json('users list --site acme')) as readonly Record<string, unknown>[]
  assert.deepEqual(
    users.map(({ username }) => username),
    ['kim', 'op', 'root', 'sam', 'svc', 'web'],
  )
  const sam = users.find(({ username }) => username === 'sam')
  assert.deepEqual(sam, {
    username: 'sam',
    display_name: 'Sam Accounts',
    email: 'sam@acme.test',
    phone: '+4915550100002',
    kind: 'system',
    status: 'active',
    roles: ['Accounts Manager'],
    language: null,
    two_factor_app: false,
    two_factor_email: false,
    two_factor_sms: false,
    interval_hours: null,
    applications: { web: { two_factor: false } },
    bypass: null,
    last_sign_in_at: null,
  })
  await line.close()
})

test('a user is made with a password from standard input, changed, and deleted', async () => {
  const line = await commandLine()
  const fields = [
    '--email',
    'lee@acme.test',
    '--display-name',
    'Lee Li',
    '--role',
    'HR Manager',
    '--role',
    'System Manager',
  ]
  const added = await line.run(
    ['--site', 'acme', 'users', 'add', 'lee', ...fields, '--two-factor-sms', '--password-stdin'],
    'twelve apples\n',
  )
  assert.deepEqual([added.code, added.err], [0, ''])
  assert.equal((await line.password('lee', { password: 'twelve apples' })).kind, 'pending')
  const shown = (await line.json('--site acme users show lee')) as Record<string, unknown>
  assert.deepEqual(
    [shown['roles'], shown['two_factor_sms'], shown['sessions']],
    [['HR Manager', 'System Manager'], true, 0],
  )

  assert.equal(
    (await line.run(['--site', 'acme', 'users', 'set', 'lee', '--email', '', '--no-role', '--two-factor-sms', 'off']))
      .code,
    0,
  )
  assert.equal((await line.run(['--site', 'acme', 'users', 'set', 'lee', '--phone', '+49 (0)151 12345678'])).code, 0)
  const changed = (await line.json('--site acme users show lee')) as Record<string, unknown>
  assert.deepEqual([changed['email'], changed['roles'], changed['two_factor_sms']], [null, [], false])
  assert.equal(changed['phone'], '+4915112345678')
  assert.equal(changed['display_name'], 'Lee Li', 'what was not named stays')

  assert.equal((await line.run('--site acme users delete lee')).code, 2)
  assert.equal((await line.run('--site acme users delete lee --yes')).code, 0)
  assert.equal((await line.run('--site acme users show lee')).code, 3)
  await line.close()
})

test('a user without a password is made too, and the next step is named', async () => {
  const line = await commandLine()
  const { code, err } = await line.run('--site acme users add lee')
  assert.equal(code, 0)
  assert.match(err, /users reset-password lee/)
  assert.equal((await line.password('lee', { password: '' })).kind, 'invalid-credentials')
  await line.close()
})

test('everything that is wrong with a user is said at once', async () => {
  const line = await commandLine()
  const refused = await line.run(
    '--site acme users add lee --email nowhere --phone 0151 --role Boss --kind robot --password-stdin',
    'short',
  )
  assert.equal(refused.code, 4)
  assert.deepEqual(
    refused.err
      .trimEnd()
      .split('\n')
      .map((each) => each.split(':')[0]),
    ['email', 'phone', 'kind', 'roles', 'password'],
  )
  assert.equal((await line.run('--site acme users add kim')).code, 4)
  assert.equal((await line.run('--site acme users add lee --password-stdin', '\n')).code, 2)
  assert.equal((await line.run('--site acme users add lee --password secret')).code, 2)
  assert.equal((await line.run('--site acme users set kim')).code, 2)
  assert.equal((await line.run('--site acme users set kim --interval-hours 9999')).code, 4)
  const near = await line.run('--site acme users set kimm --kind website')
  assert.deepEqual([near.code, near.err], [3, 'There is no user "kimm". Did you mean kim?\n'])
  await line.close()
})

test('[S0.11] an exemption: the user shows it, and the audit log has who, when and why', async () => {
  const line = await commandLine()
  const until = '2026-12-31T18:00:00.000Z'
  const given = ['users', 'bypass', 'op', '--reason', 'shared_workstation', '--note', 'Press 4', '--until', until]
  const { code, out } = await line.run(['--site', 'acme', ...given])
  assert.deepEqual([code, out], [0, `op is exempt from 2FA until ${until}.\n`])
  const op = (await line.json('--site acme users show op')) as Record<string, unknown>
  const bypass = {
    reason: 'shared_workstation',
    note: 'Press 4',
    set_by: 'ada',
    set_at: '2026-11-02T09:00:00.000Z',
    expires_at: until,
  }
  assert.deepEqual(op['bypass'], bypass)
  const row = (await line.trail()).at(-1)
  assert.deepEqual(
    [row?.ev, row?.actor.name, row?.subject?.name, row?.at, row?.data],
    ['bypass.granted', 'ada', 'op', line.clock.now(), { reason: 'shared_workstation', until }],
  )
  await line.close()
})

test('[S0.12] an exempt user signs in with the password alone, no message goes out, and the record says bypassed', async () => {
  const line = await commandLine()
  await line.run('--site acme users bypass op --reason no_real_email --until never')
  assert.match((await line.run('--site acme users show op')).out, /^Exempt +no_real_email, for good$/m)
  assert.equal((await line.password('op')).kind, 'signed-in')
  assert.equal(line.messages().length, 0)
  assert.equal((await line.trail()).at(-1)?.data['2fa'], 'bypassed')
  assert.equal((await line.run('--site acme users unbypass op')).code, 0)
  assert.equal((await line.password('op')).kind, 'pending')
  await line.close()
})

test('[S0.13] an exemption needs one of the reasons, or own words', async () => {
  const line = await commandLine()
  const bypass = (...more: readonly string[]) => line.run(['--site', 'acme', 'users', 'bypass', 'op', ...more])
  assert.equal((await bypass()).code, 2)
  assert.equal((await bypass('--reason', 'laziness')).code, 4)
  assert.equal((await bypass('--reason', 'other')).code, 4)
  assert.equal((await bypass('--reason', 'shared_workstation', '--until', '2020-01-01')).code, 4)
  assert.equal((await bypass('--reason', 'shared_workstation', '--until', '2027-02-30')).code, 2)
  assert.equal((await bypass('--reason', 'other', '--note', 'lost both hands')).code, 0)
  for (const reason of ['shared_workstation', 'no_real_email', 'integration_user']) {
    assert.equal((await bypass('--reason', reason, '--until', '2027-02-28')).code, 0)
  }
  await line.close()
})

test("[S1.12] ending one user's sessions: that user signs in anew, under the new setting; everybody else stays", async () => {
  const line = await commandLine()
  await line.set({ 'two_factor.enabled': false })
  const [kim, sam] = [await line.password('kim'), await line.password('sam')]
  assert.ok(kim.kind === 'signed-in' && sam.kind === 'signed-in')
  await line.set({ 'two_factor.enabled': true })
  assert.deepEqual(await line.json('--site acme users end-sessions kim'), { sessions: 1, devices: 0 })

  const access = async (sessionToken: string) =>
    (await checkAccess(line.ports, { site: line.site.id, sessionToken, application: null, address: HOUSE })).kind
  assert.deepEqual([await access(kim.token), await access(sam.token)], ['refused', 'granted'])
  assert.equal((await line.password('kim')).kind, 'pending')
  assert.equal((await line.run('--site acme users end-sessions nobody')).code, 3)
  await line.close()
})

test('[S1.15] a session lasts as long as the setting says: one day is 24 hours', async () => {
  const line = await commandLine()
  await line.run('--site acme set-config session.duration_hours 24 two_factor.enabled false')
  const kim = await line.password('kim')
  assert.ok(kim.kind === 'signed-in')
  const access = () =>
    checkAccess(line.ports, { site: line.site.id, sessionToken: kim.token, application: null, address: HOUSE })
  line.clock.pass(hours(24) - 1)
  assert.equal((await access()).kind, 'granted')
  line.clock.pass(1)
  assert.deepEqual(await access(), { kind: 'refused', why: 'expired' })
  await line.close()
})

test('[S3.17] a user is asked at one application and not at the other', async () => {
  const line = await commandLine({ preset: 'fleet' })
  for (const application of ['web', 'manager'])
    assert.equal((await line.password('kim', { application })).kind, 'pending')
  const off = await line.run('--site acme users switch kim --application manager --two-factor-auth off')
  assert.deepEqual([off.code, off.out], [0, '2FA for kim at manager is off.\n'])
  assert.equal((await line.password('kim', { application: 'manager' })).kind, 'signed-in')
  assert.equal((await line.password('kim', { application: 'web' })).kind, 'pending')
  assert.equal((await line.run('--site acme users switch kim --application shop --two-factor-auth off')).code, 4)
  await line.close()
})

test('an interval of a user is given and taken away', async () => {
  const line = await commandLine()
  const interval = async (typed: string) => {
    assert.equal((await line.run(`--site acme users set kim --interval-hours ${typed}`)).code, 0)
    return ((await line.json('--site acme users show kim')) as { interval_hours: number | null }).interval_hours
  }
  assert.deepEqual([await interval('8'), await interval('0'), await interval('none')], [8, 0, null])
  await line.close()
})

test('a lock is lifted', async () => {
  const line = await commandLine()
  const { code, out } = await line.run('--site acme users unlock kim')
  assert.deepEqual([code, out], [0, 'The second step of kim is open.\n'])
  assert.equal((await line.trail()).at(-1)?.ev, 'factor.unlocked')
  await line.close()
})

test('[CK-02] codes spent in a wrong future are given back at the terminal, when another clock says the same', async () => {
  const line = await commandLine({ preset: 'erp' })
  const secret = await withApp(line, 'kim')
  line.clock.pass(hours(24))
  opened(await type(line, waiting(await line.password('kim')), appCode(line, secret)))
  line.clock.pass(-hours(24))
  const repair = (time: number) =>
    line.run(
      `--site acme users repair-steps kim --reason hibernated --time ${new Date(time).toISOString().slice(0, 16)}Z`,
    )
  const off = await repair(line.clock.now() - hours(1))
  assert.deepEqual([off.code, off.out], [4, ''])
  assert.match(off.err, /set the wrong one right first/)
  const done = await repair(line.clock.now())
  assert.deepEqual([done.code, done.err], [0, ''])
  assert.match(done.out, /Codes of kim are accepted again/)
  assert.match((await repair(line.clock.now())).out, /No code of kim was used while the clock was ahead/)
  await line.close()
})
