import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, hours, seconds } from '#domain/time.ts'
import { DEVICE_TOKEN_GRACE } from '#usecases/shown-device.ts'
import { fileOf } from '../people.ts'
import { rows, standingOf } from '../steps.ts'
import { cookiesOf, OURS, type WholeServer, wholeServer } from '../whole-server.ts'

// Somebody knows a password and has copied the cookie of a remembered browser: it works until its owner uses theirs, and then for neither.

const KIM = { username: 'kim', password: 'kim-demo-password' }
const DEVICE = /__Host-cs-acme-device=dt_[\w-]{43}/

/** What signing in with this cookie comes to: the session it opens, or null where a code is asked for; and the cookie afterwards. */
async function visit(at: WholeServer, cookie: string) {
  const answer = await at.form('/acme/login', KIM, { cookie })
  assert.equal(answer.status, 303)
  const cookies = cookiesOf(answer)
  const session = /session=(st_[\w-]+)/.exec(cookies)?.[1] ?? null
  assert.equal(session === null, answer.headers.get('location') !== '/acme/account')
  return { session, set: DEVICE.exec(cookies)?.[0] ?? null }
}

/** The cookie of a browser in which Kim has typed a code. */
async function remembered(at: WholeServer): Promise<string> {
  const asked = await at.form('/acme/login', KIM)
  const login = /login=(\w+)$/.exec(asked.headers.get('location') ?? '')?.[1] ?? ''
  const code = { login, code: at.codeFor('kim'), remember: 'yes' }
  const cookie = DEVICE.exec(cookiesOf(await at.form('/acme/login/code', code, { cookie: cookiesOf(asked) })))?.[0]
  assert.ok(cookie)
  at.clock.pass(hours(1))
  return cookie
}

/** As `remembered`, and used once since. */
async function usedSince(at: WholeServer): Promise<{ readonly copy: string; readonly now: string }> {
  const copy = await remembered(at)
  const { session, set } = await visit(at, copy)
  assert.ok(session !== null && set !== null && set !== copy)
  at.clock.pass(hours(1))
  return { copy, now: set }
}

test('[F3] each sign-in that a browser is spared gives it another cookie, and the end stays where it was', async (t) => {
  const at = await wholeServer(t)
  const seen = new Set<string>()
  let cookie = await remembered(at)
  for (let day = 0; day < 6; day += 1) {
    seen.add(cookie)
    const { session, set } = await visit(at, cookie)
    assert.ok(session !== null && set !== null && !seen.has(set), `day ${day}`)
    cookie = set
    at.clock.pass(days(1))
  }
  at.clock.pass(days(1))
  assert.deepEqual(await visit(at, cookie), { session: null, set: null })
  assert.deepEqual(await rows(at, 'device.rejected'), [])
})

test('[F3] a copied cookie used after its owner’s next sign-in ends the browser for both, on record and with a notice', async (t) => {
  const at = await wholeServer(t)
  const { copy, now } = await usedSince(at)
  const thief = await visit(at, copy)
  assert.equal(thief.session, null)
  assert.equal((await visit(at, now)).session, null, 'nor does the owner’s own')
  const [row, ...others] = await rows(at, 'device.rejected')
  assert.deepEqual([row?.subject?.name, row?.data['reason'], others.length], ['kim', 'device_token_reuse', 0])
  await at.pump()
  assert.ok(
    at
      .messages('email')
      .some(({ to, subject }) => to === 'kim@acme.test' && /may have been copied/.test(subject ?? '')),
  )
  assert.equal(await at.ports.store.countDevices(at.site.id, (await fileOf(at, 'kim')).user.id), 0)
})

test('[F3] a thief who was first is found out by the owner, and loses the session that the copy opened', async (t) => {
  const at = await wholeServer(t)
  const cookie = await remembered(at)
  const thief = await visit(at, cookie)
  assert.ok(thief.session !== null)
  assert.equal(await standingOf(at, thief.session), 'granted')
  at.clock.pass(hours(1))
  assert.equal((await visit(at, cookie)).session, null)
  assert.notEqual(await standingOf(at, thief.session), 'granted')
  assert.equal((await visit(at, thief.set ?? '')).session, null)
  assert.equal((await rows(at, 'device.rejected'))[0]?.data['sessions'], 1)
})

test('[F3] the session in which the code was typed outlives it: no copy could have opened that', async (t) => {
  const at = await wholeServer(t)
  const asked = await at.form('/acme/login', KIM)
  const login = /login=(\w+)$/.exec(asked.headers.get('location') ?? '')?.[1] ?? ''
  const code = { login, code: at.codeFor('kim'), remember: 'yes' }
  const cookies = cookiesOf(await at.form('/acme/login/code', code, { cookie: cookiesOf(asked) }))
  const proved = /session=(st_[\w-]+)/.exec(cookies)?.[1] ?? ''
  const copy = DEVICE.exec(cookies)?.[0] ?? ''
  at.clock.pass(hours(1))
  await visit(at, copy)
  at.clock.pass(hours(1))
  await visit(at, copy)
  assert.equal((await rows(at, 'device.rejected')).length, 1)
  assert.equal(await standingOf(at, proved), 'granted')
})

test('[F3] tabs of one browser that sign in at the same moment are no theft, and end with the same cookie', async (t) => {
  const at = await wholeServer(t)
  const cookie = await remembered(at)
  const tabs = await Promise.all([visit(at, cookie), visit(at, cookie), visit(at, cookie)])
  for (const { session } of tabs) assert.ok(session !== null)
  const cookies = new Set(tabs.map(({ set }) => set))
  assert.equal(cookies.size, 1)
  at.clock.pass(DEVICE_TOKEN_GRACE - 1)
  assert.equal((await visit(at, cookie)).set, [...cookies][0], 'also when the answer was lost on the way')
  at.clock.pass(hours(1))
  assert.ok((await visit(at, [...cookies][0] ?? '')).session !== null)
  assert.deepEqual(await rows(at, 'device.rejected'), [])
})

test('[F3] the grace is for the token before and for seconds: not for an older one, and not afterwards', async (t) => {
  const at = await wholeServer(t)
  const { copy, now } = await usedSince(at)
  const { set } = await visit(at, now)
  assert.ok(set !== null)
  at.clock.pass(seconds(1))
  assert.equal((await visit(at, copy)).session, null, 'two tokens ago')
  const other = await wholeServer(t)
  const cookie = await remembered(other)
  await visit(other, cookie)
  other.clock.pass(DEVICE_TOKEN_GRACE)
  assert.equal((await visit(other, cookie)).session, null)
})

test('[F3] without the password an old cookie ends nothing', async (t) => {
  const at = await wholeServer(t)
  const { copy, now } = await usedSince(at)
  const wrong = await at.form('/acme/login', { ...KIM, password: 'wrong' }, { cookie: copy })
  assert.equal(wrong.status, 401)
  const sam = await at.form('/acme/login', { username: 'sam', password: 'sam-demo-password' }, { cookie: copy })
  assert.equal(sam.status, 303)
  assert.ok((await visit(at, now)).session !== null)
})

test('[F3] a cookie shown to the API is replaced there too; what a program was given stays good', async (t) => {
  const at = await wholeServer(t)
  const login = async (device_token: string) => {
    const answer = await at.json('POST /acme/api/v1/login', { ...KIM, device_token }, OURS)
    return (await answer.json()) as { status: string; device_token?: string; pending: { token: string } }
  }
  const cookie = await remembered(at)
  const first = await login(cookie.slice(cookie.indexOf('dt_')))
  assert.equal(first.status, 'signed_in')
  assert.match(first.device_token ?? '', /^dt_/)
  at.clock.pass(hours(1))
  assert.equal((await visit(at, cookie)).session, null)

  const { pending } = await login('')
  const headers = { ...OURS, authorization: `Bearer ${pending.token}` }
  const body = { code: at.codeFor('kim'), remember_device: true }
  const verified = await at.json('POST /acme/api/v1/login/verify', body, headers)
  const { device_token: kept = '' } = (await verified.json()) as { device_token?: string }
  for (let day = 0; day < 3; day += 1) {
    at.clock.pass(days(1))
    assert.deepEqual([(await login(kept)).status, (await login(kept)).device_token], ['signed_in', undefined])
  }
})

test('[F3] the list names the browser, its last use and where that was', async (t) => {
  const at = await wholeServer(t)
  const { now } = await usedSince(at)
  const signedIn = await at.form('/acme/login', KIM, { cookie: now, 'user-agent': 'Firefox/150.0 (X11; Linux x86_64)' })
  const page = await (await at.knock('GET /acme/account', { headers: { cookie: cookiesOf(signedIn) } })).text()
  assert.match(page, /remembered since/)
  assert.match(page, /<p class="hint">[^<]*(?:<time[^>]*>[^<]*<\/time>)?[^<]* · <bdi>198\.51\.100\.7<\/bdi><\/p>/)
})
