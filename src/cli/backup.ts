import { rfc3339 } from '#domain/time.ts'
import { markRestored } from '#usecases/mark-restored.ts'
import type { Marked } from './context.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, busy, inHouse, type Job, operator, say } from './job.ts'

/** A copy of the database in one file. */
export async function backupDatabase(job: Job, file: string): Promise<void> {
  const made = await job.context.backup(file)
  if (made.kind === 'refused') throw new Failure(EXIT.refused, made.message)
  const { database, bytes } = made
  answer(job, { file, database, bytes }, `${database} is copied to ${file} (${bytes.toLocaleString('en')} bytes).`)
  say(job, 'The key file is not in it: keep a copy of that at another place.')
}

export interface RestoreFlags {
  readonly replace?: true
  readonly mark?: true
}

/** A backup becomes the database, or the database that another program put back is marked as restored. */
export async function restoreDatabase(job: Job, file: string | undefined, flags: RestoreFlags): Promise<void> {
  if ((file === undefined) !== (flags.mark === true))
    throw new Failure(
      EXIT.usage,
      'Name the file of the backup, or --mark for a database that has been put back already.',
    )
  if (file === undefined) return mark(job)
  const restored = await job.context.restore(file, { replace: flags.replace === true, act: operator(job.context) })
  if (restored.kind === 'refused') throw new Failure(EXIT.refused, restored.message)
  const { database, aside, marked } = restored
  if (aside !== null) say(job, `The database that was there is now ${aside}.`)
  tell(job, database, marked, { aside })
}

function mark(job: Job): Promise<void> {
  return inHouse(job, async ({ ports, act, database }) => {
    const marked = await markRestored(ports, act)
    if (marked.kind === 'busy') throw busy()
    // The address of a server may have a password in it.
    tell(job, database.startsWith('sqlite:') ? database : 'The PostgreSQL database', marked, {})
  })
}

function tell(job: Job, database: string, { takenAt, sites }: Marked, more: Readonly<Record<string, unknown>>): void {
  const data = {
    database,
    ...more,
    backup_taken_at: takenAt === null ? null : rfc3339(takenAt),
    sites: sites.map(({ site, head, lastEntryAt }) => ({
      site,
      last_entry: head,
      last_entry_at: lastEntryAt === null ? null : rfc3339(lastEntryAt),
    })),
  }
  const taken = takenAt === null ? '' : `, as it was at ${rfc3339(takenAt)}`
  const lines = data.sites.map(
    (each) => `${each.site}: audit log up to entry ${each.last_entry} (${each.last_entry_at})`,
  )
  answer(job, data, [`${database} is restored${taken}. Everybody signs in anew.`, ...lines].join('\n'))
  say(job, 'What was changed since is lost: exemptions, disabled accounts, resets and revoked API keys among it.')
  say(
    job,
    'Recovery codes and codes of counting tokens that were used since would pass once more: look for recovery.used behind that entry where the audit log was sent on to, and have those people make new ones.',
  )
}
