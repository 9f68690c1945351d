import assert from 'node:assert/strict'
import { test } from 'node:test'
import { by } from '../../test/people.ts'
import { rows, siteFor } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'
import { changeSettings } from './settings.ts'
import { createUser } from './users.ts'

test('[FO-12] what happens without a channel is changed with an entry of its own, and every administrator is told who did it', async (t) => {
  const at = await siteFor(t, 'erp')
  const fields = { email: 'ada@acme.test', roles: ['Administrator'] }
  assert.equal((await createUser(at.ports, { ...ADMIN, site: 'acme', username: 'ada', fields })).kind, 'saved')
  const order = { ...(await by(at, 'root')), site: 'acme', reason: 'the gateway moves' }
  const patch = { 'delivery.when_unconfigured': 'allow' }
  for (const reason of [undefined, ' ']) {
    const silent = await changeSettings(at.ports, { ...order, reason, patch: { ...patch, 'code.digits': 8 } })
    assert.ok(silent.kind === 'invalid')
    assert.match(silent.problems[0]?.problem ?? '', /^delivery\.when_unconfigured: say why/)
  }
  assert.equal((await rows(at, 'policy.changed')).length, 1, 'nothing of it was saved')
  assert.equal((await changeSettings(at.ports, { ...order, patch })).kind, 'changed')
  await at.pump()
  const told = at.messages('email').filter(({ subject }) => /without a way to send codes/.test(subject ?? ''))
  assert.deepEqual(told.map(({ to }) => to).toSorted(), ['ada@acme.test', 'root@acme.test'])
  for (const { text } of told) assert.match(text, /^root changed the setting/)
  const [row] = await rows(at, 'policy.failmode.changed')
  assert.deepEqual(row?.data, { from: 'block', to: 'allow', told: 2, reason: 'the gateway moves' })
  assert.equal(row?.actor.name, 'root')
})

test('[FO-12] where mail was never set up the notice goes by SMS; no other change is announced', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.mailbox.setBehaviour({ email: 'unconfigured' })
  await at.set({ 'code.digits': 8 })
  assert.deepEqual(await rows(at, 'policy.failmode.changed'), [])
  await at.set({ 'delivery.when_unconfigured': 'allow' })
  await at.pump()
  assert.match(at.messages('sms')[0]?.text ?? '', /what happens without codes was changed/)
})
