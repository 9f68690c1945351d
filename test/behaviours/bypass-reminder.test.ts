import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { days, seconds } from '#domain/time.ts'
import { grantBypass } from '#usecases/bypass.ts'
import { remindOfBypasses } from '#usecases/remind-of-bypass.ts'
import { changeUser } from '#usecases/users.ts'
import { by } from '../people.ts'
import { opened, rows, siteFor, waiting } from '../steps.ts'
import { ADMIN, MONDAY, type World } from '../world.ts'

// An exemption ends by itself, and who granted it is reminded a week before.

async function exempt(at: World, username: string, expiresAt: number | null | undefined, act = by(at, 'root')) {
  const reason = { reason: 'other', note: 'broken phone' }
  const outcome = await grantBypass(at.ports, { ...(await act), site: DEMO_SITE, username, ...reason, expiresAt })
  assert.equal(outcome.kind, 'saved')
}

async function remind(at: World): Promise<readonly (string | null)[]> {
  const before = at.messages('email').length
  await remindOfBypasses(at.ports)
  await at.pump()
  const mails = at.messages('email')
  return mails.slice(0, mails.length - before).map(({ to, subject }) => `${to}: ${subject}`)
}

test('[F7] seven days before the end the one who granted it gets one mail, and not a second one', async (t) => {
  const at = await siteFor(t, 'manufacturing', { races: false })
  await exempt(at, 'kim', undefined)
  const end = MONDAY + days(90)
  at.clock.set(end - days(7) - 1)
  assert.deepEqual(await remind(at), [])
  at.clock.set(end - days(7))
  assert.deepEqual(await remind(at), ['root@acme.test: The exemption of Kim at Acme is about to end'])
  const [mail] = at.messages('email')
  assert.match(mail?.text ?? '', /You exempted Kim from the second factor at Acme\. .* 31 January 2027, 09:00 UTC\./)
  for (const later of [1, days(1), days(6)]) {
    at.clock.set(end - days(7) + later)
    assert.deepEqual(await remind(at), [])
  }
  const [row, ...others] = await rows(at, 'bypass.reminded')
  assert.deepEqual(
    [row?.subject?.name, row?.actor.type, row?.data['mailed'], others.length],
    ['kim', 'system', true, 0],
  )
})

test('[F7] [BY-01] at the end the sign-in is asked, a second before it is not', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const end = MONDAY + days(30)
  await exempt(at, 'kim', end)
  at.clock.set(end - seconds(1))
  opened(await at.password('kim'))
  at.clock.set(end + seconds(1))
  waiting(await at.password('kim'))
})

test('[F7] two reminders at once send one mail', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await exempt(at, 'kim', undefined)
  at.clock.set(MONDAY + days(85))
  assert.deepEqual(
    await Promise.all([remindOfBypasses(at.ports), remindOfBypasses(at.ports)]).then((done) => done.toSorted()),
    [0, 1],
  )
  await at.pump()
  assert.equal(at.messages('email').length, 1)
})

test('[F7] an exemption that was granted anew is one to be reminded of again', async (t) => {
  const at = await siteFor(t, 'manufacturing', { races: false })
  await exempt(at, 'kim', undefined)
  at.clock.set(MONDAY + days(85))
  assert.equal((await remind(at)).length, 1)
  await exempt(at, 'kim', undefined)
  assert.deepEqual(await remind(at), [])
  at.clock.pass(days(83))
  assert.equal((await remind(at)).length, 1)
})

test('[F7] nobody is reminded of what never ends, was short, has ended, or is of somebody who is gone', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await exempt(at, 'kim', null)
  await exempt(at, 'op', MONDAY + days(7))
  await exempt(at, 'sam', MONDAY + days(20))
  await exempt(at, 'web', MONDAY + days(20))
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'web', fields: { status: 'disabled' } })
  assert.deepEqual(await remind(at), [])
  at.clock.set(MONDAY + days(20))
  assert.deepEqual(await remind(at), [])
})

test('[F7] where nobody can be written to, it is on record all the same', async (t) => {
  const at = await siteFor(t, 'manufacturing', { races: false })
  await exempt(at, 'kim', undefined, Promise.resolve(ADMIN))
  at.clock.set(MONDAY + days(84))
  assert.deepEqual(await remind(at), [])
  assert.deepEqual(
    (await rows(at, 'bypass.reminded')).map(({ data }) => data['mailed']),
    [false],
  )
})
