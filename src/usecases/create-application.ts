import { type Application, isApplicationName, newApplication } from '#domain/application.ts'
import type { Ports } from '#ports/ports.ts'
import type { SetApplication } from './applications.ts'
import { hostProblems } from './host-problems.ts'
import { inRounds } from './rounds.ts'
import type { FieldProblem } from './user-input.ts'

export type CreateApplicationOutcome =
  | { readonly kind: 'saved'; readonly application: Application }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** Something more to sign in to. Users who exist have no switch for it until one is set. */
export async function createApplication(ports: Ports, order: SetApplication): Promise<CreateApplicationOutcome> {
  const outcome = await inRounds(() => create(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function create(ports: Ports, order: SetApplication): Promise<CreateApplicationOutcome | 'conflict'> {
  if (!isApplicationName(order.name)) {
    const problem =
      'is 1 to 64 lower-case letters, digits, dots, hyphens and underscores, beginning with a letter or digit'
    return { kind: 'invalid', problems: [{ field: 'name', problem }] }
  }
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  if (file.applications.some(({ name }) => name === order.name)) return { kind: 'name-taken' }
  const problems = hostProblems(file.applications, order)
  if (problems.length > 0) return { kind: 'invalid', problems }
  const application: Application = { ...newApplication(file.site.id, order.name), ...order.fields }
  const committed = await ports.store.commit({
    site: file.site.id,
    at: ports.clock.now(),
    origin: order.origin,
    changes: [{ kind: 'add-application', application }],
    events: [
      {
        ev: 'application.created',
        actor: order.actor,
        subject: { type: 'application', id: application.name, name: application.name },
        application: null,
        data: { default_for_new_users: application.defaultForNewUsers, fields: Object.keys(order.fields) },
      },
    ],
  })
  return committed === 'conflict' ? 'conflict' : { kind: 'saved', application }
}
