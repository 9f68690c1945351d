import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionSentence } from '#audit/sentence.ts'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { rfc3339 } from '#domain/time.ts'
import { setApplication } from '#usecases/applications.ts'
import { switchUserApplication } from '#usecases/users.ts'
import { apiWorld } from '../api-world.ts'
import { commandLine } from '../command-line.ts'
import { fileOf, join } from '../people.ts'
import { secondSite } from '../second-site.ts'
import { opened, otherThan, rows, siteFor, type, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

const setDefault = async (at: World, name: string, defaultForNewUsers: boolean) => {
  const outcome = await setApplication(at.ports, { ...ADMIN, site: DEMO_SITE, name, fields: { defaultForNewUsers } })
  assert.equal(outcome.kind, 'saved', JSON.stringify(outcome))
}

const flip = async (at: World, username: string, application: string, twoFactor: boolean) => {
  const outcome = await switchUserApplication(at.ports, { ...ADMIN, site: DEMO_SITE, username, application, twoFactor })
  assert.equal(outcome.kind, 'saved', JSON.stringify(outcome))
}

test('[S3.14] [S3.15] [S3.16] the defaults decide for users made from now on, each for its application, and touch nobody else', async (t) => {
  const at = await siteFor(t, 'fleet')
  const before = (await fileOf(at, 'kim')).userApplications
  await setDefault(at, 'web', true)
  await setDefault(at, 'manager', false)
  assert.deepEqual((await fileOf(at, 'kim')).userApplications, before)
  await join(at, 'lee', { email: 'lee@acme.test', phone: '+4915550100099' })
  waiting(await at.password('lee', { password: 'lee-demo-password', application: 'web' }))
  opened(await at.password('lee', { password: 'lee-demo-password', application: 'manager' }))
  await setDefault(at, 'web', false)
  await setDefault(at, 'manager', true)
  waiting(await at.password('lee', { password: 'lee-demo-password', application: 'web' }))
  await join(at, 'max', { email: 'max@acme.test', phone: '+4915550100098' })
  opened(await at.password('max', { password: 'max-demo-password', application: 'web' }))
  waiting(await at.password('max', { password: 'max-demo-password', application: 'manager' }))
})

test('[S3.14] [S3.16] the same by API and by command line', async (t) => {
  const line = await commandLine({ preset: 'fleet' })
  t.after(line.close)
  assert.equal((await line.run('--site acme applications set manager --default-for-new-users off')).code, 0)
  const added = await line.run('--site acme users add lee --phone +4915550100099', 'a long enough password\n')
  assert.equal(added.code, 0, added.err)
  assert.deepEqual((await fileOf(line, 'lee')).userApplications, { web: true })
  const at = await apiWorld({ preset: 'fleet' })
  t.after(at.close)
  const token = at.keys.admin
  const off = await at.api('PATCH /applications/manager', { token, body: { default_for_new_users: false } })
  assert.equal(off.status, 200)
  const made = await at.api('POST /users', {
    token,
    body: { username: 'lee', password: 'a long enough password', phone: '+4915550100099' },
  })
  assert.deepEqual(
    [made.status, made.body.applications.web, made.body.applications.manager],
    [201, { two_factor: true }, { two_factor: false }],
  )
})

test('[S3.17] one application asks a user and the other does not', async (t) => {
  const at = await siteFor(t, 'fleet')
  await flip(at, 'kim', 'manager', false)
  await flip(at, 'kim', 'web', true)
  opened(await at.password('kim', { application: 'manager' }))
  waiting(await at.password('kim', { application: 'web' }))
})

test('[S3.19] [S3.20] a row says who switched what for whom and when, for each application, on and off', async (t) => {
  const at = await siteFor(t, 'fleet')
  const sam = { type: 'user', id: (await fileOf(at, 'sam')).user.id, name: 'sam' } as const
  const before = (await rows(at, 'user.two_factor.changed')).length
  for (const application of ['web', 'manager'])
    for (const twoFactor of [false, true]) {
      at.clock.pass(60_000)
      const order = { ...ADMIN, actor: sam, site: DEMO_SITE, username: 'kim', application, twoFactor }
      assert.equal((await switchUserApplication(at.ports, order)).kind, 'saved')
    }
  const told = (await rows(at, 'user.two_factor.changed')).slice(before)
  assert.deepEqual(
    told.map((row) => [row.actor.name, actionSentence(row)]),
    ['Web', 'Manager'].flatMap((title) => [
      ['sam', `Disabled 2FA for kim (${title} application)`],
      ['sam', `Enabled 2FA for kim (${title} application)`],
    ]),
  )
  // A moment, not a text of some zone: whoever reads it sees it in their own.
  assert.match(rfc3339(told.at(-1)?.at ?? 0), /Z$/)
  assert.equal(told.at(-1)?.at, at.clock.now())
})

test('[S3.21] a changed default is one row with the old and the new value', async (t) => {
  const at = await siteFor(t, 'fleet')
  const before = (await rows(at, 'application.changed')).length
  await setDefault(at, 'web', false)
  const told = (await rows(at, 'application.changed')).slice(before)
  assert.equal(told.length, 1)
  const said = JSON.stringify(told[0]?.data)
  assert.match(said, /default_for_new_users/)
  assert.match(said, /"from":true,"to":false/)
})

test('[S3.22] three failed codes are one row, the fourth and fifth add none, and after a success it takes three again', async (t) => {
  const at = await siteFor(t, 'fleet')
  const fail = async (pending: string, times: number) => {
    for (let left = times; left > 0; left -= 1) await type(at, pending, otherThan(at.codeFor('kim')))
  }
  const told = async () => (await rows(at, 'auth.challenge.failures')).map(({ actor }) => actor.name)
  let pending = waiting(await at.password('kim', { application: 'web' }))
  await fail(pending, 2)
  assert.deepEqual(await told(), [])
  await fail(pending, 2)
  assert.deepEqual(await told(), ['kim'])
  opened(await type(at, pending, at.codeFor('kim')))
  pending = waiting(await at.password('kim', { application: 'web' }))
  await fail(pending, 2)
  assert.deepEqual(await told(), ['kim'])
  await fail(pending, 1)
  assert.deepEqual(await told(), ['kim', 'kim'])
})

test('[S3.23] [TI-05] records of another company do not exist for its neighbour, to read or to remove', async (t) => {
  const at = await apiWorld({ preset: 'fleet' })
  t.after(at.close)
  const other = await secondSite(at, 'globex', 'fleet')
  await other.join('ada')
  const token = at.keys.admin
  for (const door of [
    'GET /audit',
    'GET /audit/export?format=csv',
    'GET /settings',
    'GET /users/ada',
    'GET /users/ada/authenticators',
    'DELETE /users/ada/authenticators',
    'DELETE /users/ada',
    'GET /reports/adoption',
  ]) {
    const answer = await at.at('globex', door, { token })
    assert.ok([401, 404].includes(answer.status), `${door}: ${answer.status}`)
    assert.doesNotMatch(JSON.stringify(answer.body), /ada@|globex@/)
  }
  for (const door of ['GET /users/ada', 'DELETE /users/ada', 'DELETE /users/ada/authenticators'])
    assert.equal((await at.api(door, { token })).status, 404, door)
  assert.equal((await at.ports.store.personFile(other.site.id, 'ada', at.clock.now()))?.user.status, 'active')
})
