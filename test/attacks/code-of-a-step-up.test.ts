import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { apiWorld } from '../api-world.ts'
import { appCode, withApp } from '../enrolment-steps.ts'

test('[RP-08] a code that was spent on a step-up opens no sign-in, and none of a sign-in passes a step-up', async (t) => {
  const at = await apiWorld({ preset: 'erp' })
  t.after(at.close)
  const secret = await withApp(at, 'kim')
  const verify = (token: string, code: string) => at.api('POST /login/verify', { token, body: { code } })
  const signIn = async () => (await at.login('kim')).body.pending.token as string
  const stepUp = async (token: string) =>
    (await at.api('POST /session/step-up', { token })).body.pending.token as string

  const ofSignIn = appCode(at, secret)
  const session = (await verify(await signIn(), ofSignIn)).body.session.token
  assert.equal((await verify(await stepUp(session), ofSignIn)).body.code, 'invalid_code')

  at.clock.pass(seconds(30))
  const ofStepUp = appCode(at, secret)
  assert.equal((await verify(await stepUp(session), ofStepUp)).body.status, 'renewed')
  assert.equal((await verify(await signIn(), ofStepUp)).body.code, 'invalid_code')
  at.clock.pass(seconds(30))
  assert.equal((await verify(await signIn(), ofStepUp)).body.code, 'invalid_code')
  assert.equal((await verify(await signIn(), appCode(at, secret))).body.status, 'signed_in')
})
