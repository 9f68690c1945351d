import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import { canonicalUsername } from '#domain/user.ts'
import type { Moved, MovedProblem } from '#moving/moved.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { planMove } from './plan-move.ts'
import { inRounds } from './rounds.ts'

export interface MoveIn extends Act {
  readonly site: string
  readonly moved: Moved
  /** Everything is checked and nothing is made. */
  readonly dryRun: boolean
  readonly onProgress?: (stage: 'checking' | 'saving', done: number, total: number) => void
}

export interface MovedIn {
  /** Users that were made, and users of the same name who were here before and stay as they are. */
  readonly users: number
  readonly known: number
  readonly passwords: number
  readonly apps: number
  /** Whose secret is shorter than 128 bits. */
  readonly short: readonly string[]
}

export type MoveInOutcome =
  | ({ readonly kind: 'moved' | 'movable' } & MovedIn)
  /** Nothing was made; every problem is named. */
  | { readonly kind: 'refused'; readonly problems: readonly MovedProblem[] }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

const PAGE = 500

/**
 * Takes over users and authenticator apps of another system in one commit, each with an account of its own in the audit log; or none
 * of them. The apps go on working: secrets and parameters stay as they were. A code that could have been used over there in this very
 * moment is not taken here.
 */
export async function moveIn(ports: Ports, order: MoveIn): Promise<MoveInOutcome> {
  const outcome = await inRounds<MoveInOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const at = ports.clock.now()
    const here = await everybody(ports, file.site.id, at)
    const plan = planMove(ports, file, order, here, at)
    if (plan.problems.length > 0) return { kind: 'refused', problems: plan.problems }
    const { counted, changes, events } = plan
    const [first, ...others] = events
    if (order.dryRun || first === undefined) return { kind: order.dryRun ? 'movable' : 'moved', ...counted }
    order.onProgress?.('saving', 0, events.length)
    const writes = { site: file.site.id, at, origin: order.origin, changes, events: [first, ...others] as const }
    if ((await ports.store.commit(writes)) === 'conflict') return 'conflict'
    order.onProgress?.('saving', events.length, events.length)
    return { kind: 'moved', ...counted }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function everybody(ports: Ports, site: SiteId, now: Instant): Promise<ReadonlyMap<string, PersonFile>> {
  const found = new Map<string, PersonFile>()
  for (let after: string | null = null; ; ) {
    const page: readonly PersonFile[] = await ports.store.people(site, { after, limit: PAGE, now })
    for (const person of page) found.set(canonicalUsername(person.user.username), person)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return found
    after = canonicalUsername(last.user.username)
  }
}
