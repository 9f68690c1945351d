import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { days, minutes, seconds } from '#domain/time.ts'
import { rightsOfRoles } from '#domain/rights.ts'
import { grantBypass } from '#usecases/bypass.ts'
import { type Help, helpReset, helpResend, helpUnlock, helpWithCode } from '#usecases/helpdesk.ts'
import { helpStatus } from '#usecases/helpdesk-status.ts'
import { startStepUp } from '#usecases/step-up.ts'
import { changeUser } from '#usecases/users.ts'
import { enrol, look } from '../enrolment-steps.ts'
import { by, fileOf, join } from '../people.ts'
import { opened, otherThan, rows, siteFor, standingOf, type, visit, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

// Hanna at the helpdesk can help people, and can harm nobody.

const EVERYTHING = { helpStatus, helpUnlock, helpResend, helpWithCode, helpReset }

async function hanna(at: World, username: string, reason = 'called, ticket 4711'): Promise<Help> {
  const known = await at.ports.store.personFile(at.site.id, 'hanna', at.clock.now())
  if (!known) await join(at, 'hanna', { roles: ['Helpdesk'], email: 'hanna@acme.test' })
  return { ...(await by(at, 'hanna')), site: DEMO_SITE, username, reason }
}

/** Ten wrong codes: the second step of kim is locked. */
async function lockKim(at: World): Promise<void> {
  for (let login = 0; login < 2; login += 1) {
    const pending = waiting(await at.password('kim'))
    const wrong = otherThan(at.codeFor('kim'))
    for (let guess = 0; guess < 5; guess += 1) await type(at, pending, wrong)
  }
  assert.equal((await at.password('kim')).kind, 'code-locked')
}

test('[F16] [AD-01] the helpdesk does nothing for administrators, auditors and itself, and each try is on record', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await join(at, 'audrey', { roles: ['Auditor'] })
  for (const username of ['root', 'audrey', 'hanna']) {
    const help = await hanna(at, username)
    const before = await fileOf(at, username)
    for (const [name, act] of Object.entries(EVERYTHING))
      assert.deepEqual(await act(at.ports, help), { kind: 'not-for-helpdesk' }, `${name} for ${username}`)
    assert.deepEqual(await fileOf(at, username), before)
  }
  const denied = await rows(at, 'authz.denied')
  assert.equal(denied.length, 3 * Object.keys(EVERYTHING).length)
  assert.ok(denied.every(({ actor, data }) => actor.name === 'hanna' && data['reason'] === 'rank'))
  assert.deepEqual([...rightsOfRoles(['Helpdesk'])].toSorted(), ['users:help', 'users:read'])
})

test('[F16] each act needs a reason, which the record keeps', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  for (const reason of ['', '   ', 'two\nlines', 'x'.repeat(201)])
    for (const act of Object.values(EVERYTHING))
      assert.equal((await act(at.ports, await hanna(at, 'kim', reason))).kind, 'invalid', JSON.stringify(reason))
  waiting(await at.password('kim'))
  at.clock.pass(seconds(30))
  const acts = [helpStatus, helpUnlock, helpResend, helpWithCode, helpReset]
  for (const act of acts) await act(at.ports, await hanna(at, 'kim'))
  const told = ['helpdesk.viewed', 'factor.unlocked', 'helpdesk.resent', 'helpdesk.code.issued', 'factor.reset']
  for (const ev of told) {
    const [row, ...others] = await rows(at, ev)
    assert.deepEqual(
      [row?.actor.name, row?.subject?.name, row?.data['reason']],
      ['hanna', 'kim', 'called, ticket 4711'],
      ev,
    )
    assert.equal(others.length, 0)
  }
})

test('[F16] the person is told of each act by mail, and the mail has no code', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  waiting(await at.password('kim'))
  at.clock.pass(seconds(30))
  for (const act of [helpUnlock, helpResend, helpWithCode, helpReset]) await act(at.ports, await hanna(at, 'kim'))
  await at.pump()
  const mails = at.messages('email').filter(({ to, subject }) => to === 'kim@acme.test' && !/^\d/.test(subject ?? ''))
  assert.deepEqual(mails.map(({ subject }) => subject ?? '').toSorted(), [
    'The helpdesk made a code for your Acme account',
    'The helpdesk sent you your Acme code again',
    'The helpdesk unlocked your Acme account',
    'Your second factor for Acme was reset',
  ])
  for (const { text } of mails) assert.doesNotMatch(text, /\d{6}/)
})

test('[F16] the status says what helps, and no secret and no whole address', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await lockKim(at)
  const until = at.clock.now() + days(1)
  const grant = { ...ADMIN, site: DEMO_SITE, username: 'op', reason: 'other', note: 'no phone', expiresAt: until }
  await grantBypass(at.ports, grant)
  const kim = await helpStatus(at.ports, await hanna(at, 'kim'))
  assert.deepEqual(kim, {
    kind: 'status',
    status: {
      username: 'kim',
      displayName: 'Kim',
      status: 'active',
      required: true,
      apps: 0,
      channels: { email: 'k•••@acme.test', sms: '•••• 003' },
      failedCodes: 10,
      lockedUntil: at.clock.now() + minutes(15),
      exemptUntil: null,
      lastSignInAt: null,
      waiting: false,
    },
  })
  waiting(await at.password('sam'))
  const sam = await helpStatus(at.ports, await hanna(at, 'sam'))
  assert.ok(sam.kind === 'status' && sam.status.waiting)
  const op = await helpStatus(at.ports, await hanna(at, 'op'))
  assert.ok(op.kind === 'status' && op.status.exemptUntil === until)
  at.clock.pass(days(1))
  const later = await helpStatus(at.ports, await hanna(at, 'op'))
  assert.ok(later.kind === 'status' && later.status.exemptUntil === null, 'what is over is no exemption')
})

test('[F16] unlocking opens the second step', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await lockKim(at)
  assert.equal((await helpUnlock(at.ports, await hanna(at, 'kim'))).kind, 'done')
  opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
})

test('[F16] the code is sent again to the person alone, under the terms of every resend', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  assert.deepEqual(await helpResend(at.ports, await hanna(at, 'kim')), { kind: 'nobody-waits' })
  const pending = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  assert.equal((await helpResend(at.ports, await hanna(at, 'kim'))).kind, 'cooldown')
  at.clock.pass(seconds(30))
  const outcome = await helpResend(at.ports, await hanna(at, 'kim'))
  assert.equal(outcome.kind, 'done')
  assert.ok(!JSON.stringify(outcome).includes(code))
  assert.equal(at.messages('email').filter(({ subject }) => subject?.startsWith(code)).length, 2)
  opened(await type(at, pending, code))
})

test('[F16] one code lets the person in once within an hour, and counts for no more than the password', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const outcome = await helpWithCode(at.ports, await hanna(at, 'kim'))
  assert.ok(outcome.kind === 'issued')
  const code = outcome.code.reveal()
  at.clock.pass(minutes(60) - 1)
  const token = opened(await type(at, waiting(await at.password('kim')), code))
  const access = await visit(at, token)
  assert.ok(access.kind === 'granted')
  assert.deepEqual([access.acr, access.amr], ['aal1', ['pwd', 'helpdesk']])
  assert.equal((await type(at, waiting(await at.password('kim')), code)).kind, 'refused')
  assert.equal((await rows(at, 'helpdesk.code.used')).length, 1)

  const late = await helpWithCode(at.ports, await hanna(at, 'kim'))
  assert.ok(late.kind === 'issued')
  at.clock.pass(minutes(60))
  assert.equal((await type(at, waiting(await at.password('kim')), late.code.reveal())).kind, 'refused')
})

test('[F16] such a code proves nothing inside a session, nor for one who has become an administrator', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const token = opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
  const given = await helpWithCode(at.ports, await hanna(at, 'kim'))
  assert.ok(given.kind === 'issued')
  const stepUp = waiting(await startStepUp(at.ports, { site: at.site.id, sessionToken: token, origin: HOME }))
  assert.equal((await type(at, stepUp, given.code.reveal())).kind, 'refused')
  const fields = { roles: ['Administrator'] }
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'kim', fields })
  assert.equal((await type(at, waiting(await at.password('kim')), given.code.reveal())).kind, 'refused')
})

test('[F16] [F19] starting anew ends the sessions, and only the person ever sees the new secret', async (t) => {
  const at = await siteFor(t, 'erp')
  await enrol(at, 'kim')
  at.clock.pass(minutes(1))
  const before = await fileOf(at, 'kim')
  const outcome = await helpReset(at.ports, await hanna(at, 'kim'))
  assert.equal(outcome.kind, 'done')
  const pending = waiting(await at.password('kim'))
  assert.equal((await look(at, pending)).kind, 'link-required')
  const after = await fileOf(at, 'kim')
  assert.deepEqual([before.apps.length, after.apps.length], [1, 0])
  assert.ok(after.enrolment)
  assert.equal(await standingOf(at, pending), 'no-session')
})
