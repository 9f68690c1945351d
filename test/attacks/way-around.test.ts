import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signInExternally } from '#usecases/sign-in-external.ts'
import { opened, rows, siteFor, type, waiting } from '../steps.ts'
import { HOME } from '../world.ts'

// Somebody has stolen the password of a person who usually comes in through the company's identity provider, where the second factor
// is not ours to ask for. The form with the password must not be a way around it.

test('edge case 11: who comes in by an identity provider is asked all the same when it is by password', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const vouched = { site: at.site.id, username: 'kim', provider: 'company', multiFactor: false, origin: HOME }
  opened(await signInExternally(at.ports, { ...vouched, mode: 'skip' }))
  assert.equal(at.messages().length, 0)
  const [session] = await rows(at, 'session.created')
  assert.deepEqual([session?.data['2fa'], session?.data['provider']], ['external', 'company'])

  const pending = waiting(await at.password('kim'))
  assert.equal(at.messages().length, 1)
  opened(await type(at, pending, at.codeFor('kim')))

  // Nor does the provider's word help where the site does not take it for a second factor.
  waiting(await signInExternally(at.ports, { ...vouched, mode: 'require' }))
  waiting(await signInExternally(at.ports, { ...vouched, mode: 'trust_amr' }))
  opened(await signInExternally(at.ports, { ...vouched, mode: 'trust_amr', multiFactor: true }))
})
