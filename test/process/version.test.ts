import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ofThisVersion, packageVersion } from '../../src/version.ts'

test('code of another version is not loaded into a server that is running', async () => {
  let installed = '1.0.0'
  const later = ofThisVersion(() => installed)
  assert.equal(await later(async () => 'loaded'), 'loaded')
  installed = '1.1.0'
  const refused = later(() => assert.fail('the code of another version'))
  await assert.rejects(refused, /Version 1\.1\.0 was installed while 1\.0\.0 is running: start the server anew\./)
  installed = '1.0.0'
  assert.equal(await later(async () => 'loaded'), 'loaded')
  assert.match(packageVersion(), /^\d+\.\d+\.\d+/)
})
