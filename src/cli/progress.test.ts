import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { HandClock } from '../../test/hand-clock.ts'
import type { CliContext } from './context.ts'
import { progressOn } from './progress.ts'

function terminal(more: Partial<CliContext>) {
  const clock = new HandClock(0)
  let shown = ''
  const context = {
    environment: {},
    isTerminal: true,
    err: (text: string) => void (shown += text),
    ...more,
  } as CliContext
  const take = () => {
    const text = shown
    shown = ''
    return text
  }
  return { clock, take, progress: progressOn(context, clock) }
}

test('a terminal gets a bar that is drawn over itself and goes away', () => {
  const { progress, take } = terminal({ environment: { NO_COLOR: '1' } })
  progress.show('Checking', 0, 2000)
  assert.equal(take(), `\r\u001b[2KChecking ${'░'.repeat(30)} 0/2,000`)
  progress.show('Checking', 0, 2000)
  assert.equal(take(), '')
  progress.show('Checking', 1000, 2000)
  assert.equal(take(), `\r\u001b[2KChecking ${'█'.repeat(15)}${'░'.repeat(15)} 1,000/2,000`)
  progress.end()
  progress.end()
  assert.equal(take(), '\r\u001b[2K')
})

test('everything else gets a plain line each five seconds', () => {
  for (const more of [{ isTerminal: false }, { environment: { TERM: 'dumb' } }]) {
    const { progress, take, clock } = terminal(more)
    progress.show('Checking', 0, 2000)
    clock.pass(seconds(5) - 1)
    progress.show('Checking', 500, 2000)
    assert.equal(take(), '')
    clock.pass(1)
    progress.show('Checking', 1000, 2000)
    progress.show('Checking', 1250, 2000)
    progress.end()
    assert.equal(take(), 'Checking 1,000/2,000\n')
  }
})
