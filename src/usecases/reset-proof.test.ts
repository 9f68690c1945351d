import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsv } from '#csv/read-csv.ts'
import { readHardwareTable } from '#moving/hardware-table.ts'
import { withApp } from '../../test/enrolment-steps.ts'
import { siteFor } from '../../test/steps.ts'
import { ADMIN, type World } from '../../test/world.ts'
import { assignHardware, importHardware } from './hardware.ts'
import { resetProof } from './reset-proof.ts'

async function proofOf(at: World, username: string) {
  const person = await at.ports.store.personFile(at.site.id, username, at.clock.now())
  assert.ok(person)
  return resetProof(person, at.clock.now())
}

test('beside a mailed link everything counts that the policy asks for, and the mailbox never', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'enrolment.channel': 'screen', 'methods.allowed': ['app'] })
  await withApp(at, 'kim')
  await at.set({ 'methods.allowed': ['app', 'sms', 'email'] })
  const proof = await proofOf(at, 'kim')
  assert.ok(proof.kind === 'one-of')
  assert.deepEqual(proof.methods, ['app', 'sms'])
  await at.set({ 'methods.allowed': ['email'] })
  const held = await proofOf(at, 'kim')
  assert.ok(held.kind === 'one-of', 'what she has of her own, though it is not asked for today')
  assert.deepEqual(held.methods, ['app'])
  assert.deepEqual(await proofOf(at, 'op'), { kind: 'mailbox-only' })
  await at.set({ 'two_factor.enabled': false })
  assert.deepEqual(await proofOf(at, 'op'), { kind: 'nothing' })
  assert.equal((await proofOf(at, 'kim')).kind, 'one-of')

  const read = readCsv('serial,secret\nA1,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\n')
  assert.ok(read.kind === 'table')
  const list = readHardwareTable(read.table)
  await importHardware(at.ports, { ...ADMIN, site: 'acme', list })
  const [found] = await at.ports.store.hardwareTokens(at.site.id)
  assert.ok(found)
  await assignHardware(at.ports, { ...ADMIN, site: 'acme', token: found.token.id, username: 'op' })
  const hardware = await proofOf(at, 'op')
  assert.ok(hardware.kind === 'one-of')
  assert.deepEqual(hardware.methods, ['hardware'])
})
