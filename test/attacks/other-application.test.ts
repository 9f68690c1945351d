import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAccess } from '#usecases/check-access.ts'
import { switchUserApplication } from '#usecases/users.ts'
import { opened, siteFor, type as answer, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

// Somebody has a password. One application asks no second factor of its owner, another does. They sign in to the first and go with
// that session to the second, or to one whose name they make up.

async function kimWithWebOff(at: World): Promise<void> {
  const order = { ...ADMIN, site: 'acme', username: 'kim', application: 'web', twoFactor: false }
  assert.equal((await switchUserApplication(at.ports, order)).kind, 'saved')
}

async function access(at: World, sessionToken: string, application: string | null): Promise<string> {
  const outcome = await checkAccess(at.ports, { site: at.site.id, sessionToken, application, address: HOME.address })
  return outcome.kind === 'granted' ? 'granted' : outcome.why
}

test('a session of an application that asks nothing opens no other that asks', async (t) => {
  const at = await siteFor(t, 'fleet')
  await kimWithWebOff(at)
  const token = opened(await at.password('kim', { application: 'web' }))
  assert.equal(await access(at, token, null), 'granted')
  assert.equal(await access(at, token, 'web'), 'granted')
  assert.equal(await access(at, token, 'manager'), 'asked-again')
  assert.equal(await access(at, token, 'no-such-application'), 'unknown-application')
})

test('a session that has shown the factor is good for the other application too', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim', { application: 'manager' }))
  const token = opened(await answer(at, pending, at.codeFor('kim')))
  assert.equal(await access(at, token, 'manager'), 'granted')
  assert.equal(await access(at, token, 'web'), 'granted')
})
