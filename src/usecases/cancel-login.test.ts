import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOME } from '../../test/world.ts'
import { siteFor, type as answer, waiting } from '../../test/steps.ts'
import { cancelLogin } from './cancel-login.ts'

test('a cancelled sign-in takes no code any more, and the log says who gave it up', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pendingToken = waiting(await at.password('kim'))
  const order = { site: at.site.id, pendingToken, origin: HOME }
  assert.equal(await cancelLogin(at.ports, order), 'cancelled')
  assert.equal((await answer(at, pendingToken, at.codeFor('kim'))).kind, 'gone')
  assert.equal(await cancelLogin(at.ports, order), 'over')
  const [row, ...more] = (await at.trail()).filter(({ ev }) => ev === 'auth.challenge.cancelled')
  assert.equal(row?.actor.name, 'kim')
  assert.equal(more.length, 0)
})
