import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastResort } from './last-resort.ts'

function watched() {
  const told: unknown[] = []
  const state = { ended: 0, now: 0 }
  const meet = lastResort((error) => void told.push(error), { end: () => (state.ended += 1), steady: () => state.now })
  return { told, state, meet }
}

const shortage = (code: string) => Object.assign(new Error(`accept ${code}`), { code })

test('[ST-15] a shortage of descriptors or memory is said once a minute and ends nothing', () => {
  const { told, state, meet } = watched()
  for (const code of ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EMFILE']) meet(shortage(code))
  assert.deepEqual([told.length, state.ended], [1, 0])
  state.now = 60_000
  meet(shortage('EMFILE'))
  assert.deepEqual([told.length, state.ended], [2, 0])
})

test('[ST-15] after anything else that nobody caught one line is written and the process ends', () => {
  for (const error of [new Error('unthought of'), shortage('EPIPE'), 'thrown text', undefined]) {
    const { told, state, meet } = watched()
    meet(error)
    assert.deepEqual([told, state.ended], [[error], 1])
  }
})
