import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appCode, look, shown, withApp } from '../../test/enrolment-steps.ts'
import { siteFor, type, waiting } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'
import { resetAuthenticators } from './authenticators.ts'

test('a reset ends an enrolment that is under way: who saw its QR code before can bind nothing with it', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen' })
  await withApp(at, 'kim')
  const order = { ...ADMIN, site: 'acme', username: 'kim' }
  assert.equal((await resetAuthenticators(at.ports, order)).kind, 'saved')
  const pending = waiting(await at.password('kim'))
  const { secret } = shown(await look(at, pending))
  assert.equal((await resetAuthenticators(at.ports, order)).kind, 'saved')
  assert.notEqual((await type(at, pending, appCode(at, secret))).kind, 'signed-in')
  const person = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.deepEqual([person?.enrolment, person?.apps], [null, []])
})
