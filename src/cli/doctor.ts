import type { Finding } from '#usecases/finding.ts'
import { EXIT, Failure } from './exit-codes.ts'
import type { Job } from './job.ts'
import { answer } from './job.ts'

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: 'ok  ', warning: 'note', wrong: 'BAD ' }

/** Everything a server rests on, a line each; what is wrong with what to do. It ends with 1 when something is wrong, and with 0 for notes. */
export async function doctor(job: Job): Promise<void> {
  const examined = (await job.context.examine()).filter(
    ({ site }) => job.site === undefined || site === null || site === job.site,
  )
  const lines = examined.flatMap(({ site, findings }) => [
    ...(site === null ? [] : ['', `site ${site}`]),
    ...findings.flatMap((finding) => [
      `${MARKS[finding.state]}  ${finding.about}: ${finding.says}`,
      ...(finding.state === 'ok' ? [] : [`      → ${finding.todo}`]),
    ]),
  ])
  answer(job, examined, lines.join('\n'))
  const bad = examined.flatMap(({ findings }) => findings).filter(({ state }) => state === 'wrong').length
  if (bad > 0) throw new Failure(EXIT.failed, bad === 1 ? 'One thing is wrong.' : `${bad} things are wrong.`)
}
