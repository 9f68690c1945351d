import { clearSessions, endUserSessions } from '#usecases/sessions.ts'
import { answer, atSite, busy, type Job } from './job.ts'
import { count } from './output.ts'
import { noSuchUser } from './users-refused.ts'

interface Flags {
  readonly devices?: true
}

/** Everybody signs in anew. It asks no question: nobody loses more than a sign-in, and in an emergency seconds count. */
export function clearAllSessions(job: Job, flags: Flags): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await clearSessions(ports, { ...order, devices: flags.devices === true })
    if (outcome.kind === 'busy') throw busy()
    tell(job, outcome, flags)
  })
}

export function endSessionsOf(job: Job, username: string, flags: Flags): Promise<void> {
  return atSite(job, async ({ ports, file: { site }, order }) => {
    const outcome = await endUserSessions(ports, { ...order, site: site.id, username, devices: flags.devices === true })
    if (outcome.kind === 'busy') throw busy()
    if (outcome.kind === 'unknown-user') throw await noSuchUser(ports, site, username)
    tell(job, outcome, flags)
  })
}

function tell(job: Job, ended: { readonly sessions: number; readonly devices: number }, flags: Flags): void {
  const { sessions, devices } = ended
  const forgotten = flags.devices ? `, ${count(devices, 'remembered browser')} forgotten` : ''
  answer(job, { sessions, devices }, `${count(sessions, 'session')} ended${forgotten}.`)
}
