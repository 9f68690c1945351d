import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passkeySite, signInOptions } from '../../test/passkey-world.ts'
import { signInRequest } from './passkey-options.ts'

test('a passkey that signs in by itself has to verify its user; there is no sign-in by one where there is no origin for it', async (t) => {
  const at = await passkeySite(t)
  const asked = signInRequest(at.ports, at.site, at.clock.now())
  assert.ok(typeof asked !== 'string')
  assert.deepEqual([asked.userVerification, asked.rpId, asked.allowCredentials], ['required', 'localhost', []])
  assert.notEqual(asked.challenge, signInOptions(at).challenge)
  const onAddress = { ...at.ports, origin: 'https://192.0.2.1' }
  assert.equal(typeof signInRequest(onAddress, at.site, at.clock.now()), 'string')
})
