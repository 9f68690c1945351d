import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteFor } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'
import { checkSwitches, planSwitches } from './plan-switches.ts'

test('only switches that are not so already are changed, each with an entry of its own', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const person = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(person)
  const [one] = person.applications
  assert.ok(one)
  const applications = [one, { ...one, name: 'other', title: 'Other' }]
  const [first, second] = [one.name, 'other']
  const plan = planSwitches(ADMIN, person.user, applications, {
    before: { [first]: true, [second]: true },
    wanted: { [first]: false, [second]: true },
  })
  assert.deepEqual(plan.changes, [
    { kind: 'set-user-application', user: person.user.id, application: first, twoFactor: false },
  ])
  assert.deepEqual(
    plan.events.map(({ ev, application, data }) => [ev, application, data['enabled']]),
    [['user.two_factor.changed', first, false]],
  )
  const on = planSwitches(ADMIN, person.user, person.applications, {
    before: { [first]: false },
    wanted: { [first]: true },
  })
  assert.deepEqual(
    on.events.map(({ data }) => data['enabled']),
    [true],
  )
})

test('an application that nobody has is named in the pointer to it', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const file = await at.ports.store.siteFile(at.site.name)
  assert.deepEqual(
    checkSwitches(file?.applications ?? [], { web: true, 'a/b': false }).map(({ field }) => field),
    ['applications/a~1b'],
  )
})
