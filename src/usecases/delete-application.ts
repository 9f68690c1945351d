import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export type DeleteApplicationOutcome =
  | { readonly kind: 'deleted' }
  /** A sign-in that names no application is for this one. */
  | { readonly kind: 'built-in' }
  | { readonly kind: 'unknown-application' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** Deletes an application, and every user's switch for it with it. */
export async function deleteApplication(
  ports: Ports,
  order: { readonly site: string; readonly name: string } & Act,
): Promise<DeleteApplicationOutcome> {
  const outcome = await inRounds<DeleteApplicationOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const application = file.applications.find(({ name }) => name === order.name)
    if (!application) return { kind: 'unknown-application' }
    if (application.name === DEFAULT_APPLICATION) return { kind: 'built-in' }
    const { name, version } = application
    const committed = await ports.store.commit({
      site: file.site.id,
      at: ports.clock.now(),
      origin: order.origin,
      changes: [{ kind: 'remove-application', site: file.site.id, name, from: version }],
      events: [
        {
          ev: 'application.deleted',
          actor: order.actor,
          subject: { type: 'application', id: name, name },
          application: null,
          data: {},
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'deleted' }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
