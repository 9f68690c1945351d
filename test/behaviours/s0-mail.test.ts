import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { minutes, seconds } from '#domain/time.ts'
import { setChannel } from '#usecases/channels.ts'
import { opened, page, requestCode, rows, siteFor, standingOf, type, visit, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

test('[S0.10] one email with six digits to her own address, and no SMS', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  waiting(await at.password('kim'))

  assert.deepEqual(
    at.messages('email').map(({ to }) => to),
    ['kim@acme.test'],
  )
  assert.match(at.codeFor('kim', 'email'), /^\d{6}$/)
  assert.deepEqual(at.messages('sms'), [])
})

test('[S0.10b] the code lives ten minutes; a second later it is called expired, and a new one can be requested', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const openedAt = at.clock.now()
  const inTime = waiting(await at.password('kim'))
  const first = at.codeFor('kim')
  const late = waiting(await at.password('sam'))
  const second = at.codeFor('sam')

  at.clock.set(openedAt + minutes(10) - seconds(1))
  opened(await type(at, inTime, first))

  at.clock.set(openedAt + minutes(10) + seconds(1))
  const refused = await type(at, late, second)
  assert.ok(refused.kind === 'refused')
  assert.equal(refused.reason, 'expired')

  assert.equal((await requestCode(at, late)).kind, 'sent')
  assert.equal(at.messages('email').filter(({ to }) => to === 'sam@acme.test').length, 2)
  const third = at.codeFor('sam')
  assert.notEqual(third, second)
  const old = await type(at, late, second)
  assert.ok(old.kind === 'refused' && old.reason === 'invalid')
  opened(await type(at, late, third))
})

test('[S0.10b] a resend while the code lives brings the same code once more, after the cooldown', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const kim = waiting(await at.password('kim'))
  const code = at.codeFor('kim')

  at.clock.pass(seconds(29))
  assert.equal((await requestCode(at, kim)).kind, 'cooldown')
  assert.equal(at.messages().length, 1)
  at.clock.pass(seconds(1))
  assert.equal((await requestCode(at, kim)).kind, 'sent')
  assert.equal(at.messages().length, 2)
  assert.equal(at.codeFor('kim'), code)
})

/** What becomes of a sign-in when nobody ever set mail up: through, marked everywhere, and asked again once mail works. */
async function goesOnUnasked(at: World, workAgain: () => Promise<void>): Promise<void> {
  const token = opened(await at.password('kim'))
  const access = await visit(at, token)
  assert.ok(access.kind === 'granted')
  assert.equal(access.session.rule, 'channel_unconfigured')
  assert.equal(access.session.device, null)
  assert.deepEqual(at.messages(), [])
  assert.equal((await rows(at, 'session.created'))[0]?.data['2fa'], 'skipped:channel_unconfigured')
  assert.equal((await rows(at, 'degraded.login'))[0]?.actor.name, 'kim')

  await workAgain()
  assert.equal(await standingOf(at, token), 'asked-again')
  assert.equal((await at.password('kim')).kind, 'pending')
}

test('[S0.17] where no mail server was ever set up the sign-in goes on, marked as skipped, until mail works', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.mailbox.setBehaviour({ email: 'unconfigured' })
  await goesOnUnasked(at, () => at.mailbox.setBehaviour({ email: 'ok' }))
})

test('[S0.17] mail that an administrator switched off counts as not set up, and the switching is on record', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const turn = async (config: unknown) => {
    const outcome = await setChannel(at.ports, { ...ADMIN, site: DEMO_SITE, channel: 'email', config, atOnce: true })
    assert.equal(outcome.kind, 'saved')
  }
  await turn('off')
  assert.equal((await rows(at, 'config.channel.changed'))[0]?.data['state'], 'off')
  await goesOnUnasked(at, () => turn({ kind: 'captured' }))
})

test('[S0.17] an administrator is never let in that way, and nobody is where the site says block', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.mailbox.setBehaviour({ email: 'unconfigured' })
  const root = await at.password('root')
  assert.ok(root.kind === 'pending')
  assert.equal(root.pending.challenge.state.kind, 'enrolling')

  await at.set({ 'delivery.when_unconfigured': 'block' })
  const kim = await at.password('kim')
  assert.ok(kim.kind === 'denied')
  assert.equal(kim.contacts[0]?.name, 'Robin Root')
})

for (const failing of ['reject', 'timeout'] as const)
  test(`[S0.17b] mail that is set up and fails (${failing}) opens no session; the page says so and offers another try`, async (t) => {
    const at = await siteFor(t, 'manufacturing')
    await at.mailbox.setBehaviour({ email: failing })

    const kim = waiting(await at.password('kim'))
    const shown = await page(at, kim)
    const again = failing === 'timeout' ? { again: true } : {}
    assert.deepEqual(shown?.sending, { state: 'failed', channel: 'email', to: 'k•••@acme.test', ...again })
    assert.deepEqual(
      shown?.channels.map(({ channel }) => channel),
      ['email'],
    )
    assert.equal(shown?.contacts[0]?.name, 'Robin Root')
    assert.deepEqual(await rows(at, 'session.created'), [])
    assert.equal((await rows(at, failing === 'timeout' ? 'delivery.retried' : 'delivery.failed')).length, 1)

    await at.mailbox.setBehaviour({ email: 'ok' })
    at.clock.pass(seconds(30))
    assert.equal((await requestCode(at, kim)).kind, 'sent')
    opened(await type(at, kim, at.codeFor('kim')))
  })

test('[S0.17b] where another method is allowed, a failing mail server leads to it', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'methods.allowed': ['email', 'sms'] })
  const working = waiting(await at.password('sam'))
  assert.deepEqual((await page(at, working))?.methods, ['email'])

  await at.mailbox.setBehaviour({ email: 'reject' })
  const kim = waiting(await at.password('kim'))
  assert.deepEqual((await page(at, kim))?.methods, ['email', 'sms'])
  assert.equal((await requestCode(at, kim, 'sms')).kind, 'sent')
  opened(await type(at, kim, at.codeFor('kim', 'sms')))
})
