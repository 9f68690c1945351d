import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all, run, type Work } from './database.ts'
import { type Connection, groupCommits } from './group-commit.ts'

/** A connection that writes down what it is told; `fails` throws at one of the steps. */
function recorded(fails: (step: string) => void = () => undefined, flushMs = 0) {
  const steps: string[] = []
  const step = (name: string) => () => {
    steps.push(name)
    fails(name)
  }
  const connection: Connection = {
    begin: step('begin'),
    commit: step('commit'),
    rollback: step('rollback'),
    savepoint: step('savepoint'),
    release: step('release'),
    rollbackToSavepoint: step('undo'),
    finish<T>(work: Work<T>): T {
      let next = work.next()
      while (!next.done) {
        steps.push(next.value.sql)
        fails(next.value.sql)
        next = work.next({ rows: [], changed: 1 })
      }
      return next.value
    },
  }
  const pauses: number[] = []
  let clock = 0
  const group = groupCommits(connection, {
    isBusy: (error) => (error as Error).message === 'busy',
    pause: async (milliseconds) => void pauses.push(milliseconds),
    now: () => (clock += flushMs),
    waitMs: 60,
  })
  return { group, steps, pauses }
}

const write = (sql: string) => () => run(sql)

test('writes of one turn share one transaction, each behind a savepoint, and are told after its end', async () => {
  const { group, steps } = recorded()
  const told: string[] = []
  await Promise.all(
    ['a', 'b', 'c'].map((sql) =>
      group.write(write(sql)).then(() => {
        assert.equal(steps.at(-1), 'commit')
        told.push(sql)
      }),
    ),
  )
  assert.deepEqual(steps.join(' '), 'begin savepoint a release savepoint b release savepoint c release commit')
  assert.deepEqual(told, ['a', 'b', 'c'])
})

test('while each turn brings another write, they are waited for; a turn that brings none ends it', async () => {
  const { group, steps } = recorded()
  const turn = (): Promise<void> => new Promise((done) => setImmediate(done))
  const next = turn()
  const all = [group.write(write('a'))]
  await next
  all.push(group.write(write('b')))
  await turn()
  await turn()
  all.push(group.write(write('c')))
  await Promise.all(all)
  assert.equal(steps.join(' '), 'begin savepoint a release savepoint b release commit begin c commit')
})

test('after a flush of several, others are gathered for twice its time, ten milliseconds at most; after one alone nobody waits', async () => {
  for (const { flushMs, waits } of [
    { flushMs: 3, waits: [6] },
    { flushMs: 300, waits: [10] },
    { flushMs: 0.2, waits: [] },
  ]) {
    const { group, pauses } = recorded(undefined, flushMs)
    await Promise.all([group.write(write('a')), group.write(write('b'))])
    assert.deepEqual(pauses, [])
    await group.write(write('c'))
    assert.deepEqual(pauses, waits)
    await group.write(write('d'))
    assert.deepEqual(pauses, waits)
  }
})

test('eight are enough to be flushed at once', async () => {
  const { group, pauses } = recorded(undefined, 3)
  for (let round = 0; round < 3; round += 1)
    await Promise.all(Array.from({ length: 8 }, (_, each) => group.write(write(`${each}`))))
  assert.deepEqual(pauses, [])
})

test('one write alone needs no savepoint', async () => {
  const { group, steps } = recorded()
  assert.equal(await group.write(write('a')), 1)
  assert.deepEqual(steps, ['begin', 'a', 'commit'])
})

test('one that fails is undone and told, and takes no other with it', async () => {
  const { group, steps } = recorded((step) => {
    if (step === 'b') throw new Error('no')
  })
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((sql) => group.write(write(sql))))
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.equal(steps.join(' '), 'begin savepoint a release savepoint b undo release savepoint c release commit')
})

test('when the flush fails, nobody is told of success', async () => {
  const { group } = recorded((step) => {
    if (step === 'commit') throw new Error('disk full')
  })
  const outcomes = await Promise.allSettled(['a', 'b'].map((sql) => group.write(write(sql))))
  for (const outcome of outcomes) assert.ok(outcome.status === 'rejected' && /disk full/.test(String(outcome.reason)))
})

test('when a failure has taken the whole transaction with it, all of the group have failed', async () => {
  const { group, steps } = recorded((step) => {
    if (step === 'b' || step === 'undo') throw new Error(step)
  })
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((sql) => group.write(write(sql))))
  for (const { status } of outcomes) assert.equal(status, 'rejected')
  assert.ok(!steps.includes('c') && steps.at(-1) === 'rollback')
})

test('the lock of another process is waited for between turns, within bounds', async () => {
  let busy = 3
  const { group, pauses } = recorded((step) => {
    if (step === 'begin' && busy-- > 0) throw new Error('busy')
  })
  await group.write(write('a'))
  assert.equal(pauses.length, 3)
  busy = 1_000
  await assert.rejects(group.write(write('b')), /busy/)
  assert.equal(pauses.length, 3 + 4)
})

test('what is asked while a group is under way comes in the next one, and idle waits for both', async () => {
  const { group, steps } = recorded()
  const first = group.write(function* () {
    void group.write(write('later'))
    return yield* all('first')
  })
  await first
  await group.idle()
  assert.equal(steps.join(' '), 'begin first commit begin later commit')
})
