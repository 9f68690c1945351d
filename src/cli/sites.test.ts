import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PRESET_NAMES } from '#policy/presets.ts'
import { commandLine } from '../../test/command-line.ts'
import { PRESET_WORDS } from './server-commands.ts'

test('sites are made, listed and deleted', async () => {
  const line = await commandLine()
  const made = await line.json(['sites', 'create', 'globex', '--preset', 'fleet', '--title', 'Globex Ltd'])
  assert.deepEqual(made, {
    name: 'globex',
    title: 'Globex Ltd',
    preset: 'fleet',
    login: 'http://localhost:4180/globex/login',
  })
  assert.deepEqual(await line.json('sites list'), [
    { name: 'acme', title: 'Acme', two_factor: true },
    { name: 'globex', title: 'Globex Ltd', two_factor: false },
  ])
  assert.match(
    (await line.run('sites list')).out,
    /^Site +Two-factor +Title\nacme +on +Acme\nglobex +off +Globex Ltd\n$/,
  )

  const careful = await line.run('sites delete globex')
  assert.deepEqual([careful.code, careful.out], [2, ''])
  assert.match(careful.err, /Add --yes/)
  assert.equal((await line.run('sites delete globex --yes')).code, 0)
  assert.equal((await line.run('sites delete globex --yes')).code, 3)
  await line.close()
})

test('a new site is explained: users first, then the switch', async () => {
  const line = await commandLine()
  const { out, err } = await line.run('sites create globex')
  assert.match(out, /http:\/\/localhost:4180\/globex\/login/)
  assert.match(err, /--site globex users add NAME/)
  assert.match((await line.run('--site globex users list')).err, /There are no users yet.*users add NAME/)
  assert.deepEqual(await line.json('--site globex users list'), [])
  assert.match((await line.run('--site globex api-keys list')).err, /no API key yet/)
  await line.close()
})

test('names that cannot be a site, and presets that do not exist', async () => {
  const line = await commandLine()
  assert.equal((await line.run('sites create Acme!')).code, 4)
  assert.equal((await line.run('sites create metrics')).code, 4)
  assert.equal((await line.run('sites create acme')).code, 4)
  const preset = await line.run('sites create globex --preset retial')
  assert.equal(preset.code, 2)
  assert.match(preset.err, /Did you mean retail\?/)
  await line.close()
})

test('the site has to be named, and to be there', async () => {
  const line = await commandLine()
  const unnamed = await line.run('users list')
  assert.deepEqual([unnamed.code, unnamed.out], [2, ''])
  assert.match(unnamed.err, /Add --site NAME/)
  const wrong = await line.run('--site acne users list')
  assert.deepEqual([wrong.code, wrong.err], [3, 'There is no site "acne". Did you mean acme?\n'])
  await line.close()
})

test('the help names the presets that there are', () => {
  assert.deepEqual(PRESET_WORDS.split(/, | or /), [...PRESET_NAMES])
})
