import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteFor } from '../../test/steps.ts'
import type { World } from '../../test/world.ts'
import { standingAt } from './standing.ts'

async function standingOf(at: World, username: string): Promise<string> {
  const person = await at.ports.store.personFile(at.site.id, username, at.clock.now())
  assert.ok(person)
  return standingAt(person, at.clock.now()).standing
}

test('where no channel was ever set up, somebody is let in, has to enrol or is refused, as the site says', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  assert.equal(await standingOf(at, 'kim'), 'ready')
  await at.mailbox.setBehaviour({ email: 'unconfigured', sms: 'unconfigured' })
  for (const [what, standing] of [
    ['allow', 'let_in'],
    ['block', 'refused'],
    ['enrol_app', 'must_enrol'],
  ] as const) {
    await at.set({ 'delivery.when_unconfigured': what })
    assert.equal(await standingOf(at, 'kim'), standing, what)
  }
  await at.set({ 'two_factor.enabled': false })
  assert.equal(await standingOf(at, 'kim'), 'not_required')
})
