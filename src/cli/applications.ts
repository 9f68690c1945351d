import type { Application } from '#domain/application.ts'
import { setApplication } from '#usecases/applications.ts'
import { answer, atSite, busy, type Job, notFound } from './job.ts'
import { table } from './output.ts'

export function listApplications(job: Job): Promise<void> {
  return atSite(job, async ({ file: { applications } }) => {
    const rows = applications.map(({ name, defaultForNewUsers: on, title }) => [name, on ? 'on' : 'off', title])
    answer(job, applications.map(applicationJson), table(['Application', '2FA for new users', 'Title'], rows))
  })
}

export function changeApplication(
  job: Job,
  name: string,
  fields: { readonly defaultForNewUsers: boolean },
): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const { defaultForNewUsers } = fields
    const outcome = await setApplication(ports, { ...order, name, fields: { defaultForNewUsers } })
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'unknown-application':
        throw notFound('application', name, outcome.known)
      case 'invalid':
        throw new Error('only hosts can be wrong, and none were given')
      case 'busy':
        throw busy()
      case 'saved': {
        const state = defaultForNewUsers ? 'on' : 'off'
        const text = `Application ${name}: 2FA ${state} for users made from now on. Users who exist keep what they have.`
        answer(job, applicationJson(outcome.application), text)
      }
    }
  })
}

function applicationJson(application: Application): object {
  return {
    name: application.name,
    title: application.title,
    default_for_new_users: application.defaultForNewUsers,
    interval_hours: application.intervalHours,
    recheck_in_session: application.recheckInSession,
    session_hours: application.sessionHours,
    session_idle_minutes: application.sessionIdleMinutes,
    hosts: application.hosts,
  }
}
