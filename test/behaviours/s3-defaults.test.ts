import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createApiKey } from '#usecases/api-keys.ts'
import { type ApiWorld, apiWorld } from '../api-world.ts'
import { commandLine } from '../command-line.ts'
import { secondSite } from '../second-site.ts'
import { opened, otherThan, type, waiting, rows } from '../steps.ts'
import { ADMIN } from '../world.ts'

async function fleet(t: TestContext): Promise<ApiWorld> {
  const made = await apiWorld({ preset: 'fleet' })
  t.after(made.close)
  return made
}

const PASSWORD = 'a password of nine words'

/** What the API shows of the switches of a user. */
async function switches({ api, keys }: ApiWorld, username: string): Promise<unknown> {
  return (await api(`GET /users/${username}`, { token: keys.admin })).body.applications
}

async function join({ api, keys }: ApiWorld, username: string): Promise<void> {
  const body = { username, password: PASSWORD, phone: '+4915550100099' }
  assert.equal((await api('POST /users', { token: keys.admin, body })).status, 201)
}

async function setDefault({ api, keys }: ApiWorld, application: string, on: boolean): Promise<void> {
  const body = { default_for_new_users: on }
  assert.equal((await api(`PATCH /applications/${application}`, { token: keys.admin, body })).status, 200)
}

test('[S3.14] [S3.15] defaults decide for users made from now on, one for each application by itself', async (t) => {
  const at = await fleet(t)
  await setDefault(at, 'manager', false)
  await join(at, 'ann')
  assert.deepEqual(await switches(at, 'ann'), { web: { two_factor: true }, manager: { two_factor: false } })
  assert.equal((await at.login('ann', { password: PASSWORD, application: 'web' })).status, 202)
  assert.equal((await at.login('ann', { password: PASSWORD, application: 'manager' })).body.status, 'signed_in')

  await setDefault(at, 'manager', true)
  await setDefault(at, 'web', false)
  await join(at, 'ben')
  assert.deepEqual(await switches(at, 'ben'), { web: { two_factor: false }, manager: { two_factor: true } })
})

test('[S3.16] [S3.21] a changed default touches no user who is there, and is recorded with old and new value', async (t) => {
  const at = await fleet(t)
  const before = await switches(at, 'kim')
  await setDefault(at, 'web', false)
  await setDefault(at, 'manager', false)
  assert.deepEqual(await switches(at, 'kim'), before)
  assert.equal((await at.login('kim', { application: 'web' })).status, 202)
  const told = (await rows(at, 'application.changed')).map(({ subject, actor, data }) => [
    actor.name,
    subject?.id,
    data['default_for_new_users'],
  ])
  assert.deepEqual(told, [
    ['demo administrator', 'web', { from: true, to: false }],
    ['demo administrator', 'manager', { from: true, to: false }],
  ])
})

test('[S3.14] [S3.16] the same by the command line', async (t) => {
  const line = await commandLine({ preset: 'fleet' })
  t.after(line.close)
  const set = await line.run('--site acme applications set manager --default-for-new-users off')
  assert.equal(set.code, 0)
  const added = await line.run('--site acme users add ann --password-stdin', `${PASSWORD}\n`)
  assert.equal(added.code, 0, added.err)
  const show = async (name: string) =>
    ((await line.json(`--site acme users show ${name}`)) as { applications: unknown }).applications
  assert.deepEqual(await show('ann'), { web: { two_factor: true }, manager: { two_factor: false } })
  assert.deepEqual(await show('kim'), { web: { two_factor: true }, manager: { two_factor: true } })
})

test('[S3.17] [S3.20] one user is asked at one application and not at the other, and each switch is recorded', async (t) => {
  const at = await fleet(t)
  const switchTo = (application: string, two_factor: boolean) =>
    at.api(`PUT /users/kim/applications/${application}`, { token: at.keys.admin, body: { two_factor } })
  assert.equal((await switchTo('manager', false)).status, 200)
  assert.equal((await at.login('kim', { application: 'manager' })).body.status, 'signed_in')
  assert.equal((await at.login('kim', { application: 'web' })).status, 202)
  assert.equal((await switchTo('manager', true)).status, 200)
  assert.equal((await switchTo('web', false)).status, 200)
  const shown = await at.api('GET /audit?action=user.two_factor.changed&target=kim', { token: at.keys.admin })
  assert.deepEqual(
    shown.body.items.map(({ action, application }: { action: string; application: string }) => [application, action]),
    [
      ['web', 'Disabled 2FA for kim (Web application)'],
      ['manager', 'Enabled 2FA for kim (Manager application)'],
      ['manager', 'Disabled 2FA for kim (Manager application)'],
    ],
  )
})

test('[S3.19] an audit row says who did what to whom, and when, as a moment that any time zone can be made of', async (t) => {
  const at = await fleet(t)
  await at.api('PUT /users/kim/applications/web', { token: at.keys.admin, body: { two_factor: false } })
  const [row] = (await at.api('GET /audit?limit=1', { token: at.keys.admin })).body.items
  assert.deepEqual(
    [row.user, row.actor.name, row.target.name, row.action, row.at],
    [
      'demo administrator',
      'demo administrator',
      'kim',
      'Disabled 2FA for kim (Web application)',
      '2026-11-02T09:00:00.000Z',
    ],
  )
  const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', timeStyle: 'short' })
  assert.equal(local.format(new Date(row.at)), '18:00')
})

test('[S3.22] three failed codes make one audit row; a second one takes a success and three more', async (t) => {
  const at = await fleet(t)
  const fail = async (pending: string) =>
    assert.equal((await type(at, pending, otherThan(at.codeFor('kim')))).kind, 'refused')
  const counts = async () => (await rows(at, 'auth.challenge.failures')).map(({ data }) => data['failed_codes'])
  const first = waiting(await at.password('kim'))
  for (const expected of [[], [], [3], [3]]) {
    await fail(first)
    assert.deepEqual(await counts(), expected)
  }
  opened(await type(at, first, at.codeFor('kim')))
  const second = waiting(await at.password('kim'))
  for (const expected of [[3], [3], [3, 3]]) {
    await fail(second)
    assert.deepEqual(await counts(), expected)
  }
})

test("[S3.23] [TI-05] another company's records do not exist for you, to read or to remove", async (t) => {
  const at = await fleet(t)
  const north = await secondSite(at, 'north', 'fleet')
  await north.join('kim')
  await north.join('nell')
  const made = await createApiKey(at.ports, {
    ...ADMIN,
    site: 'north',
    name: 'their administrator',
    scopes: ['users:write', 'settings:write', 'sessions:write', 'audit:read', 'delivery:read'],
    expiresAt: null,
  })
  const token: string = made.kind === 'created' ? made.text : assert.fail(made.kind)
  const theirs = (await at.at('north', 'GET /users', { token })).body.items
  assert.deepEqual(
    theirs.map(({ username }: { username: string }) => username),
    ['kim', 'nell'],
  )
  const trail = await at.at('north', 'GET /audit?limit=200', { token })
  assert.doesNotMatch(trail.text, /acme|demo administrator|"sam"/)
  for (const path of ['/users/sam', '/users/root', '/applications/shop'])
    assert.equal((await at.at('north', `DELETE ${path}`, { token })).status, 404, path)
  assert.equal((await at.at('north', 'DELETE /users/kim', { token })).status, 204)
  assert.equal((await at.at('north', 'DELETE /sessions', { token })).status, 200)
  assert.equal((await at.api('GET /users/kim', { token: at.keys.admin })).status, 200)
  assert.equal((await at.login('kim')).status, 202, 'ours of the same name is as before')
})
