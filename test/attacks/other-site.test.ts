import assert from 'node:assert/strict'
import { readFileSync, globSync } from 'node:fs'
import { test, type TestContext } from 'node:test'
import { DOORS } from '#http/doors.ts'
import { apiWorld } from '../api-world.ts'
import { linkFor } from '../enrolment-steps.ts'
import { secondSite } from '../second-site.ts'
import { rows } from '../steps.ts'
import { wholeServerOver } from '../whole-server.ts'

// Two companies share a server. Somebody of one of them tries what they have at the other: a password of their own under the same name,
// the token of a waiting sign-in, the link out of a mail.

async function two(t: TestContext, preset: 'manufacturing' | 'erp' = 'manufacturing') {
  const world = await apiWorld({ preset })
  t.after(world.close)
  const other = await secondSite(world, 'globex', preset)
  await other.join('kim')
  await other.join('sam')
  return { world, other }
}

test('[TI-01] two people of one name at two sites are two people: neither password opens the other', async (t) => {
  const { world, other } = await two(t)
  const at = (site: string, password: string) => world.at(site, 'POST /login', { body: { username: 'kim', password } })
  const [ours, theirs] = ['kim-demo-password', 'a long password of the second site']
  assert.equal((await at('globex', ours)).status, 401)
  assert.equal((await at('acme', theirs)).status, 401)
  assert.equal((await at('globex', theirs)).body.status, 'signed_in')
  assert.equal((await at('acme', ours)).body.status, 'challenge')
  const [here, there] = await Promise.all(
    [world.site.id, other.site.id].map((site) => world.ports.store.personFile(site, 'kim', world.clock.now())),
  )
  assert.notEqual(here?.user.id, there?.user.id)
  // Wrong passwords at one site do not slow the other down.
  for (let count = 0; count < 12; count += 1) await at('globex', 'guess')
  assert.equal((await at('acme', ours)).body.status, 'challenge')
})

test('[TI-04] a waiting sign-in and the link of an enrolment hold at their own site only', async (t) => {
  const { world } = await two(t, 'erp')
  const server = wholeServerOver(world)
  const pending: string = (await world.login('sam')).body.pending.token
  const link = linkFor(world, 'sam')
  for (const door of [
    'POST /login/verify',
    'POST /login/send',
    'POST /login/enrol',
    'POST /login/enrol/link',
    'POST /login/enrol/confirm',
  ]) {
    const body = door.endsWith('verify') || door.endsWith('confirm') ? { code: '123456' } : {}
    const there = await world.at('globex', door, { token: pending, body })
    assert.ok([401, 404, 410].includes(there.status), `${door}: ${there.status}`)
  }
  const page = (site: string) => server.knock(`GET /${site}/enrol/${link}`, { headers: { accept: 'text/html' } })
  assert.equal((await page('globex')).status, 410)
  assert.equal((await page('acme')).status, 200)
  assert.deepEqual(await rows(world, 'auth.challenge.fail'), [])
})

test('[R-180] the server says which site a request is about: by its address, never by anything that is sent along', async (t) => {
  const { world } = await two(t)
  const { admin } = world.keys
  for (const said of [
    { 'x-site': 'globex' },
    { 'x-countersign-site': 'globex' },
    { 'x-forwarded-prefix': '/globex' },
  ]) {
    const users = await world.api('GET /users', { token: admin, headers: said })
    assert.ok(users.body.items.some((each: { username: string }) => each.username === 'root'))
  }
  for (const body of [{ site: 'globex' }, { site_id: 'x' }]) {
    const made = await world.api('POST /users', { token: admin, body: { username: 'mia', ...body } })
    assert.equal(made.status, 400)
  }
  for (const { path } of DOORS) assert.ok(!path.includes(':site'), 'the site is the first segment, for every door')
})

test('[R-180] every table carries the site, in its key or with a user of that site', () => {
  const sql = globSync('src/store/migrations/*.sql')
    .toSorted()
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  // Those of the server itself, its processes, and the list of sites.
  const without = ['server_values', 'nodes', 'sites']
  for (const [, name = '', columns = ''] of sql.matchAll(/^CREATE TABLE (\w+) \((.*?)^\)/gms)) {
    assert.equal(/\bsite_id TEXT NOT NULL/.test(columns), !without.includes(name), name)
    if (/\buser_id TEXT NOT NULL/.test(columns) && !without.includes(name))
      assert.match(
        columns,
        /FOREIGN KEY \(site_id, user_id\) REFERENCES (?:users|recovery_sets) \(site_id, (?:user_)?id\)/,
        name,
      )
  }
})
