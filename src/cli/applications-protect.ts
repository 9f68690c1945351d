import { setApplication } from '#usecases/applications.ts'
import { createApplication } from '#usecases/create-application.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound } from './job.ts'

/** Puts forward-auth before an application, which is made if it is not there yet. */
export function protectApplication(
  job: Job,
  name: string,
  { host }: { readonly host: readonly string[] },
): Promise<void> {
  return atSite(job, async ({ ports, order, file }) => {
    const known = file.applications.some((each) => each.name === name)
    const outcome = await (known ? setApplication : createApplication)(ports, {
      ...order,
      name,
      fields: { hosts: host },
    })
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'invalid': {
        const told = outcome.problems.map(({ field, problem }) => `${valueOf(field, host) ?? name} ${problem}`)
        throw new Failure(EXIT.refused, `${told.join('\n')}\nNothing was changed.`)
      }
      case 'unknown-application':
      case 'name-taken':
      case 'busy':
        throw busy()
      case 'saved': {
        const { hosts } = outcome.application
        const text = `Application ${name}: protected at ${hosts.join(', ')}. The proxy has to ask /${order.site}/forward-auth; see docs/forward-auth.md.`
        return answer(job, { name, hosts }, text)
      }
    }
  })
}

function valueOf(field: string, hosts: readonly string[]): string | undefined {
  return hosts[Number(field.split('/')[1] ?? Number.NaN)]
}
