import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PRESET_NAMES, presetSettings } from '#policy/presets.ts'
import { commandLine } from '../../test/command-line.ts'

test('a preview names people and reasons, and leaves the site as it was', async () => {
  const line = await commandLine({ preset: 'erp' })
  const { code, out } = await line.run(
    '--site acme preview two_factor_method SMS two_factor.include_website_users true',
  )
  assert.equal(code, 0)
  assert.match(out, /^methods\.allowed: \["app"\] → \["sms"\]$/m)
  assert.match(out, /^Of 6 active users: 0 people would newly be asked for a second factor, 0 no longer\.$/m)
  assert.match(out, /^Could not pass\nUser +Application +Administrator +Because\nsvc +web +refused$/m)
  assert.equal((await line.run('--site acme get-config methods.allowed')).out, 'app\n')
  const data = (await line.json('--site acme preview two_factor.enabled false')) as Record<string, unknown>
  assert.deepEqual(data['counts'], { newly_asked: 0, no_longer_asked: 4, cannot_pass: 0, not_enforced: 0 })
  await line.close()
})

test('a preview of what cannot be saved is refused', async () => {
  const line = await commandLine()
  assert.equal((await line.run('--site acme preview code.digits 9')).code, 4)
  assert.equal((await line.run('--site acme preview code.digit 7')).code, 2)
  assert.equal((await line.run('--site acme preview code.digits')).code, 2)
  assert.equal((await line.run('--site nowhere preview code.digits 8')).code, 3)
  await line.close()
})

test('a preset shows old and new values, first without doing it, then doing it', async () => {
  const line = await commandLine({ preset: 'manufacturing' })
  const dry = await line.run('--site acme preset erp --dry-run')
  assert.match(dry.out, /^challenge\.interval_hours: 168 → 0$/m)
  assert.match(dry.out, /no longer\.$/m)
  assert.equal(dry.err, 'Nothing was changed.\n')
  assert.equal((await line.run('--site acme get-config challenge.interval_hours')).out, '168\n')
  const done = await line.run('--site acme preset erp')
  assert.ok(dry.out.startsWith(`${done.out}\n`))
  assert.equal((await line.run('--site acme get-config challenge.interval_hours')).out, '0\n')
  const again = await line.run('--site acme preset erp')
  assert.deepEqual([again.code, again.out], [0, ''])
  assert.match(again.err, /has the settings of erp already/)
  assert.match((await line.run('--site acme preset fleat')).err, /Did you mean fleet\?/)
  await line.close()
})

test('from every preset to every other one: what it speaks of, and nothing left of the one before', async () => {
  const line = await commandLine({ preset: 'retail' })
  for (const name of [...PRESET_NAMES, ...PRESET_NAMES.toReversed()]) {
    await line.run(`--site acme preset ${name}`)
    const { settings } = (await line.ports.store.siteFile('acme')) ?? assert.fail()
    const own = { 'two_factor.enabled': true, 'contact.persons': settings['contact.persons'] }
    assert.deepEqual(settings, { ...presetSettings(name), ...own }, name)
  }
  await line.close()
})

test('a setting is found by the name it had elsewhere', async () => {
  const line = await commandLine()
  const { code, out } = await line.run('settings search hours between challenges')
  assert.equal(code, 0)
  assert.match(out, /^challenge\.interval_hours +Next Plus: Hours Between Challenges \(Settings, System\)/m)
  const found = (await line.json(['settings', 'search', 'OTP Issuer Name'])) as { settings: readonly { key: string }[] }
  assert.equal(found.settings[0]?.key, 'otp.issuer')
  const unknown = await line.run('settings search otp isuer name')
  assert.deepEqual([unknown.code, unknown.out], [3, ''])
  assert.match(unknown.err, /Did you mean "OTP Issuer Name"\?/)
  await line.close()
})
