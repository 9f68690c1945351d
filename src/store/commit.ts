import type { Writes } from '#ports/changes.ts'
import type { Random } from '#ports/system.ts'
import { appendAudit } from './append-audit.ts'
import { applyChange, belongsTo } from './apply-change.ts'
import { Contended, type Database, type Work } from './database.ts'

/** All changes with the account of them, or none. Throws when a change names another site: that is a mistake, not a race. */
export async function commitTo(database: Database, writes: Writes, random: Random): Promise<'committed' | 'conflict'> {
  const foreign = writes.changes.find((change) => !belongsTo(writes.site, change))
  if (foreign) throw new Error(`a commit for ${writes.site} holds a change of another site: ${foreign.kind}`)
  try {
    await database.together('write', () => commit(writes, random), writes.site)
    return 'committed'
  } catch (error) {
    if (error instanceof Contended) return 'conflict'
    throw error
  }
}

function* commit(writes: Writes, random: Random): Work<void> {
  for (const change of writes.changes) {
    const rows = yield* applyChange(writes.site, change)
    if (rows !== 1) throw new Contended(`${change.kind} found ${rows} rows`)
  }
  if (!(yield* appendAudit(writes, random))) throw new Contended(`the site ${writes.site} is gone`)
}
