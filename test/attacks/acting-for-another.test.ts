import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookieNames } from '#http/cookies.ts'
import { DOORS } from '#http/doors.ts'
import { signInWithCode } from '../steps.ts'
import { wholeServer } from '../whole-server.ts'

// An administrator, or whoever holds his session or an API key, wants to be somebody else for a while: to read or to do as that person
// what should bear her name. There is no such thing as acting for another here. These tests hold that nobody brings it in by the way.

/** How other systems let a caller name the person to act as. */
const WAYS_TO_NAME: readonly { readonly query?: string; readonly headers?: Readonly<Record<string, string>> }[] = [
  { query: 'user=kim&username=kim&as=kim&sudo=kim&act_as=kim&impersonate=kim' },
  { headers: { 'x-impersonate-user': 'kim', sudo: 'kim', 'x-act-as': 'kim', 'x-login-as': 'kim' } },
  { headers: { 'remote-user': 'kim', 'x-remote-user': 'kim', 'x-forwarded-user': 'kim', from: 'kim@acme.test' } },
]

test('[AD-09] no door lets an administrator be another person: asked as kim, each still answers about root', async (t) => {
  const server = await wholeServer(t)
  const { token } = await signInWithCode(server, 'root')
  const callers = [
    { authorization: `Bearer ${token}` },
    { cookie: `${cookieNames('acme', server.ports.origin).session}=${token}` },
  ]
  for (const caller of callers)
    for (const { query = '', headers = {} } of WAYS_TO_NAME) {
      const asked = await server.knock(`GET /acme/api/method/frappe.auth.get_logged_user?${query}`, {
        headers: { ...caller, ...headers },
      })
      assert.match(await asked.text(), /"message":"(?:root|Administrator)"/, query)
      const account = await server.knock(`GET /acme/api/v1/session?${query}`, { headers: { ...caller, ...headers } })
      const { user, code } = (await account.json()) as { user?: { username: string }; code?: string }
      // A name in the address is refused outright; one in a header that nobody reads changes nothing.
      if (query === '') assert.deepEqual([account.status, user?.username], [200, 'root'])
      else assert.deepEqual([account.status, code, user], [400, 'unknown_field', undefined])
    }
  assert.deepEqual(server.reports, [])
})

test('[AD-09] doors of the own account take no name of anybody, and doors over others open no session for them', async (t) => {
  const own = DOORS.filter(({ path }) => path.startsWith('/account'))
  assert.ok(own.length > 5)
  for (const { path } of own) assert.doesNotMatch(path, /:user/, path)

  const server = await wholeServer(t)
  const { token } = await signInWithCode(server, 'root')
  const over = DOORS.filter(({ path, method }) => path.includes('/users/:username') && method !== 'GET')
  assert.ok(over.length > 10)
  for (const { method, path } of over) {
    const place = path.replace(':username', 'kim').replaceAll(/:\w+/g, 'app')
    const answer = await server.json(`${method} /acme${place}`, { reason: 'wants to be kim' }, callerOf(token))
    assert.ok(answer.status < 500, `${method} ${path}`)
    assert.doesNotMatch(await answer.text(), /\bst_[\w-]{20}/, `${method} ${path}`)
    assert.deepEqual(answer.headers.getSetCookie(), [], `${method} ${path}`)
  }
  const trail = await server.trail()
  const opened = trail.filter(({ ev }) => ev === 'session.created')
  assert.deepEqual(
    opened.map(({ actor, subject }) => [actor.name, subject?.name]),
    [['root', 'root']],
    'whoever a session is for has signed in',
  )
  // What he did to her is in the log under his name.
  const done = trail.filter(({ subject, actor }) => subject?.name === 'kim' && actor.type === 'user')
  assert.ok(done.length > 0)
  for (const { ev, actor } of done) assert.equal(actor.name, 'root', ev)
})

function callerOf(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` }
}
