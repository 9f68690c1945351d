import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { test } from 'node:test'
import { dump, siteOnDisk } from '../database-dump.ts'
import { appCode, linkFor, look, shown } from '../enrolment-steps.ts'
import { opened, otherThan, requestCode, siteFor, type, waiting } from '../steps.ts'

// Somebody reads what a system says about itself: its audit log, the errors of its mail server, a printed object, a stack. Nothing in
// there may be a code, a secret or a token.

test('[R-009] the audit log and the outbox hold no code, also where a channel refuses it', async (t) => {
  const { at, file } = await siteOnDisk(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  const wrong = otherThan(code)
  const refused = await type(at, pending, wrong)
  await at.mailbox.setBehaviour({ sms: 'reject', email: 'timeout' })
  at.clock.pass(30_000)
  const outcomes = [refused, await requestCode(at, pending), await requestCode(at, pending, 'email')]
  outcomes.push(await type(at, pending, `${code} no`))
  opened(await type(at, pending, code))

  const log = JSON.stringify(await at.trail())
  assert.ok(log.includes('delivery.failed') && log.includes('auth.challenge.fail'))
  for (const [where, text] of [
    ['the audit log', log],
    ['the outcomes', inspect(outcomes, { depth: 20 })],
    ['the database', dump(file)],
  ] as const)
    for (const each of [code, wrong]) assert.ok(!text.includes(each), `${each} is in ${where}`)
})

test('[R-009] the audit log holds no secret, no link and no token', async (t) => {
  const at = await siteFor(t, 'erp')
  const pending = waiting(await at.password('sam'))
  const link = linkFor(at, 'sam')
  const { secret } = shown(await look(at, pending, link))
  await type(at, pending, '000000')
  const token = opened(await type(at, pending, appCode(at, secret)))
  const log = JSON.stringify(await at.trail())
  for (const hidden of [
    pending,
    link,
    secret,
    token,
    at.keys.admin,
    at.keys.service,
    'sam-demo-password',
    'sam@acme.test',
  ])
    assert.ok(!log.includes(hidden), `${hidden} is in the audit log`)
})

test('[R-009] an error of ours tells no code: a courier is given it under a cover that printing does not lift', async (t) => {
  const at = await siteFor(t, 'fleet')
  const printed: string[] = []
  const { courier } = at.ports
  const send: typeof courier.send = (outgoing) => {
    const { letter } = outgoing
    const code = letter.kind === 'code' ? letter.code : null
    printed.push(inspect(outgoing, { depth: 20 }), JSON.stringify(outgoing), String(code))
    return courier.send(outgoing)
  }
  Object.assign(at.ports, { courier: { ...courier, send } })
  waiting(await at.password('kim'))
  assert.equal(printed.length, 3)
  for (const text of printed) {
    assert.ok(!text.includes(at.codeFor('kim')))
    assert.match(text, /\[secret\]/)
  }
})
