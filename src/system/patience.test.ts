import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPatience } from './patience.ts'

test('work that is soon done is waited for, and its failure is the caller’s', async () => {
  const reported: unknown[] = []
  const patience = createPatience(60_000, (error) => reported.push(error))
  let done = false
  await patience.wait(
    Promise.resolve().then(() => {
      done = true
    }),
  )
  assert.ok(done)
  await assert.rejects(patience.wait(Promise.reject(new Error('no'))), /no/)
  await patience.end()
  assert.deepEqual(reported, [])
})

test('work that takes long goes on by itself; its failure is reported, and the end waits for it', async () => {
  const reported: string[] = []
  const patience = createPatience(1, (error) => reported.push(String(error)))
  const slow = Promise.withResolvers<void>()
  await patience.wait(slow.promise)
  let ended = false
  const end = patience.end().then(() => {
    ended = true
  })
  assert.equal(ended, false)
  slow.reject(new Error('late'))
  await end
  assert.deepEqual(reported, ['Error: late'])
})
