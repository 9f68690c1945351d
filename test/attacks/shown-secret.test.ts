import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '#domain/time.ts'
import { apiWorld } from '../api-world.ts'
import { appCode, linkFor, look, shown, startOver } from '../enrolment-steps.ts'
import { opened, rows, siteFor, type, waiting } from '../steps.ts'
import { cookiesOf, wholeServer } from '../whole-server.ts'

// Somebody comes to the browser, the proxy or the session of a person who has set up an app, and looks for its secret: in the history,
// in a cache, in the address, in a second look at the page, in the API. It was shown once, to whoever proved the password, until the
// first right code; after that nobody can read it, not even its owner.

const SAM = { username: 'sam', password: 'sam-demo-password' }

test('[R-123] [EN-06] once it is confirmed the secret cannot be read again by any door', async (t) => {
  const world = await apiWorld({ preset: 'retail' })
  t.after(world.close)
  const first = await world.login('sam')
  const pending = first.body.pending.token
  const before = await world.api('POST /login/enrol', { token: pending, body: {} })
  const secret: string = before.body.secret
  assert.match(secret, /^[A-Z2-7]{32}$/)
  const done = await world.api('POST /login/enrol/confirm', { token: pending, body: { code: appCode(world, secret) } })
  assert.equal(done.body.status, 'signed_in', done.text)

  const again = await world.api('POST /login/enrol', { token: pending, body: {} })
  assert.ok(again.status >= 400 && again.status < 500, again.text)
  for (const [door, token] of [
    ['GET /session', done.body.session.token],
    ['GET /users/sam', world.keys.admin],
    ['GET /users/sam/authenticators', world.keys.admin],
    ['GET /audit?limit=200', world.keys.admin],
    ['GET /two-factor/users', world.keys.admin],
  ] as const) {
    const answer = await world.api(door, { token })
    assert.equal(answer.status, 200, door)
    assert.ok(!answer.text.includes(secret) && !answer.text.includes('otpauth'), door)
  }
})

test('[EN-06] nor is it shown to a later sign-in of its owner, who is asked for the code', async (t) => {
  const at = await siteFor(t, 'erp')
  const pending = waiting(await at.password('sam'))
  const link = linkFor(at, 'sam')
  const { secret } = shown(await look(at, pending, link))
  opened(await type(at, pending, appCode(at, secret)))
  assert.equal((await look(at, pending, link)).kind, 'gone')
  at.clock.pass(minutes(1))
  const later = waiting(await at.password('sam'))
  assert.equal((await look(at, later, link)).kind, 'gone')
  assert.equal((await startOver(at, later)).kind, 'gone')
})

test('[R-123] [EN-07] the page with the secret is kept in no cache, told to nobody, framed by nobody and not in an address', async (t) => {
  const server = await wholeServer(t, { preset: 'retail' })
  const cookie = cookiesOf(await server.form('/acme/login', SAM))
  const page = await server.knock('GET /acme/login', { headers: { cookie, accept: 'text/html' } })
  const markup = await page.text()
  const secret = /secret=(?<secret>[A-Z2-7]{32})/.exec(markup)?.groups?.['secret']
  assert.ok(secret, 'the page shows it')
  assert.equal(page.headers.get('cache-control'), 'no-store')
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
  assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
  assert.equal(page.headers.get('location'), null)
  assert.ok(!JSON.stringify([...page.headers]).includes(secret))
  // Nothing that a browser would load or send by itself has it in its address.
  for (const [, address = ''] of markup.matchAll(/(?:src|action)="([^"]*)"/g))
    assert.ok(!address.includes(secret), address)
  // The picture is in the page, and is fetched from nowhere.
  assert.match(markup, /<svg/)
  assert.doesNotMatch(markup, /<img[^>]+https?:/)

  const shut = await server.form('/acme/login/code', { code: appCode(server, secret) }, { cookie })
  assert.equal(shut.status, 303)
  assert.ok(!String(shut.headers.get('location')).includes(secret))
})

test('[EN-12] five wrong confirmations destroy the secret; the next page has another one', async (t) => {
  const at = await siteFor(t, 'retail')
  const pending = waiting(await at.password('sam'))
  const { secret } = shown(await look(at, pending))
  for (let left = 4; left > 0; left -= 1) {
    const refused = await type(at, pending, '000000')
    assert.ok(refused.kind === 'refused' && refused.attemptsLeft === left, JSON.stringify(refused))
  }
  assert.equal((await type(at, pending, '000000')).kind, 'enrolment-over')
  assert.equal((await type(at, pending, appCode(at, secret))).kind, 'enrolment-over')
  assert.deepEqual(
    (await rows(at, 'factor.enrol.aborted')).map(({ data }) => data['reason']),
    ['wrong_codes'],
  )
  const anew = shown(await startOver(at, pending))
  assert.notEqual(anew.secret, secret)
  assert.ok((await type(at, pending, appCode(at, secret))).kind !== 'signed-in')
  opened(await type(at, pending, appCode(at, anew.secret)))
})
