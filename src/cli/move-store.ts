import { EXIT, Failure } from './exit-codes.ts'
import { answer, type Job, say } from './job.ts'
import { progressOn } from './progress.ts'

export interface MoveFlags {
  readonly from: string
  readonly to: string
}

/** Everything of an SQLite file into an empty PostgreSQL database. */
export async function moveDatabase(job: Job, { from, to }: MoveFlags): Promise<void> {
  const progress = progressOn(job.context, { now: () => Date.now() })
  const moved = await job.context.moveStore(from, to, (table, done, total) => progress.show(table, done, total))
  progress.end()
  if (moved.kind === 'refused') throw new Failure(EXIT.refused, moved.message)
  const { tables, sites } = moved
  const rows = tables.reduce((sum, each) => sum + each.rows, 0)
  const verified = sites.length === 1 ? 'the audit log of 1 site' : `the audit logs of ${sites.length} sites`
  answer(
    job,
    { tables, sites },
    `${rows.toLocaleString('en')} rows of ${tables.length} tables are moved; each table and ${verified} were verified.`,
  )
  say(job, 'Now set COUNTERSIGN_DATABASE to the new address for every node, keep the key file, and start them.')
  say(job, `${from} stays as it is: put it away, so that no server starts on it by mistake.`)
}
