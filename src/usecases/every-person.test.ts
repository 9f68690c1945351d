import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from '../../test/world.ts'
import { everyPerson } from './every-person.ts'

test('whoever walks through all people lets others in before each page', async (t) => {
  const { ports, site, clock, close } = await world()
  t.after(close)
  let turns = 0
  const turnsBefore: number[] = []
  let walking = true
  const other = (): void => {
    turns += 1
    if (walking) setImmediate(other)
  }
  setImmediate(other)
  // Pages of two, so that a small site has several.
  const people: typeof ports.store.people = async (of, page) => {
    const found = await ports.store.people(of, { ...page, limit: 2 })
    turnsBefore.push(turns)
    return found.length < 2
      ? found
      : [...found, ...Array.from({ length: 998 }, () => found[1] ?? found[0])].flatMap((each) => each ?? [])
  }
  const names = new Set<string>()
  for await (const { user } of everyPerson({ store: { ...ports.store, people } }, site.id, clock.now()))
    names.add(user.username)
  walking = false
  assert.deepEqual([...names], ['kim', 'op', 'root', 'sam', 'svc', 'web'])
  assert.ok(turnsBefore.length >= 3)
  turnsBefore.forEach((count, page) => assert.ok(count > page, `${count} turns of others before page ${page + 1}`))
})
