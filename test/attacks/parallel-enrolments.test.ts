import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { showEnrolment } from '#usecases/enrol.ts'
import { appCode, linkFor } from '../enrolment-steps.ts'
import { fileOf } from '../people.ts'
import { startPostgres, withoutPostgres } from '../postgres.ts'
import { rows, type, waiting } from '../steps.ts'
import { HOME, type World, world } from '../world.ts'

// One link, and twenty browsers that have followed it with the password: each sees a secret of its own, and all type a code at once.

const MANY = 20

interface Client {
  readonly pendingToken: string
  readonly secret: string
}

/** Follows the link with the password, and opens its page. The secret that was shown before is worth nothing from then on. */
async function follow(at: World, link: string): Promise<Client> {
  const pendingToken = waiting(await at.password('kim', { link }))
  const shown = await showEnrolment(at.ports, { site: at.site.id, pendingToken, link, origin: HOME })
  assert.ok(shown.kind === 'shown', shown.kind)
  return { pendingToken, secret: shown.secret }
}

/** What twenty clients come to that confirm at once; the one whose secret was shown last stands at this place among them. */
async function confirmAtOnce(at: World, place: number): Promise<void> {
  waiting(await at.password('kim'))
  const link = linkFor(at, 'kim')
  const clients: Client[] = []
  for (let each = 0; each < MANY; each += 1) clients.push(await follow(at, link))
  assert.equal(new Set(clients.map(({ secret }) => secret)).size, MANY)
  const [last] = clients.splice(-1)
  assert.ok(last)
  clients.splice(place, 0, last)

  const outcomes = await Promise.all(
    clients.map(({ pendingToken, secret }) => type(at, pendingToken, appCode(at, secret))),
  )
  assert.deepEqual(
    outcomes.flatMap(({ kind }, index) => (kind === 'signed-in' ? [index] : [])),
    [place],
    outcomes.map(({ kind }) => kind).join(' '),
  )
  assert.equal((await fileOf(at, 'kim')).apps.length, 1)
  assert.equal((await rows(at, 'factor.enrolled')).length, 1)
  assert.equal((await rows(at, 'session.created')).length, 1)
}

/** The same client, twenty times with its own right code. */
async function oneTwentyTimes(at: World): Promise<void> {
  waiting(await at.password('sam'))
  const pendingToken = waiting(await at.password('sam', { link: linkFor(at, 'sam') }))
  const shown = await showEnrolment(at.ports, {
    site: at.site.id,
    pendingToken,
    link: linkFor(at, 'sam'),
    origin: HOME,
  })
  assert.ok(shown.kind === 'shown')
  const code = appCode(at, shown.secret)
  const outcomes = await Promise.all(Array.from({ length: MANY }, () => type(at, pendingToken, code)))
  assert.equal(outcomes.filter(({ kind }) => kind === 'signed-in').length, 1)
  for (const { kind } of outcomes) assert.ok(['signed-in', 'gone', 'busy'].includes(kind), kind)
  assert.equal((await fileOf(at, 'sam')).apps.length, 1)
}

test('[RC-08] of twenty clients of one link that confirm at once, each with a secret of its own, one is bound (SQLite)', async () => {
  for (const place of [0, 3]) {
    const at = await world({ preset: 'erp' })
    await confirmAtOnce(at, place)
    await oneTwentyTimes(at)
    await at.close()
  }
})

describe('on PostgreSQL', { skip: withoutPostgres(18) }, () => {
  test('[RC-08] of twenty clients of one link that confirm at once, one is bound (PostgreSQL)', async () => {
    const cluster = await startPostgres()
    const at = await world({ preset: 'erp', database: await cluster.database() })
    await confirmAtOnce(at, 0)
    await oneTwentyTimes(at)
    await at.close()
    await cluster.stop()
  })
})
