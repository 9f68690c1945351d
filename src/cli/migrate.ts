import { answer, inHouse, type Job } from './job.ts'

/** Brings the tables up to date; where they are, nothing happens. */
export function migrate(job: Job): Promise<void> {
  return inHouse(
    job,
    async ({ database }) => answer(job, { database }, `The tables of ${database} are those of this version.`),
    { migrate: true },
  )
}
