import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '#domain/secret.ts'
import { minutes } from '#domain/time.ts'
import { opened, siteFor, visit } from '../../test/steps.ts'
import { HOME, type World } from '../../test/world.ts'
import { confirmPassword } from './confirm-password.ts'

async function inside(at: World): Promise<(password: string) => ReturnType<typeof confirmPassword>> {
  await at.set({ 'two_factor.enabled': false })
  const sessionToken = opened(await at.password('kim'))
  return (password) =>
    confirmPassword(at.ports, { site: at.site.id, sessionToken, origin: HOME, password: new Secret(password) })
}

test('after ten wrong ones the right password waits too, and counts again when the wait is over', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const confirm = await inside(at)
  for (let wrong = 0; wrong < 10; wrong += 1) {
    const outcome = await confirm('not it')
    assert.notEqual(outcome.kind, 'renewed')
  }
  const throttled = await confirm('kim-demo-password')
  assert.ok(throttled.kind === 'password-throttled', throttled.kind)
  at.clock.pass(throttled.retryAt - at.clock.now() - 1)
  assert.equal((await confirm('kim-demo-password')).kind, 'password-throttled')
  at.clock.pass(1)
  const renewed = await confirm('kim-demo-password')
  assert.ok(renewed.kind === 'renewed')
  assert.equal((await visit(at, renewed.token)).kind, 'granted')
})

test('a right one takes the wrong ones before it back', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const confirm = await inside(at)
  for (let wrong = 0; wrong < 9; wrong += 1) await confirm('not it')
  const renewed = await confirm('kim-demo-password')
  assert.ok(renewed.kind === 'renewed')
  const again = (password: string) =>
    confirmPassword(at.ports, {
      site: at.site.id,
      sessionToken: renewed.token,
      origin: HOME,
      password: new Secret(password),
    })
  for (let wrong = 0; wrong < 9; wrong += 1) assert.equal((await again('not it')).kind, 'invalid-credentials')
  assert.equal((await again('kim-demo-password')).kind, 'renewed')
  at.clock.pass(minutes(1))
  assert.equal((await again('kim-demo-password')).kind, 'no-session', 'the token before is worth nothing')
})
