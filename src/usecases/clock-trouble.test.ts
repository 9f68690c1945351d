import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '#domain/time.ts'
import { appCode, withApp } from '../../test/enrolment-steps.ts'
import { siteFor, type, waiting } from '../../test/steps.ts'
import type { World } from '../../test/world.ts'

/** The codes of a phone whose clock is so many half minutes off, one after the other, in one sign-in; what the last is told about the clock. */
async function typed(at: World, secret: string, offsets: readonly number[]): Promise<number | null> {
  const pending = waiting(await at.password('kim'))
  let slowBy: number | null = null
  for (const offset of offsets) {
    const outcome = await type(at, pending, appCode(at, secret, offset))
    assert.ok(outcome.kind === 'refused', outcome.kind)
    slowBy = outcome.clock?.slowBy ?? null
    at.clock.pass(minutes(1))
  }
  return slowBy
}

test('a phone whose clock is slow is told by how much after two codes, one that is fast is told nothing', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen' })
  const secret = await withApp(at, 'kim')
  assert.equal(await typed(at, secret, [-6]), null, 'one code alone says nothing')
  assert.equal(await typed(at, secret, [-6, -6]), minutes(3))
  assert.equal(await typed(at, secret, [-6, -7]), null, 'by two amounts')
  assert.equal(await typed(at, secret, [6, 6]), null, 'which step will be right in a while is for nobody to learn')
})

test('a clock that is more than ten minutes off is not looked for', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen' })
  const secret = await withApp(at, 'kim')
  assert.equal(await typed(at, secret, [-20, -20]), minutes(10))
  assert.equal(await typed(at, secret, [-21, -21]), null)
})
