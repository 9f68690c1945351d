import { EXIT, Failure } from './exit-codes.ts'
import { answer, type Job, say } from './job.ts'

/** A new key for an installation. The key itself is shown nowhere. */
export async function createKey(job: Job, file: string): Promise<void> {
  const created = await job.context.createKey(file)
  if (created.kind === 'refused') throw new Failure(EXIT.refused, created.message)
  answer(job, { file }, `The new key is in ${file}.`)
  say(
    job,
    'Name it in COUNTERSIGN_KEY_FILE, and keep a copy apart from the database: without it nothing that was sealed opens again.',
  )
}
