import { after, before, describe } from 'node:test'
import { openDatabase } from '../../src/store/open.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { type Cluster, POSTGRES_VERSIONS, startPostgres, withoutPostgres } from '../postgres.ts'
import { storeContract } from './store-contract.ts'

for (const version of POSTGRES_VERSIONS) {
  describe(`PostgreSQL ${version}`, { skip: withoutPostgres(version) }, () => {
    let cluster: Cluster
    before(async () => (cluster = await startPostgres(version)))
    after(() => cluster.stop())

    storeContract(`PostgreSQL ${version}`, async () => {
      const url = await cluster.database()
      const database = await openDatabase(url, { migrate: false })
      const store = sqlStore(database, seededRandom(url))
      return { store, database, close: () => store.close() }
    })
  })
}
