import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { siteFor } from '../../test/steps.ts'
import { agreeOnEnvironment } from './agree-on-environment.ts'

test('[FO-09] a node with another environment is not agreed with while one of the others lives', async (t) => {
  const { ports, clock } = await siteFor(t, 'manufacturing')
  assert.equal(await agreeOnEnvironment(ports, 'with-mail'), true)
  assert.equal(await agreeOnEnvironment(ports, 'without'), false)
  clock.pass(seconds(20))
  assert.equal(await agreeOnEnvironment(ports, 'with-mail'), true, 'a second node, or the first again')
  clock.pass(seconds(20))
  assert.equal(await agreeOnEnvironment(ports, 'without'), false, 'they were heard of twenty seconds ago')
  clock.pass(seconds(11))
  assert.equal(await agreeOnEnvironment(ports, 'without'), true)
  assert.equal(await agreeOnEnvironment(ports, 'with-mail'), false, 'now this one is the odd one out')
})
