import { EXIT, Failure } from './exit-codes.ts'
import { answer, type Job, say } from './job.ts'

/** Runs the server until the process is asked to end. */
export async function serve(job: Job): Promise<void> {
  const running = await job.context.serve()
  if (running.kind === 'failed') throw new Failure(EXIT.unreachable, running.message)
  const { origin } = running
  try {
    answer(job, { origin }, `Countersign is running at ${origin}`)
    say(job, 'Ctrl-C stops it.')
    await job.context.untilStopped()
  } finally {
    await running.close()
  }
}
