import { after, before, describe } from 'node:test'
import { type Database } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/open.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { type Cluster, POSTGRES_VERSIONS, startPostgres, withoutPostgres } from '../postgres.ts'
import { storeContract } from './store-contract.ts'

for (const version of POSTGRES_VERSIONS) {
  const name = `PostgreSQL ${version}`
  describe(name, { skip: withoutPostgres(version) }, () => {
    let cluster: Cluster
    let url: string
    let database: Database
    before(async () => {
      cluster = await startPostgres(version)
      url = await cluster.database()
      database = await openDatabase(url, { migrate: false })
    })
    after(async () => {
      await database.close()
      await cluster.stop()
    })

    storeContract(name, () =>
      Promise.resolve({
        store: sqlStore(database, seededRandom(name)),
        database,
        close: () => cluster.wipe(url),
      }),
    )
  })
}
