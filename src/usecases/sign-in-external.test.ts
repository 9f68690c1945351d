import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { opened, rows, siteFor, type, visit, waiting } from '../../test/steps.ts'
import { ADMIN, HOME, type World } from '../../test/world.ts'
import { type SignInExternally, signInExternally } from './sign-in-external.ts'
import { changeUser } from './users.ts'

function vouchFor(at: World, username: string, more: Partial<SignInExternally> = {}) {
  const assertion = { username, provider: 'adfs', mode: 'skip', multiFactor: false, ...more } as const
  return signInExternally(at.ports, { ...assertion, site: at.site.id, origin: HOME })
}

test('what the word of an identity provider opens is for the policy to say', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const said = async (mode: SignInExternally['mode'], multiFactor: boolean) =>
    (await vouchFor(at, 'kim', { mode, multiFactor })).kind
  assert.equal(await said('skip', false), 'signed-in')
  assert.equal(await said('trust_amr', true), 'signed-in')
  assert.equal(await said('trust_amr', false), 'pending')
  assert.equal(await said('require', true), 'pending')
})

test('names are read in their canonical form', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const access = await visit(at, opened(await vouchFor(at, ' KIM')))
  assert.ok(access.kind === 'granted')
  assert.equal(access.user.username, 'kim')
})

test('somebody unknown and somebody disabled are refused alike, and it is written down by whom they came', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'op', fields: { status: 'disabled' } })
  for (const username of ['op', 'nobody']) assert.deepEqual(await vouchFor(at, username), { kind: 'refused' })
  assert.deepEqual(
    (await rows(at, 'auth.external.fail')).map(({ actor, data }) => [actor.name, data['provider']]),
    [
      ['op', 'adfs'],
      [null, 'adfs'],
    ],
  )
  assert.deepEqual(await rows(at, 'session.created'), [])
})

test('an application nobody knows is named with those that are known', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const outcome = await vouchFor(at, 'kim', { application: 'manager' })
  assert.deepEqual(outcome, { kind: 'unknown-application', known: ['web'] })
})

test('after its word a code makes a session that claims no password', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pendingToken = waiting(await vouchFor(at, 'kim', { mode: 'require' }))
  const access = await visit(at, opened(await type(at, pendingToken, at.codeFor('kim'))))
  assert.ok(access.kind === 'granted')
  assert.deepEqual(access.amr, ['external', 'email'])
  assert.deepEqual(
    (await rows(at, 'session.created')).map(({ data }) => [data['2fa'], data['provider']]),
    [['passed', 'adfs']],
  )
})
