import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { seconds } from '#domain/time.ts'
import { deliveryHealth } from '#usecases/delivery-health.ts'
import { changeUser } from '#usecases/users.ts'
import { codeIn, gateway, setUp, smsOver } from '../real-channels.ts'
import { opened, page, requestCode, rows, siteFor, type, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

// SMS gateways that answer as gateways do, over real HTTP, and the way each answer leads to.

const TROUBLES: readonly (readonly [says: string, status: number, body: string, trouble: string])[] = [
  ['500', 500, 'Internal Server Error', 'passing'],
  ['429', 429, 'slow down', 'passing'],
  ['401', 401, 'unknown key', 'lasting'],
  ['200 with an error in it', 200, '{"status":"error","reason":"no credit"}', 'lasting'],
]

for (const [says, status, body, trouble] of TROUBLES)
  test(`[DF-10] a gateway that answers ${says}: on record as ${trouble}; no session, and the email follows where the site says so`, async (t) => {
    const at = await siteFor(t, 'scheduling')
    const { url } = await gateway(t, (response) => response.writeHead(status).end(body))
    await smsOver(at, url, { accept_text: '"status":"ok"' })
    const kim = waiting(await at.password('kim'))
    const shown = await page(at, kim)
    assert.deepEqual(shown?.sending, { state: 'accepted', channel: 'email', to: 'k•••@acme.test', insteadOf: 'sms' })
    const [row] = await rows(at, 'delivery.failed')
    assert.deepEqual([row?.data['channel'], row?.data['trouble']], ['sms', trouble])
    opened(await type(at, kim, at.codeFor('kim', 'email')))
  })

test('[DF-10] a gateway that fails in passing is asked once more where nothing else can bring the code', async (t) => {
  const at = await siteFor(t, 'scheduling')
  await at.set({ 'delivery.sms_failure_fallback': 'none' })
  let broken = true
  const { url, requests } = await gateway(t, (response) => response.writeHead(broken ? 503 : 202).end('{"id":"m-1"}'))
  await smsOver(at, url)
  const kim = waiting(await at.password('kim'))
  assert.deepEqual((await page(at, kim))?.sending, { state: 'failed', channel: 'sms', to: '•••• 003', again: true })
  broken = false
  at.clock.pass(seconds(30))
  await at.pump()
  assert.equal((await page(at, kim))?.sending?.state, 'accepted')
  // Both had one name: a gateway that knows such names sends one SMS.
  assert.deepEqual(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size, 1)
  opened(await type(at, kim, codeIn(requests[1]?.url.searchParams.get('text') ?? '')))
})

test('[F1] the second gateway takes over when the first one fails, and the health says so', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const first = await gateway(t, (response) => response.writeHead(500).end('out of order'))
  const second = await gateway(t)
  const entry = (url: string) => ({ kind: 'http', url, message_parameter: 'text', receiver_parameter: 'to' })
  await setUp(at, 'sms', { kind: 'gateways', gateways: [entry(first.url), entry(second.url)] })
  const kim = waiting(await at.password('kim'))
  assert.equal((await page(at, kim))?.sending?.state, 'accepted')
  assert.deepEqual([first.requests.length, second.requests.length], [1, 1])
  const taken = (await rows(at, 'delivery.accepted')).find(({ data }) => data['content'] === 'code')
  assert.match(JSON.stringify(taken?.data['after']), /^"1 \(http\): .* 500: out of order/)
  const health = await deliveryHealth(at.ports, DEMO_SITE)
  assert.ok(health !== 'unknown-site')
  assert.match(health.channels[1]?.lastPassedOver?.says ?? '', /out of order/)
  opened(await type(at, kim, codeIn(second.requests[0]?.url.searchParams.get('text') ?? '')))
})

test('[F1] one dead channel: said on the page, another way, in the record and in the health, with the server’s own words', async (t) => {
  const at = await siteFor(t, 'fleet')
  const { url } = await gateway(t, (response) => response.writeHead(402).end('account suspended'))
  await smsOver(at, url)
  const kim = waiting(await at.password('kim'))
  const shown = await page(at, kim)
  assert.deepEqual([shown?.sending?.state, shown?.contacts[0]?.name], ['failed', 'Robin Root'])
  assert.deepEqual(
    shown?.channels.map(({ channel }) => channel),
    ['email', 'sms'],
  )
  assert.doesNotMatch(JSON.stringify(shown), /suspended/)
  const health = await deliveryHealth(at.ports, DEMO_SITE)
  assert.ok(health !== 'unknown-site')
  const sms = health.channels.find(({ channel }) => channel === 'sms')
  // The notice that the channel was changed went out over the one before.
  assert.deepEqual([sms?.state, sms?.counts.failed, sms?.failureRate], ['failing', 1, 0.5])
  assert.match(sms?.lastError?.says ?? '', /402: account suspended/)
  assert.equal((await requestCode(at, kim, 'email')).kind, 'sent')
  opened(await type(at, kim, at.codeFor('kim', 'email')))
})

async function withoutSms(at: World): Promise<void> {
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'kim', fields: { twoFactorEmail: true } })
  const kim = waiting(await at.password('kim'))
  const shown = await page(at, kim)
  assert.deepEqual([shown?.method, shown?.methods], ['email', ['email']])
  at.clock.pass(seconds(30))
  assert.equal((await requestCode(at, kim, 'sms')).kind, 'channel-not-offered')
  assert.equal((await requestCode(at, kim)).kind, 'sent')
  opened(await type(at, kim, at.codeFor('kim', 'email')))
  assert.deepEqual(at.messages('sms'), [])
}

test('[R-066] a site switches SMS off altogether: none goes out, whatever its users have switched on', async (t) => {
  const bySetting = await siteFor(t, 'scheduling')
  await bySetting.set({ 'delivery.email_sole': true })
  await withoutSms(bySetting)
  const byMethod = await siteFor(t, 'scheduling')
  await byMethod.set({ 'methods.allowed': ['email'] })
  await withoutSms(byMethod)
})
