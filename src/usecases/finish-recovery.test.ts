import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes } from '#domain/time.ts'
import { appCode, withApp } from '../../test/enrolment-steps.ts'
import { siteFor, type, waiting } from '../../test/steps.ts'
import { ADMIN, HOME, type World } from '../../test/world.ts'
import { askRecovery } from './ask-recovery.ts'
import { finishRecovery } from './finish-recovery.ts'
import { approveRecovery, bindingCode } from './judge-recovery.ts'

/** Kim asks, is approved, and is told a code; she types it after what happens in between. */
async function begins(at: World, between: () => Promise<unknown>): Promise<string> {
  const site = at.site.id
  const pendingToken = waiting(await at.password('kim'))
  await askRecovery(at.ports, { site, pendingToken, note: 'in the river', origin: HOME })
  const order = { ...ADMIN, site: 'acme', username: 'kim', reason: 'she stood before me' }
  await approveRecovery(at.ports, { ...order, checks: ['seen', 'called_back'] })
  at.clock.pass(hours(1))
  await between()
  const given = await bindingCode(at.ports, order)
  assert.ok(given.kind === 'issued', given.kind)
  const again = waiting(await at.password('kim'))
  return (await finishRecovery(at.ports, { site, pendingToken: again, code: given.code.reveal(), origin: HOME })).kind
}

test('who proves what is said to be lost has not lost it: then somebody else was asking', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen' })
  const secret = await withApp(at, 'kim')
  assert.equal(
    await begins(at, async () => type(at, waiting(await at.password('kim')), appCode(at, secret))),
    'refused',
  )
  at.clock.pass(hours(73) + minutes(1))
  assert.equal(await begins(at, () => Promise.resolve()), 'begun-anew')
})
