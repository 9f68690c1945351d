import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes } from '#domain/time.ts'
import { cookieNames } from '#http/cookies.ts'
import { apiWorld } from '../api-world.ts'
import { HOME } from '../world.ts'
import { rows, signInWithCode, siteFor, standingOf, visit } from '../steps.ts'
import { secondSite } from '../second-site.ts'
import { cookiesOf, OURS, wholeServer, type WholeServer } from '../whole-server.ts'

// Somebody has a session cookie: planted before the sign-in, kept from before a logout, left lying past its time, or carried to another
// site. Only the server says how long it is worth anything, and where.

const KIM = { username: 'kim', password: 'kim-demo-password' }

/** Kim's browser after the code: all cookies it was given. */
async function signedIn(server: WholeServer): Promise<string> {
  const first = await server.form('/acme/login', KIM)
  const cookie = cookiesOf(first)
  return cookiesOf(await server.form('/acme/login/code', { code: server.codeFor('kim') }, { cookie }))
}

test('[R-150] a session is 256 random bits and stored as a digest; a new one after password, code and step-up', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  const first = await world.login('root')
  const pending: string = first.body.pending.token
  const second = await world.api('POST /login/verify', { token: pending, body: { code: world.codeFor('root') } })
  const session: string = second.body.session.token
  const step = await world.api('POST /session/step-up', { token: session })
  world.clock.pass(minutes(1))
  const proved = await world.api('POST /login/verify', {
    token: step.body.pending.token,
    body: { code: world.codeFor('root') },
  })
  const renewed: string = proved.body.session.token
  const tokens = [pending, session, renewed]
  assert.equal(new Set(tokens.map((token) => token.slice(3))).size, 3)
  for (const token of tokens) assert.equal(Buffer.from(token.slice(3), 'base64url').length, 32, token.slice(0, 3))
  const asked = async (token: string) => (await world.api('GET /session', { token })).status
  assert.deepEqual([await asked(pending), await asked(session), await asked(renewed)], [401, 401, 200])
  const file = await world.ports.store.sessionFile(world.site.id, world.ports.vault.digest(renewed), world.clock.now())
  assert.equal(file?.session.tokenDigest, world.ports.vault.digest(renewed))
})

test('[SE-01] a cookie that somebody planted before the sign-in never becomes the session', async (t) => {
  const server = await wholeServer(t)
  const { session, pending } = cookieNames('acme', server.ports.origin)
  const planted = `st_${'A'.repeat(43)}`
  const cookie = `${session}=${planted}`
  const first = await server.form('/acme/login', KIM, { cookie })
  const answered = await server.form(
    '/acme/login/code',
    { code: server.codeFor('kim') },
    { cookie: `${cookie}; ${cookiesOf(first)}` },
  )
  assert.equal(answered.status, 303)
  assert.ok(!cookiesOf(answered).includes(planted))
  for (const stale of [cookie, cookiesOf(first).replace(pending, session).replace('=pt_', '=st_')]) {
    const account = await server.knock('GET /acme/account', { headers: { cookie: stale } })
    assert.equal(account.status, 303, stale)
  }
})

test('[SE-04] after the logout the cookie is dead, also for a browser that keeps it', async (t) => {
  const server = await wholeServer(t)
  const cookie = await signedIn(server)
  const account = () => server.knock('GET /acme/account', { headers: { cookie } })
  assert.equal((await account()).status, 200)
  const out = await server.form('/acme/logout', {}, { cookie })
  assert.ok(out.status < 400)
  assert.equal((await account()).status, 303)
  assert.equal((await server.knock('GET /acme/api/v1/session', { headers: { cookie, ...OURS } })).status, 401)
  assert.equal((await rows(server, 'session.ended')).length, 1)
})

test('[R-151] [EX-05] idle time and full length are held by the server, whatever the browser still has', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'session.duration_hours': 24, 'session.idle_minutes': 60 })
  const idle = (await signInWithCode(at, 'kim')).token
  const used = (await signInWithCode(at, 'sam')).token
  const from = at.clock.now()
  for (let half = 1; half < 48; half += 1) {
    at.clock.set(from + half * minutes(30))
    assert.equal(await standingOf(at, used), 'granted', `after ${half} half hours`)
    if (half === 1) assert.equal(await standingOf(at, idle), 'granted')
    if (half === 4) assert.equal(await standingOf(at, idle), 'expired')
  }
  at.clock.set(from + hours(24) + minutes(1))
  assert.equal(await standingOf(at, used), 'expired')
})

test('[R-151] [EX-05] at 61 minutes an idle session is over, at 59 it is not', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'session.idle_minutes': 60 })
  const { token } = await signInWithCode(at, 'kim')
  at.clock.pass(minutes(59))
  assert.equal(await standingOf(at, token), 'granted')
  at.clock.pass(minutes(61))
  assert.equal(await standingOf(at, token), 'expired')
})

test('[EX-06] of ten requests at once at the edge none revives what is over', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'session.idle_minutes': 60 })
  const { token } = await signInWithCode(at, 'kim')
  at.clock.pass(minutes(60) - 1)
  const before = await Promise.all(Array.from({ length: 5 }, () => visit(at, token)))
  assert.ok(before.every(({ kind }) => kind === 'granted'))
  at.clock.pass(minutes(60))
  const after = await Promise.all(Array.from({ length: 10 }, () => standingOf(at, token)))
  assert.deepEqual(new Set(after), new Set(['expired']))
  // A request that is slow to be written down was granted earlier; written after the end, it wakes nobody up.
  at.clock.pass(minutes(5))
  assert.equal(await standingOf(at, token), 'expired')
})

test('[TI-02] a session of one site is worth nothing at another, as token and as cookie', async (t) => {
  const world = await apiWorld()
  t.after(world.close)
  await secondSite(world, 'globex', 'manufacturing')
  const token = await world.session('kim')
  assert.equal((await world.api('GET /session', { token })).status, 200)
  assert.equal((await world.at('globex', 'GET /session', { token })).status, 401)
  for (const site of ['acme', 'globex']) {
    const cookie = `${cookieNames(site, world.ports.origin).session}=${token}`
    assert.equal((await world.at('globex', 'GET /session', { headers: { cookie, ...OURS } })).status, 401, site)
  }
})

test('[SE-04] whoever is disabled goes on nowhere, also where nothing but the row of the user says so', async (t) => {
  const at = await siteFor(t, 'manufacturing', { races: false })
  const { token } = await signInWithCode(at, 'kim')
  const kim = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(kim)
  const { user } = kim
  const disabled = { ...user, status: 'disabled', version: user.version + 1 } as const
  const about = { type: 'user', id: user.id, name: user.username } as const
  const written = await at.ports.store.commit({
    site: at.site.id,
    at: at.clock.now(),
    origin: HOME,
    changes: [{ kind: 'change-user', user: disabled, from: user.version }],
    events: [{ ev: 'user.changed', actor: about, subject: about, application: null, data: { fields: ['status'] } }],
  })
  assert.notEqual(written, 'conflict')
  assert.equal(await standingOf(at, token), 'disabled')
})
