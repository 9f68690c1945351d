import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { cookieNames } from '#http/cookies.ts'
import { DOORS } from '#http/doors.ts'
import { apiWorld } from '../api-world.ts'
import { otherThan, siteFor, type, waiting } from '../steps.ts'
import { cookiesOf, OURS, wholeServer } from '../whole-server.ts'

// Somebody has the password and no more: a sign-in that waits for a code, or for an enrolment. They try what else it may open, and
// whether it still opens something long after.

/** Doors that are for whoever waits, or for anybody: what they answer is no proof of anything. */
const OPEN = new Set(DOORS.filter(({ who }) => who === 'anyone' || who === 'pending').map(({ name }) => name))

for (const preset of ['erp', 'manufacturing'] as const)
  test(`[EN-02] a sign-in that waits (${preset}) opens no door of a session or of the administration, as cookie or as token`, async (t) => {
    const server = await wholeServer(t, { preset })
    const first = await server.form('/acme/login', { username: 'root', password: 'root-demo-password' })
    const held = cookiesOf(first)
    const { pending, session } = cookieNames('acme', server.ports.origin)
    const [, token = ''] = new RegExp(`${pending}=([^;]+)`).exec(held) ?? []
    assert.match(token, /^pt_/)
    for (const { name, method, path, face } of DOORS) {
      // To sign out is granted to everybody, and nothing is open to them after it.
      if (OPEN.has(name) || name === 'frappe.logout') continue
      for (const headers of [
        { cookie: held },
        { cookie: `${session}=${token}` },
        { authorization: `Bearer ${token}` },
      ] as Record<string, string>[]) {
        const answer = await server.knock(`${method} /acme${path.replaceAll(/:\w+/g, 'sam')}`, {
          headers: {
            ...OURS,
            ...headers,
            'content-type': face === 'page' ? 'application/x-www-form-urlencoded' : 'application/json',
          },
          ...(method === 'GET' || method === 'DELETE' ? {} : { body: face === 'page' ? 'a=b' : '{}' }),
        })
        const refused = face === 'page' ? [303, 401, 403] : [401, 403]
        assert.ok(refused.includes(answer.status), `${name}: ${answer.status}`)
        if (answer.status === 303) assert.match(answer.headers.get('location') ?? '', /^\/acme\/login/, name)
      }
    }
    assert.deepEqual(server.reports, [])
  })

test('[EX-02] past its time a waiting sign-in takes no code, right or wrong: 410, start over', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  const token: string = (await world.login('kim')).body.pending.token
  const code = world.codeFor('kim')
  const verify = (typed: string) => world.api('POST /login/verify', { token, body: { code: typed } })
  world.clock.pass(minutes(15))
  for (const typed of [code, otherThan(code), code]) {
    const late = await verify(typed)
    assert.deepEqual([late.status, late.body.code], [410, 'pending_gone'])
  }
  assert.equal((await world.api('POST /login/send', { token, body: {} })).status, 410)
  assert.equal((await world.login('kim')).body.status, 'challenge')
})

test('[EX-02] its end is not put off for ever by asking for codes', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const from = at.clock.now()
  const pending = waiting(await at.password('kim'))
  const kinds = new Set<string>()
  for (let count = 0; count < 60; count += 1) {
    at.clock.pass(seconds(60))
    kinds.add((await type(at, pending, 'not a code')).kind)
    if (at.clock.now() >= from + minutes(45)) assert.equal((await type(at, pending, at.codeFor('kim'))).kind, 'gone')
  }
  assert.ok(kinds.has('gone'))
})
