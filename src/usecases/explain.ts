import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { Instant } from '#domain/time.ts'
import { decide } from '#policy/decide.ts'
import { explain, type Explanation } from '#policy/explain.ts'
import type { Ports } from '#ports/ports.ts'
import { factsOf } from './facts.ts'
import { addressesThatWait, type ShownWaiting } from './prove-address.ts'

export type ExplainOutcome =
  | ({ readonly kind: 'explained'; readonly waiting: readonly ShownWaiting[] } & Explanation)
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'unknown-application'; readonly known: readonly string[] }

/** Why a user would, or would not, be asked: the same decision as at the sign-in, on a browser that nothing is remembered of. */
export async function explainUser(
  ports: Ports,
  query: {
    site: string
    username: string
    application?: string | undefined
    address?: string | undefined
    at?: Instant | undefined
  },
): Promise<ExplainOutcome> {
  const now = query.at ?? ports.clock.now()
  const site = await ports.store.siteFile(query.site)
  if (!site) return { kind: 'unknown-site' }
  const file = await ports.store.personFile(site.site.id, query.username, now)
  if (!file) return { kind: 'unknown-user' }
  const name = query.application ?? DEFAULT_APPLICATION
  const application = file.applications.find((each) => each.name === name)
  if (!application) return { kind: 'unknown-application', known: file.applications.map((each) => each.name) }
  const via = { kind: file.user.kind === 'service' ? 'api_password' : 'form' } as const
  const decision = decide(factsOf(file, { now, via, application, address: query.address ?? null, earlier: null }))
  return { kind: 'explained', ...explain(decision), waiting: await addressesThatWait(ports, file.user, now) }
}
