import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SETTING_KEYS } from '#policy/settings.ts'
import { commandLine } from '../../test/command-line.ts'

test('every setting is listed with its value, and the defaults are marked', async () => {
  const line = await commandLine()
  const { code, out } = await line.run('--site acme get-config')
  assert.equal(code, 0)
  const rows = out.trimEnd().split('\n').slice(1)
  assert.deepEqual(
    rows.map((row) => row.split(' ')[0]),
    SETTING_KEYS,
  )
  assert.match(out, /^code\.digits +default +6$/m)
  assert.match(out, /^lock\.seconds +default +900$/m)
  assert.match(out, /^two_factor\.enabled +site +true$/m)
  await line.close()
})

test('as JSON each setting comes with its default', async () => {
  const line = await commandLine()
  const all = (await line.json('--site acme get-config')) as Record<string, unknown>
  assert.deepEqual(Object.keys(all), SETTING_KEYS)
  assert.deepEqual(all['methods.allowed'], {
    value: ['email'],
    default: ['app', 'passkey', 'recovery', 'email', 'sms'],
    is_default: false,
  })
  assert.deepEqual(await line.json('--site acme get-config lock.after'), {
    key: 'lock.after',
    value: 10,
    default: 10,
    is_default: true,
  })
  await line.close()
})

test('one value is printed alone, in a form that set-config takes back', async () => {
  const line = await commandLine({ preset: 'fleet' })
  for (const key of SETTING_KEYS) {
    const { out } = await line.run(['--site', 'acme', 'get-config', key])
    const again = await line.run(['--site', 'acme', 'set-config', key, out.trimEnd()])
    assert.equal(again.code, 0, `${key} ${out} ${again.err}`)
    assert.match(again.err, /^Nothing to change/, key)
  }
  await line.close()
})

test('names from elsewhere work too', async () => {
  const line = await commandLine()
  assert.equal((await line.run('--site acme get-config otp_issuer_name')).out, '\n')
  assert.equal((await line.run('--site acme get-config allow_login_after_fail')).out, '900\n')
  await line.close()
})
