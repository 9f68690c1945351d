import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CommandLine, commandLine } from '../../test/command-line.ts'
import { setUp } from '../../test/real-channels.ts'

const PASSWORD = 'a password of nine words'

/** A site as an operator makes it: nothing is switched on. */
async function freshSite(line: CommandLine, name: string, preset = 'erp'): Promise<void> {
  assert.equal((await line.run(`sites create ${name} --preset ${preset}`)).code, 0)
  const added = await line.run(
    `--site ${name} users add kim --email kim@${name}.test --password-stdin`,
    `${PASSWORD}\n`,
  )
  assert.equal(added.code, 0, added.err)
}

test('[S2.1] [S4.2] the line that ERPNext administrators know: the next sign-in is asked', async () => {
  const line = await commandLine()
  await freshSite(line, 'fresh')
  assert.equal((await line.signInAt('fresh', 'kim', PASSWORD)).kind, 'signed-in')

  const ran = await line.run('--site fresh set-config enable_two_factor_auth true')
  assert.equal(ran.code, 0)
  assert.equal(ran.out, 'two_factor.enabled: false → true\n')

  const next = await line.signInAt('fresh', 'kim', PASSWORD)
  assert.ok(next.kind === 'pending', next.kind)
  await line.close()
})

test('[S2.2] [S4.3] it concerns the named site only', async () => {
  const line = await commandLine()
  await freshSite(line, 'north')
  await freshSite(line, 'south')
  assert.equal((await line.run('--site north set-config enable_two_factor_auth true')).code, 0)
  assert.equal((await line.signInAt('north', 'kim', PASSWORD)).kind, 'pending')
  assert.equal((await line.signInAt('south', 'kim', PASSWORD)).kind, 'signed-in')
  assert.equal((await line.run('--site south get-config enable_two_factor_auth')).out, 'false\n')
  await line.close()
})

test('[S2.13] switching on flags the role All, and says so', async () => {
  const line = await commandLine()
  await freshSite(line, 'fresh')
  const ran = await line.run('--site fresh set-config enable_two_factor_auth true')
  assert.match(ran.err, /The role All is flagged with it/)
  assert.equal((await role(line, 'fresh', 'All')).two_factor_auth, true)
  await line.close()
})

test('[S2.13b] All stays cleared when any other setting is saved, and when two-factor is saved as on once more', async () => {
  const line = await commandLine({ preset: 'erp' })
  assert.equal((await line.run('--site acme roles set All --two-factor-auth off')).code, 0)
  for (const setting of ['code.digits 8', 'enable_two_factor_auth true']) {
    const ran = await line.run(`--site acme set-config ${setting}`)
    assert.equal(ran.code, 0)
    assert.doesNotMatch(ran.err, /role All/)
  }
  assert.equal((await role(line, 'acme', 'All')).two_factor_auth, false)
  await line.close()
})

test('[S0.5] one switch turns asking on and off for everybody', async () => {
  const line = await commandLine()
  assert.equal((await line.run('--site acme set-config two_factor.enabled off')).code, 0)
  for (const name of ['kim', 'sam', 'root']) assert.equal((await line.password(name)).kind, 'signed-in')
  assert.equal((await line.run('--site acme set-config two_factor.enabled on')).code, 0)
  for (const name of ['kim', 'sam', 'root']) assert.equal((await line.password(name)).kind, 'pending')
  await line.close()
})

test('[S0.6] a new site of the manufacturing preset asks every 168 hours', async () => {
  const line = await commandLine()
  await freshSite(line, 'plant', 'manufacturing')
  assert.equal((await line.run('--site plant get-config challenge.interval_hours')).out, '168\n')
  await line.close()
})

test('[S0.7] [S4.11] what is saved counts from then on, and the audit log has the old and the new value', async () => {
  const line = await commandLine()
  assert.equal((await line.run('--site acme set-config two_factor.enabled maybe')).code, 4)
  assert.equal((await line.password('kim')).kind, 'pending', 'what was not saved changes nothing')
  await line.run('--site acme set-config two_factor.enabled false')
  assert.equal((await line.password('kim')).kind, 'signed-in')

  const row = (await line.trail()).findLast(({ ev }) => ev === 'policy.changed')
  assert.deepEqual(row?.data, { changes: [{ key: 'two_factor.enabled', from: true, to: false }] })
  assert.deepEqual(row?.actor, { type: 'operator', id: 'cli', name: 'ada' })
  await line.close()
})

test('several settings are saved together, or none is', async () => {
  const line = await commandLine()
  const changed = await line.json('--site acme set-config code.digits 8 code.ttl_seconds 120')
  assert.deepEqual(changed, {
    site: 'acme',
    version: line.site.settingsVersion + 2,
    changes: [
      { key: 'code.digits', from: 6, to: 8 },
      { key: 'code.ttl_seconds', from: 600, to: 120 },
    ],
    roles_flagged: [],
  })
  const refused = await line.run('--site acme set-config code.digits 7 code.ttl_seconds 5')
  assert.equal(refused.code, 4)
  assert.match(refused.err, /^code\.ttl_seconds: /)
  assert.equal((await line.run('--site acme get-config code.digits')).out, '8\n')
  assert.equal((await line.run('--site acme set-config code.digits 7 code.ttl_seconds')).code, 2)
  assert.equal((await line.run('--site acme set-config code.digits 7 code.digits 6')).code, 2)
  await line.close()
})

test('an unknown setting is no success, and the nearest key is suggested', async () => {
  const line = await commandLine()
  for (const [typed, meant] of [
    ['enable_two_factor_aut', 'enable_two_factor_auth'],
    ['chalenge.interval_hours', 'challenge.interval_hours'],
  ]) {
    const set = await line.run(`--site acme set-config ${typed} true`)
    assert.deepEqual([set.code, set.out], [2, ''])
    assert.match(set.err, new RegExp(`There is no setting "${typed}"\\. Did you mean ${meant}\\?`))
    const get = await line.run(`--site acme get-config ${typed}`)
    assert.deepEqual([get.code, get.out], [2, ''])
    assert.match(get.err, new RegExp(`Did you mean ${meant}\\?`))
  }
  await line.close()
})

test('what is set already is said and not saved again', async () => {
  const line = await commandLine()
  const rows = (await line.trail()).length
  const ran = await line.run('--site acme set-config two_factor.enabled true')
  assert.deepEqual([ran.code, ran.out], [0, ''])
  assert.match(ran.err, /^Nothing to change/)
  assert.equal((await line.trail()).length, rows)
  await line.close()
})

async function role(line: CommandLine, site: string, name: string): Promise<{ readonly two_factor_auth: boolean }> {
  const roles = (await line.json(`--site ${site} roles list`)) as readonly { name: string; two_factor_auth: boolean }[]
  const found = roles.find((each) => each.name === name)
  assert.ok(found)
  return found
}

test('[F2] a channel that was never proved: who could be locked out is named, and --acknowledge saves all the same', async (t) => {
  const line = await commandLine({ preset: 'erp' })
  t.after(line.close)
  await setUp(line, 'email', { kind: 'smtp', host: '127.0.0.1', port: 1, tls: 'none', from: 'no-reply@acme.test' })
  for (const words of ['set-config methods.allowed email', 'preset manufacturing']) {
    const refused = await line.run(`--site acme ${words}`)
    assert.equal(refused.code, 4, refused.err)
    assert.match(refused.err, /Users: .*kim, op, root, sam/)
    assert.match(refused.err, /countersign --site acme delivery test email ADDRESS/)
  }
  assert.equal((await line.run('--site acme set-config methods.allowed email --acknowledge')).code, 0)
})

test('[S2.12] SMS without a gateway is refused, with the command that sets one up', async (t) => {
  const line = await commandLine({ preset: 'erp' })
  t.after(line.close)
  await line.mailbox.setBehaviour({ sms: 'unconfigured' })
  const refused = await line.run('--site acme set-config methods.allowed sms --acknowledge')
  assert.equal(refused.code, 4, refused.err)
  assert.match(refused.err, /countersign --site acme channels set sms --file FILE/)
})
