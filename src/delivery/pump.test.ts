import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeliveryId } from '#domain/id.ts'
import { type Pump, type PumpOptions, startPump } from './pump.ts'

/** An outbox by hand: what is delivered leaves it, and each delivery waits until the test lets it end. */
function outbox(ids: readonly DeliveryId[], options: Partial<PumpOptions> = {}) {
  const due = [...ids]
  const begun: DeliveryId[] = []
  const ends = new Map<DeliveryId, { readonly ok: () => void; readonly fail: (error: Error) => void }>()
  const reported: string[] = []
  const limits: number[] = []
  let tick = () => {}
  let cancelled = false
  const pump: Pump = startPump({
    due: ({ limit }) => {
      limits.push(limit)
      return Promise.resolve(due.slice(0, limit).map((id) => ({ id, site: 'site_acme' })))
    },
    deliver: (id) => {
      begun.push(id)
      return new Promise((ok, fail) => {
        const ended = () => {
          due.splice(due.indexOf(id), 1)
          ok()
        }
        ends.set(id, { ok: ended, fail })
      })
    },
    every: (_milliseconds, each) => {
      tick = each
      return () => {
        cancelled = true
      }
    },
    report: (error) => void reported.push(String(error)),
    ...options,
  })
  return {
    pump,
    due,
    begun,
    reported,
    limits,
    cancelled: () => cancelled,
    tick: () => tick(),
    end: (id: DeliveryId) => ends.get(id),
  }
}

/** Everything that is only waiting for promises has happened afterwards. */
const settled = () => new Promise((done) => setImmediate(done))

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `dlv_${at + 1}` as const)

test('nothing is asked before the first tick; then what is due is delivered', async () => {
  const box = outbox(['dlv_1', 'dlv_2'])
  await settled()
  assert.deepEqual(box.begun, [])
  box.tick()
  await settled()
  assert.deepEqual(box.begun, ['dlv_1', 'dlv_2'])
})

test('waking asks at once', async () => {
  const box = outbox(['dlv_1'])
  box.pump.wake()
  await settled()
  assert.deepEqual(box.begun, ['dlv_1'])
})

test('what is under way is not begun again, however often it is asked for', async () => {
  const box = outbox(['dlv_1'])
  for (let times = 0; times < 5; times += 1) {
    box.tick()
    box.pump.wake()
    await settled()
  }
  assert.deepEqual(box.begun, ['dlv_1'])
})

test('at most eight at once; each that ends makes room for the next, and a slow one holds up nobody', async () => {
  const box = outbox(numbered(100), { atOnce: 8, atOncePerSite: 8 })
  box.tick()
  await settled()
  assert.deepEqual(box.begun, numbered(8))
  for (const [at, id] of numbered(100).entries()) {
    if (at === 0) continue
    box.end(id)?.ok()
    await settled()
    assert.equal(box.begun.length, Math.min(8 + at, 100))
  }
  assert.deepEqual(box.begun, numbered(100))
  assert.ok(Math.max(...box.limits) <= 32, 'the store is asked for a handful, however long it goes on')
})

test('what throws is reported and tried at the next tick; it neither spins nor stands before the others', async () => {
  const box = outbox([], { atOnce: 2, atOncePerSite: 2 })
  box.due.push(...numbered(5))
  box.tick()
  await settled()
  for (const id of ['dlv_1', 'dlv_2'] as const) box.end(id)?.fail(new Error(`no ${id}`))
  await settled()
  assert.deepEqual(box.reported, ['Error: no dlv_1', 'Error: no dlv_2'])
  assert.deepEqual(box.begun, numbered(4))
  for (const id of ['dlv_3', 'dlv_4'] as const) box.end(id)?.ok()
  await settled()
  box.end('dlv_5')?.ok()
  await settled()
  assert.deepEqual(box.begun, numbered(5))
  box.tick()
  await settled()
  assert.deepEqual(box.begun, [...numbered(5), 'dlv_1', 'dlv_2'])
})

test('a function that throws before it promises anything is reported too', async () => {
  const box = outbox(['dlv_1'], {
    deliver: () => {
      throw new Error('at once')
    },
  })
  box.tick()
  await settled()
  assert.deepEqual(box.reported, ['Error: at once'])
})

test('a store that does not answer is reported, and asked again at the next tick', async () => {
  let asked = 0
  const box = outbox([], {
    due: () => {
      asked += 1
      return Promise.reject(new Error('no database'))
    },
  })
  for (const times of [1, 2]) {
    box.tick()
    await settled()
    assert.equal(asked, times)
  }
  assert.deepEqual(box.reported, ['Error: no database', 'Error: no database'])
})

test('stopping begins nothing more and waits for what is under way', async () => {
  const box = outbox(numbered(3), { atOnce: 1 })
  box.tick()
  await settled()
  let stopped = false
  const stopping = box.pump.stop().then(() => {
    stopped = true
  })
  assert.ok(box.cancelled())
  box.tick()
  box.pump.wake()
  await settled()
  assert.equal(stopped, false)
  box.end('dlv_1')?.ok()
  await stopping
  assert.deepEqual(box.begun, ['dlv_1'])
})

test('stopping waits for all that is under way, also when nobody is looking for more', async () => {
  const box = outbox(numbered(2))
  box.tick()
  await settled()
  let stopped = false
  const stopping = box.pump.stop().then(() => {
    stopped = true
  })
  box.end('dlv_1')?.ok()
  await settled()
  assert.equal(stopped, false)
  box.end('dlv_2')?.ok()
  await stopping
})

test('stopping an idle pump is immediate, and may be done twice', async () => {
  const box = outbox([])
  await box.pump.stop()
  await box.pump.stop()
})

test('[TI-08] a site whose server hangs fills its own places only; the others are served at once', async () => {
  const begun: string[] = []
  const hanging = new Set<string>()
  const due = [
    ...Array.from({ length: 40 }, (_, n) => ({ id: `dlv_a${n}`, site: 'site_a' }) as const),
    ...Array.from({ length: 3 }, (_, n) => ({ id: `dlv_b${n}`, site: 'site_b' }) as const),
  ]
  const pump = startPump({
    due: ({ perSite }) => {
      // As the store answers: no more than so many of each site.
      const of = (site: string) => due.filter((each) => each.site === site).slice(0, perSite)
      return Promise.resolve([...of('site_a'), ...of('site_b')])
    },
    deliver: (id) => {
      begun.push(id)
      if (id.startsWith('dlv_a')) {
        hanging.add(id)
        return new Promise(() => {})
      }
      due.splice(
        due.findIndex((each) => each.id === id),
        1,
      )
      return Promise.resolve()
    },
    every: () => () => {},
    report: (error) => assert.fail(String(error)),
    atOnce: 32,
    atOncePerSite: 4,
  })
  pump.wake()
  await settled()
  await settled()
  assert.equal(hanging.size, 4)
  assert.deepEqual(begun.filter((id) => id.startsWith('dlv_b')).toSorted(), ['dlv_b0', 'dlv_b1', 'dlv_b2'])
  // What comes later to the healthy site is served too, while the other one still hangs.
  due.push({ id: 'dlv_b9', site: 'site_b' })
  pump.wake()
  await settled()
  await settled()
  assert.ok(begun.includes('dlv_b9'))
  assert.equal(hanging.size, 4)
})
