import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { withApp } from '../../test/enrolment-steps.ts'
import { siteFor, type } from '../../test/steps.ts'
import type { World } from '../../test/world.ts'
import { pendingLogin, pendingSeen } from './pending-login.ts'

/** A new sign-in, and what is known of it without another reading. */
async function begun(at: World, username: string) {
  const outcome = await at.password(username)
  return outcome.kind === 'pending' ? outcome : assert.fail(outcome.kind)
}

async function oneWithApp(t: TestContext): Promise<World> {
  const at = await siteFor(t, 'erp')
  await withApp(at, 'kim')
  return at
}

test('what is known of a new sign-in without reading it again is what a reading shows', async (t) => {
  const at = await oneWithApp(t)
  for (const failed of [0, 1]) {
    const { pending, seen } = await begun(at, 'kim')
    assert.ok(seen)
    const known = pendingSeen(seen, at.clock.now())
    const read = await pendingLogin(at.ports, { site: at.site.id, pendingToken: pending.token })
    assert.deepEqual(known?.view, read?.view)
    assert.deepEqual(known?.challenge, read?.challenge)
    const { issuedCode, ...rest } = { issuedCode: null, ...read?.file }
    assert.deepEqual([issuedCode, known?.file], [null, rest])
    if (failed === 0) await type(at, pending.token, '000000')
  }
})

test('with a message on its way the sign-in is read again, because it may have arrived meanwhile', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { deliver, seen } = await begun(at, 'kim')
  assert.ok(deliver !== null)
  assert.equal(seen, undefined)
})
