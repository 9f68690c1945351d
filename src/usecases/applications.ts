import type { AuditEvent } from '#audit/event.ts'
import type { Application } from '#domain/application.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { hostProblems } from './host-problems.ts'
import { inRounds } from './rounds.ts'
import type { FieldProblem } from './user-input.ts'

export type ApplicationOutcome =
  | { readonly kind: 'saved'; readonly application: Application }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'unknown-application'; readonly known: readonly string[] }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface SetApplication extends Act {
  readonly site: string
  readonly name: string
  readonly fields: Partial<Omit<Application, 'site' | 'name' | 'version'>>
}

/** Changes an application. The default for new users touches nobody who exists. */
export async function setApplication(ports: Ports, order: SetApplication): Promise<ApplicationOutcome> {
  const outcome = await inRounds<ApplicationOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const before = file.applications.find(({ name }) => name === order.name)
    if (!before) return { kind: 'unknown-application', known: file.applications.map(({ name }) => name) }
    const problems = hostProblems(file.applications, order)
    if (problems.length > 0) return { kind: 'invalid', problems }
    const application: Application = { ...before, ...order.fields, version: before.version + 1 }
    const event: AuditEvent = {
      ev: 'application.changed',
      actor: order.actor,
      subject: { type: 'application', id: application.name, name: application.name },
      application: null,
      data: {
        default_for_new_users: { from: before.defaultForNewUsers, to: application.defaultForNewUsers },
        fields: Object.keys(order.fields),
        ...(order.fields.hosts ? { hosts: { from: before.hosts, to: application.hosts } } : {}),
      },
    }
    const committed = await ports.store.commit({
      site: file.site.id,
      at: ports.clock.now(),
      origin: order.origin,
      changes: [{ kind: 'change-application', application, from: before.version }],
      events: [event],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'saved', application }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
