import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from '../../test/command-line.ts'

test('[S4.13] All unticked: nobody is asked any more for holding it', async () => {
  const line = await commandLine({ preset: 'erp' })
  assert.notEqual((await line.password('kim')).kind, 'signed-in')
  const { code, out } = await line.run('--site acme roles set All --two-factor-auth off')
  assert.deepEqual([code, out], [0, 'Role All: 2FA off (every system user holds it).\n'])
  assert.equal((await line.password('kim')).kind, 'signed-in')
  await line.close()
})

test('[S4.14] other roles ticked instead: their holders are asked, the others are not', async () => {
  const line = await commandLine({ preset: 'erp' })
  await line.run('--site acme roles set All --two-factor-auth off')
  const set = await line.run(['--site', 'acme', 'roles', 'set', 'Accounts Manager', '--two-factor-auth', 'on'])
  assert.equal(set.code, 0)
  assert.equal((await line.password('sam')).kind, 'pending')
  assert.equal((await line.password('kim')).kind, 'signed-in')
  await line.close()
})

test('a role narrows, shortens and forbids; none takes its opinion away', async () => {
  const line = await commandLine()
  const set = (more: string) => line.json(`--site acme roles set All ${more}`)
  const spoken = await set(
    '--methods app,email --interval-hours 8 --grace-days 3 --bypass-allowed off --trusted-networks 10.0.0.0/8',
  )
  const unspoken = { methods_allowed: null, interval_hours: null, grace_days: null, trusted_networks: null }
  const same = { name: 'All', two_factor_auth: false, fail_open_allowed: true, bypass_allowed: false }
  const said = { methods_allowed: ['app', 'email'], interval_hours: 8, grace_days: 3, trusted_networks: ['10.0.0.0/8'] }
  assert.deepEqual(spoken, { ...same, ...said })
  assert.deepEqual(await set('--methods none --interval-hours none --grace-days none --trusted-networks none'), {
    ...same,
    ...unspoken,
  })
  await line.close()
})

test('what a site would refuse is refused for a role', async () => {
  const line = await commandLine()
  for (const bad of [
    '--methods carrier-pigeon',
    '--interval-hours 9000',
    '--trusted-networks everywhere',
    '--grace-days 1000',
  ]) {
    const { code, err } = await line.run(`--site acme roles set All ${bad}`)
    assert.equal(code, 4, bad)
    assert.notEqual(err, '')
  }
  assert.equal((await line.run('--site acme roles set All --two-factor-auth yes')).code, 2)
  assert.equal((await line.run('--site acme roles set All')).code, 2)
  const near = await line.run(['--site', 'acme', 'roles', 'set', 'Account Manager', '--two-factor-auth', 'on'])
  assert.deepEqual([near.code, near.err], [3, 'There is no role "Account Manager". Did you mean Accounts Manager?\n'])
  await line.close()
})

test('roles are listed', async () => {
  const line = await commandLine({ preset: 'erp' })
  const { out } = await line.run('--site acme roles list')
  assert.match(out, /^Role +2FA +Exemptions count +May fail open +Methods +Hours$/m)
  assert.match(out, /^All +on +on +on$/m)
  assert.match(out, /^Accounts Manager +off +on +on$/m)
  await line.close()
})

test('an application says what users made from now on get', async () => {
  const line = await commandLine()
  assert.match((await line.run('--site acme applications list')).out, /^web +off +Web$/m)
  const on = (await line.json('--site acme applications set web --default-for-new-users on')) as Record<string, unknown>
  assert.equal(on['default_for_new_users'], true)
  await line.run('--site acme users add lee')
  const [kim, lee] = [await line.json('--site acme users show kim'), await line.json('--site acme users show lee')]
  const web = (user: unknown) =>
    (user as { applications: { web: { two_factor: boolean } } }).applications.web.two_factor
  assert.deepEqual([web(kim), web(lee)], [false, true])
  assert.equal((await line.run('--site acme applications set wep --default-for-new-users on')).code, 3)
  assert.equal((await line.run('--site acme applications set web')).code, 2)
  assert.ok((await line.trail()).some(({ ev }) => ev === 'application.changed'))
  await line.close()
})

test('a role is made before it is held, not twice, and not without a name', async () => {
  const line = await commandLine({ preset: 'retail' })
  const made = await line.run('--site acme roles add Cashier --two-factor-auth on')
  assert.deepEqual(
    [made.code, made.out, made.err],
    [0, 'Role Cashier is made: 2FA on.\n', 'Next: countersign --site acme users set NAME --role Cashier\n'],
  )
  assert.equal((await line.run('--site acme users set kim --role Cashier')).code, 0)
  const again = await line.run('--site acme roles add cashier')
  assert.deepEqual([again.code, again.err], [4, 'There is a role "cashier" already. "roles set" changes it.\n'])
  assert.equal((await line.run(['--site', 'acme', 'roles', 'add', '  '])).code, 4)
  assert.equal((await line.run('--site acme roles add Packer --methods fax')).code, 4)
  const spaced = await line.run(['--site', 'acme', 'roles', 'add', 'Night shift'])
  assert.match(spaced.err, /--role "Night shift"/)
  await line.close()
})
