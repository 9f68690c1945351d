import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openDatabase } from '../../src/store/open.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { doOnce } from '#usecases/do-once.ts'
import { type Cluster, startPostgres, withoutPostgres } from '../postgres.ts'
import { ADMIN, world } from '../world.ts'

describe('one request at two nodes', { skip: withoutPostgres(18) }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startPostgres()
  })
  after(() => cluster.stop())

  test('is done once, however many repeats of it arrive at both of them at once', async (t) => {
    const url = await cluster.database()
    const at = await world({ database: url })
    const second = await openDatabase(url, { migrate: false })
    t.after(() => Promise.all([at.close(), second.close()]))
    const nodes = [at.ports, { ...at.ports, store: sqlStore(second, seededRandom('second')) }]
    const keys = async (): Promise<number> => (await at.ports.store.apiKeys(at.site.id)).length
    const held = await keys()
    const order = { ...ADMIN, site: 'acme', name: 'nightly', scopes: ['users:read'], username: undefined } as const
    const maker = { rights: new Set(['keys:write', 'users:read'] as const), key: null }
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        doOnce(
          nodes[index % 2] ?? at.ports,
          { site: at.site.id, caller: 'usr_admin', key: 'one', request: 'a key' },
          async (ports) => {
            const { kind } = await createApiKey(ports, { ...order, expiresAt: null, maker })
            return { answer: kind, keep: kind === 'created' }
          },
        ),
      ),
    )
    assert.equal((await keys()) - held, 1)
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind === 'answered'),
      [{ kind: 'answered', answer: 'created' }],
    )
    for (const { kind } of outcomes) assert.ok(['answered', 'repeated', 'under-way'].includes(kind), kind)
  })
})
