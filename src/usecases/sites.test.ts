import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteFor } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'
import { createSite } from './sites.ts'

test('a site is not made under a name that no address could have, nor under one of ours, and is told why', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const make = (name: string) => createSite(at.ports, { ...ADMIN, name })
  const spelled = await make('Acme Works')
  assert.ok(spelled.kind === 'invalid-name')
  assert.match(spelled.problem, /lower-case letters.*"Acme Works" is not/)
  const reserved = await make('assets')
  assert.ok(reserved.kind === 'invalid-name')
  assert.match(reserved.problem, /assets is a reserved name/)
  assert.notEqual((await make(at.site.name)).kind, 'created')
  assert.equal((await make('works')).kind, 'created')
})
