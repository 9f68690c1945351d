import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { opened, otherThan, page, rows, siteFor, type, waiting } from '../steps.ts'
import type { World } from '../world.ts'

const NORA = {
  name: 'Nora North',
  phone: '+4915550100077',
  email: 'nora@acme.test',
  text: 'Monday to Friday, 8:00 to 16:00',
}
const TOM = { name: 'Tom Tower', phone: '', email: '', text: 'Gate house, at any time' }

async function failOnce(at: World, pendingToken: string) {
  const refused = await type(at, pendingToken, otherThan(at.codeFor('kim')))
  assert.ok(refused.kind === 'refused', refused.kind)
  return refused
}

test('[S3.11] several contact persons are kept, each with name, phone, email and text', async (t) => {
  const at = await siteFor(t, 'fleet')
  await at.set({ 'contact.persons': [NORA, TOM] })
  assert.deepEqual((await at.ports.store.siteFile(DEMO_SITE))?.settings['contact.persons'], [NORA, TOM])
})

test('[S3.12] [S3.13] the contact is shown after the third failed code, and not after none, one or two', async (t) => {
  const at = await siteFor(t, 'fleet')
  await at.set({ 'contact.persons': [NORA, TOM] })
  const pending = waiting(await at.password('kim'))
  assert.deepEqual((await page(at, pending))?.contacts, [])
  for (const [failures, contacts] of [
    [1, []],
    [2, []],
    [3, [NORA, TOM]],
  ] as const) {
    const refused = await failOnce(at, pending)
    assert.equal(refused.failedCodes, failures)
    assert.deepEqual(refused.contacts, contacts)
    assert.deepEqual((await page(at, pending))?.contacts, contacts)
  }
})

test('[S3.13] failed codes of another user, and what is no code, bring no contact', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  for (let count = 0; count < 3; count += 1) await failOnce(at, pending)
  const sam = waiting(await at.password('sam'))
  for (let count = 0; count < 3; count += 1) await type(at, sam, 'not a code')
  assert.deepEqual((await page(at, sam))?.contacts, [])
  assert.notDeepEqual((await page(at, pending))?.contacts, [])
})

test('[S3.13b] three failures lock nothing: the right code passes as the fourth', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  for (let count = 0; count < 3; count += 1) await failOnce(at, pending)
  opened(await type(at, pending, at.codeFor('kim')))
  assert.deepEqual(await rows(at, 'factor.locked'), [])
})
