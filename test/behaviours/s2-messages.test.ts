import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes, seconds } from '#domain/time.ts'
import type { Channel } from '#domain/method.ts'
import { linkStanding } from '#usecases/enrol.ts'
import { appCode, demoUser, linkFor, look, shown } from '../enrolment-steps.ts'
import { opened, otherThan, siteFor, standingOf, type, waiting } from '../steps.ts'

for (const [id, channel, address] of [
  ['S2.9', 'email', demoUser('kim').email],
  ['S2.11', 'sms', demoUser('kim').phone],
] as const) {
  test(`[${id}] [S2.4] the code goes by ${channel} to what is registered, at each sign-in, and nowhere else`, async (t) => {
    const at = await siteFor(t, 'erp')
    await at.set({ 'methods.allowed': [channel], 'delivery.primary': channel })
    for (let time = 1; time <= 3; time += 1) {
      const pending = waiting(await at.password('kim'))
      const sent = at.messages()
      assert.equal(sent.length, time)
      assert.deepEqual([sent[0]?.channel, sent[0]?.to], [channel, address])
      opened(await type(at, pending, at.codeFor('kim')))
      at.clock.pass(hours(1))
    }
  })
}

for (const channel of ['email', 'sms'] as const satisfies readonly Channel[]) {
  test(`[S2.23] the ${channel} code comes by itself, and nothing is open before it passes`, async (t) => {
    const at = await siteFor(t, 'erp')
    await at.set({ 'methods.allowed': [channel], 'delivery.primary': channel })
    const pending = waiting(await at.password('sam'))
    assert.equal(at.messages(channel).length, 1)
    assert.equal(await standingOf(at, pending), 'no-session')
    assert.equal((await type(at, pending, otherThan(at.codeFor('sam')))).kind, 'refused')
    assert.equal(await standingOf(at, pending), 'no-session')
    const token = opened(await type(at, pending, at.codeFor('sam')))
    assert.equal(await standingOf(at, token), 'granted')
  })
}

test('[S2.25] the password without a code and the code without the password open nothing', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'methods.allowed': ['email'] })
  const pending = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  assert.equal(await standingOf(at, pending), 'no-session')
  assert.equal((await at.password('kim', { password: code })).kind, 'invalid-credentials')
  assert.equal((await type(at, 'pt_without_a_password', code)).kind, 'gone')
  opened(await type(at, pending, code))
})

test('[S2.28] the enrolment link lives as long as enrolment.qr_ttl_seconds says, and not a second longer', async (t) => {
  for (const life of [60, 300, 3_600]) {
    const at = await siteFor(t, 'erp')
    await at.set({ 'enrolment.qr_ttl_seconds': life })
    const pending = waiting(await at.password('sam'))
    const link = linkFor(at, 'sam')
    const { secret } = shown(await look(at, pending, link))
    at.clock.pass(seconds(life - 1))
    assert.equal(await linkStanding(at.ports, { site: at.site.id, link }), 'live')
    at.clock.pass(seconds(2))
    assert.equal(await linkStanding(at.ports, { site: at.site.id, link }), 'over')
    assert.notEqual((await type(at, pending, appCode(at, secret))).kind, 'signed-in')
  }
})

test('[EX-04] a link lives the shorter of its life when made and the present setting', async (t) => {
  const at = await siteFor(t, 'erp')
  const standing = (link: string) => linkStanding(at.ports, { site: at.site.id, link })
  /** Made under one setting, looked at under another, `age` minutes later. */
  const after = async (made: number, now: number, age: number) => {
    await at.set({ 'enrolment.qr_ttl_seconds': made })
    waiting(await at.password('sam'))
    const link = linkFor(at, 'sam')
    await at.set({ 'enrolment.qr_ttl_seconds': now })
    at.clock.pass(minutes(age))
    return standing(link)
  }
  assert.equal(await after(86_400, 86_400, 24 * 60 - 1), 'live')
  assert.equal(await after(86_400, 86_400, 24 * 60 + 1), 'over')
  assert.equal(await after(86_400, 600, 9), 'live')
  assert.equal(await after(86_400, 600, 11), 'over')
  assert.equal(await after(600, 86_400, 9), 'live')
  assert.equal(await after(600, 86_400, 11), 'over', 'a longer life comes to new links only')
})
