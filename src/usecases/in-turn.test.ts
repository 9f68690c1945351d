import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '#ports/store.ts'
import { inTurn } from './in-turn.ts'

const storeOf = (): Store => ({}) as Store

test('what came first is done first, and nothing of another key or store waits for it', async () => {
  const [store, other] = [storeOf(), storeOf()]
  const gate = Promise.withResolvers<void>()
  const done: string[] = []
  const first = inTurn(store, 'kim', async (waited) => {
    await gate.promise
    done.push(`first ${waited}`)
  })
  const second = inTurn(store, 'kim', async (waited) => void done.push(`second ${waited}`))
  await inTurn(store, 'sam', async (waited) => void done.push(`sam ${waited}`))
  await inTurn(other, 'kim', async (waited) => void done.push(`elsewhere ${waited}`))
  gate.resolve()
  await Promise.all([first, second])
  assert.deepEqual(done, ['sam false', 'elsewhere false', 'first false', 'second true'])
})

test('what goes wrong goes wrong for the one it belongs to, and the next one has its turn', async () => {
  const store = storeOf()
  const first = inTurn(store, 'kim', () => Promise.reject(new Error('lost')))
  const second = inTurn(store, 'kim', async () => 'done')
  await assert.rejects(first, /lost/)
  assert.equal(await second, 'done')
  assert.equal(await inTurn(store, 'kim', async (waited) => waited), false, 'nobody is left in the queue')
})
