import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes, seconds } from '#domain/time.ts'
import { RESET_LIFE } from '#domain/password-reset.ts'
import { linkFor } from '../enrolment-steps.ts'
import { forget, resetPath } from '../reset-steps.ts'
import { waiting } from '../steps.ts'
import { type WholeServer, wholeServer } from '../whole-server.ts'

// A mail lies in a mailbox for a long time. Its link is good for as long as it was meant to be, and no change of a setting revives it.

async function withLink(t: import('node:test').TestContext, life: number): Promise<{ at: WholeServer; path: string }> {
  const at = await wholeServer(t, { preset: 'erp' })
  await at.set({ 'enrolment.qr_ttl_seconds': life / seconds(1) })
  waiting(await at.password('sam'))
  return { at, path: `/acme/enrol/${linkFor(at, 'sam')}` }
}

const statusOf = async (at: WholeServer, path: string): Promise<number> => (await at.knock(`GET ${path}`)).status

test('[EX-04] a link of a day works a minute before its end, and not a minute after', async (t) => {
  const { at, path } = await withLink(t, hours(24))
  at.clock.pass(hours(24) - minutes(1))
  assert.equal(await statusOf(at, path), 200)
  at.clock.pass(minutes(2))
  assert.equal(await statusOf(at, path), 410)
})

test('[EX-04] a shorter setting ends links that were sent before it', async (t) => {
  const { at, path } = await withLink(t, hours(24))
  at.clock.pass(minutes(11))
  assert.equal(await statusOf(at, path), 200)
  await at.set({ 'enrolment.qr_ttl_seconds': 600 })
  assert.equal(await statusOf(at, path), 410)
})

test('[EX-04] a longer setting prolongs no link that was sent before it, nor revives one', async (t) => {
  const { at, path } = await withLink(t, minutes(10))
  await at.set({ 'enrolment.qr_ttl_seconds': 86_400 })
  at.clock.pass(minutes(10) - 1)
  assert.equal(await statusOf(at, path), 200)
  at.clock.pass(1)
  assert.equal(await statusOf(at, path), 410)
})

test('[EX-04] nor is it prolonged by following it with the password in another browser', async (t) => {
  const { at, path } = await withLink(t, minutes(10))
  await at.set({ 'enrolment.qr_ttl_seconds': 86_400 })
  at.clock.pass(minutes(9))
  waiting(await at.password('sam', { link: path.slice(path.lastIndexOf('/') + 1) }))
  at.clock.pass(minutes(1))
  assert.equal(await statusOf(at, path), 410)
})

test('[EX-04] a link for another password has a life that no setting changes', async (t) => {
  const at = await wholeServer(t, { preset: 'erp' })
  await forget(at, 'sam')
  const path = resetPath(at, 'sam')
  await at.set({ 'enrolment.qr_ttl_seconds': 86_400 })
  at.clock.pass(RESET_LIFE - 1)
  assert.equal(await statusOf(at, path), 200)
  at.clock.pass(1)
  assert.equal(await statusOf(at, path), 410)
})
