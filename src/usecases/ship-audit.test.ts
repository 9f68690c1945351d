import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { days, hours, minutes, seconds } from '#domain/time.ts'
import type { AuditSink, StreamBatch } from '#ports/audit-streams.ts'
import { ADMIN, type World, world } from '../../test/world.ts'
import { addAuditStream } from './add-audit-stream.ts'
import { purgeAudit } from './purge-audit.ts'
import { removeAuditStream } from './remove-audit-stream.ts'
import { sealAudit } from './seal-audit.ts'
import { shipAudit } from './ship-audit.ts'

interface Receiver {
  readonly at: World
  readonly batches: StreamBatch[]
  /** What the receiver says to the next batches; null: it takes them. */
  says: string | null
  seqs(): readonly number[]
  ship(): Promise<void>
  stream(): ReturnType<World['ports']['store']['auditStreams']>
}

/** A site whose log is sent on to a receiver that can refuse. The sink is a double: for its faults. */
async function receiving(t: TestContext, fromStart = false): Promise<Receiver> {
  const at = await world()
  t.after(() => at.close())
  const order = { ...ADMIN, site: 'acme', name: 'siem', kind: 'file', config: { path: '/nowhere' }, fromStart } as const
  assert.equal((await addAuditStream(at.ports, order)).kind, 'added')
  const batches: StreamBatch[] = []
  const sink: AuditSink = {
    ...at.ports.auditSink,
    send: (_kind, _config, batch) => {
      if (receiver.says !== null) return Promise.resolve({ kind: 'failed', why: receiver.says })
      batches.push(batch)
      return Promise.resolve({ kind: 'taken' })
    },
  }
  const receiver: Receiver = {
    at,
    batches,
    says: null,
    seqs: () => batches.flatMap(({ rows }) => rows.map(({ seq }) => seq)),
    ship: () => shipAudit({ ...at.ports, auditSink: sink }),
    stream: () => at.ports.store.auditStreams(at.site.id),
  }
  return receiver
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

test('[F18] a receiver gets every entry once, in order, and what is new at the next time', async (t) => {
  const receiver = await receiving(t, true)
  await receiver.ship()
  const head = receiver.seqs().at(-1) ?? 0
  assert.deepEqual(receiver.seqs(), upTo(1, head))
  await receiver.at.password('kim')
  await receiver.ship()
  assert.equal(receiver.seqs().at(-1), head)
  receiver.at.clock.pass(seconds(5))
  await receiver.ship()
  assert.deepEqual(receiver.seqs(), upTo(1, (await receiver.at.trail()).length))
})

test('[F18] a receiver that fails is tried again after a growing pause, and misses nothing', async (t) => {
  const receiver = await receiving(t)
  const { clock } = receiver.at
  receiver.says = 'it said no'
  const pauses: number[] = []
  for (let tries = 0; tries < 12; tries += 1) {
    await receiver.ship()
    const [stream] = await receiver.stream()
    assert.deepEqual([stream?.failures, stream?.lastError], [tries + 1, 'it said no'])
    pauses.push((stream?.nextAt ?? 0) - clock.now())
    clock.set(stream?.nextAt ?? 0)
  }
  assert.deepEqual(pauses.slice(0, 4), [5, 10, 20, 40].map(seconds))
  assert.equal(pauses.at(-1), hours(1))
  receiver.says = null
  await receiver.ship()
  const [stream] = await receiver.stream()
  assert.deepEqual([stream?.failures, stream?.failingSince, stream?.lastError], [0, null, null])
  assert.deepEqual(receiver.seqs(), [(await receiver.at.trail()).length])
})

test('[F18] what was purged before a receiver had it is named to it as missing', async (t) => {
  const receiver = await receiving(t)
  const { at } = receiver
  receiver.says = 'down'
  await receiver.ship()
  const [before] = await receiver.stream()
  await at.password('kim')
  const sealed = await sealAudit(at.ports, 'acme')
  assert.ok(sealed.kind === 'sealed')
  at.clock.pass(days(400))
  assert.equal((await purgeAudit(at.ports, { site: 'acme' })).kind, 'purged')
  receiver.says = null
  await receiver.ship()
  assert.deepEqual(receiver.batches[0]?.missing, { from: (before?.sentSeq ?? 0) + 1, to: sealed.size })
})

test('two nodes do not send the same at once, and a crashed one is followed by another', async (t) => {
  const receiver = await receiving(t, true)
  await Promise.all([receiver.ship(), receiver.ship()])
  assert.deepEqual(receiver.seqs(), upTo(1, receiver.seqs().length))
  const { store } = receiver.at.ports
  const now = receiver.at.clock.now() + minutes(1)
  assert.equal((await store.claimStreams({ now, until: now + minutes(2), limit: 9 })).length, 1)
  receiver.at.clock.set(now + minutes(1))
  await receiver.at.password('kim')
  const before = receiver.seqs().length
  await receiver.ship()
  assert.equal(receiver.seqs().length, before)
  receiver.at.clock.pass(minutes(1))
  await receiver.ship()
  assert.ok(receiver.seqs().length > before)
})

test('an unusable configuration, a taken name and an unknown receiver are told', async (t) => {
  const { at } = await receiving(t)
  const order = { ...ADMIN, site: 'acme', name: 'siem', kind: 'webhook', fromStart: false } as const
  const config = { url: 'http://localhost:1/', secret: 'short' }
  assert.equal((await addAuditStream(at.ports, { ...order, config })).kind, 'invalid')
  const good = { ...config, secret: `whsec_${Buffer.alloc(24).toString('base64')}` }
  assert.equal((await addAuditStream(at.ports, { ...order, config: good })).kind, 'name-taken')
  assert.equal((await addAuditStream(at.ports, { ...order, name: 'Not A Name', config: good })).kind, 'invalid')
  assert.equal((await addAuditStream(at.ports, { ...order, site: 'x', config: good })).kind, 'unknown-site')
  assert.equal((await removeAuditStream(at.ports, { ...ADMIN, site: 'acme', name: 'other' })).kind, 'unknown-stream')
  assert.equal((await removeAuditStream(at.ports, { ...ADMIN, site: 'acme', name: 'siem' })).kind, 'removed')
})
