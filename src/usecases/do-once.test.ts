import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { minutes } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { ADMIN, type World, world } from '../../test/world.ts'
import { doOnce, type OnceOutcome, type OnceWork, REQUESTS_KEPT_FOR } from './do-once.ts'
import { dropKeptRequests } from './drop-kept-requests.ts'
import { createUser } from './users.ts'

async function site(t: TestContext): Promise<World> {
  const made = await world()
  t.after(made.close)
  return made
}

const once = (at: World, work: (ports: Ports) => Promise<OnceWork>, ports = at.ports): Promise<OnceOutcome> =>
  doOnce(ports, { site: at.site.id, caller: 'usr_admin', key: 'one', request: 'make ada' }, work)

const makeAda = async (ports: Ports): Promise<OnceWork> => {
  const { kind } = await createUser(ports, { ...ADMIN, site: 'acme', username: 'ada', fields: {} })
  return { answer: kind, keep: kind === 'saved' }
}

test('while a request is under way its repeat is told to come back, and does nothing', async (t) => {
  const at = await site(t)
  const [finish, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const first = once(at, async (ports) => {
    begun.resolve()
    await finish.promise
    return makeAda(ports)
  })
  await begun.promise
  const told = await once(at, () => assert.fail('it is done by somebody else'))
  assert.deepEqual(told, { kind: 'under-way', retryAt: at.clock.now() + 1_000 })
  finish.resolve()
  assert.deepEqual(await first, { kind: 'answered', answer: 'saved' })
  assert.deepEqual(await once(at, makeAda), { kind: 'repeated', answer: 'saved' })
})

test('a node that was too slow does nothing once another one has taken the request over', async (t) => {
  const at = await site(t)
  const outcome = await once(at, async (slow) => {
    at.clock.pass(minutes(2))
    assert.deepEqual(await once(at, makeAda), { kind: 'answered', answer: 'saved' })
    const late = await createUser(slow, { ...ADMIN, site: 'acme', username: 'eve', fields: {} })
    assert.notEqual(late.kind, 'saved')
    return { answer: late.kind, keep: false }
  })
  assert.equal(outcome.kind, 'answered')
  const users = await at.ports.store.usernames(at.site.id)
  assert.deepEqual([users.has('ada'), users.has('eve')], [true, false])
  assert.deepEqual(await once(at, makeAda), { kind: 'repeated', answer: 'saved' })
})

test('what was done by a node that died before it answered is not done again', async (t) => {
  const at = await site(t)
  const crash = new Error('the node died')
  const died = once(at, async (ports) => {
    await makeAda(ports)
    throw crash
  })
  await assert.rejects(died, crash)
  assert.equal((await once(at, () => assert.fail('it was done'))).kind, 'under-way')
  at.clock.pass(minutes(2))
  assert.deepEqual(await once(at, () => assert.fail('it was done')), { kind: 'answer-lost' })
})

test('what failed before anything was done may be sent again at once', async (t) => {
  const at = await site(t)
  const trouble = new Error('the database is away')
  await assert.rejects(
    once(at, () => Promise.reject(trouble)),
    trouble,
  )
  assert.deepEqual(await once(at, makeAda), { kind: 'answered', answer: 'saved' })
})

test('what is known for repeats is removed when it does not count any more, and not before', async (t) => {
  const at = await site(t)
  await once(at, makeAda)
  at.clock.pass(REQUESTS_KEPT_FOR)
  assert.equal(await dropKeptRequests(at.ports), 0)
  assert.equal((await once(at, makeAda)).kind, 'repeated')
  at.clock.pass(1)
  assert.equal(await dropKeptRequests(at.ports), 1)
  assert.equal(await dropKeptRequests(at.ports), 0)
})
