import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acr, amr, type Evidence, secondFactor } from './evidence.ts'

const at = 0
const password: Evidence = { kind: 'password', at }
const key = (userVerified: boolean, deviceBound: boolean): Evidence => ({
  kind: 'passkey',
  userVerified,
  deviceBound,
  at,
})

test('[R-060] a code sent to a mailbox is called a mailbox, and never two factors', () => {
  for (const over of [['email'], ['sms', 'email']] as const) {
    const evidence: Evidence[] = [password, { kind: 'code', over, at }]
    assert.deepEqual([amr(evidence), acr(evidence)], [['pwd', 'email'], 'aal1'])
  }
})

test('[R-085] what is claimed of a passkey is what it has shown', () => {
  const claims = (...evidence: Evidence[]) => [...amr(evidence), acr(evidence)].join(' ')
  assert.equal(claims(key(true, true)), 'hwk user mfa aal2')
  assert.equal(claims(key(true, false)), 'swk user mfa aal2')
  assert.equal(claims(key(false, true)), 'hwk user aal1')
  assert.equal(claims(password, key(false, true)), 'pwd hwk user mfa aal2')
})

test('a hardware token is something held; a recovery code stands in for it, and claims nothing', () => {
  const claims = (...evidence: Evidence[]) => [...amr(evidence), acr(evidence), secondFactor(evidence)].join(' ')
  assert.equal(claims(password, { kind: 'hardware', at }), 'pwd otp mfa aal2 hardware')
  assert.equal(claims(password, { kind: 'recovery', at }), 'pwd recovery aal1 recovery')
})
