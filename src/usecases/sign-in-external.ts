import { ANONYMOUS, type AuditEvent, type Origin } from '#audit/event.ts'
import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { SiteId } from '#domain/id.ts'
import { canonicalUsername, type User } from '#domain/user.ts'
import type { Via } from '#policy/facts.ts'
import type { Ports } from '#ports/ports.ts'
import { userParty } from './act.ts'
import { inRounds } from './rounds.ts'
import type { Settled } from './plan.ts'
import { sendNow } from './send-now.ts'
import { settle } from './settle.ts'

export interface SignInExternally {
  readonly site: SiteId
  readonly username: string
  /** The identity provider, by the name that the site has given it. */
  readonly provider: string
  /** `identity_provider[x].second_factor`. */
  readonly mode: Extract<Via, { kind: 'external' }>['mode']
  /** Its assertion says that it has asked for a second factor. */
  readonly multiFactor: boolean
  readonly application?: string
  readonly origin: Origin
}

export type SignInExternallyOutcome =
  | Settled
  /** Nobody here goes by that name, or not any more; an assertion makes no user. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown-application'; readonly known: readonly string[] }
  | { readonly kind: 'busy' }

/**
 * An identity provider vouches for a person. Whoever calls this has checked its assertion: signature, audience, time, and that it is
 * used once. What its word opens is for the policy to say.
 */
export async function signInExternally(ports: Ports, input: SignInExternally): Promise<SignInExternallyOutcome> {
  const { site, provider, multiFactor, mode, origin } = input
  const settled = await inRounds<SignInExternallyOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.personFile(site, canonicalUsername(input.username), now)
    if (!file || file.user.status !== 'active') return refuse(file?.user ?? null, now)
    const name = input.application ?? DEFAULT_APPLICATION
    const application = file.applications.find((each) => each.name === name)
    if (!application) return { kind: 'unknown-application', known: file.applications.map((each) => each.name) }
    return settle(ports, {
      file,
      via: { kind: 'external', mode, proved: multiFactor },
      evidence: { kind: 'external', provider, multiFactor, at: now },
      application,
      now,
      origin,
      changes: [],
      events: [vouched('auth.external.ok', file.user, name)],
      linkDigest: null,
    })
  })
  if (settled === 'busy') return { kind: 'busy' }
  if (settled.kind === 'pending' && settled.deliver) await sendNow(ports, settled.deliver)
  return settled

  async function refuse(user: User | null, at: number): Promise<SignInExternallyOutcome | 'conflict'> {
    const events = [vouched('auth.external.fail', user, null)] as const
    const committed = await ports.store.commit({ site, at, origin, changes: [], events })
    return committed === 'conflict' ? 'conflict' : { kind: 'refused' }
  }

  function vouched(ev: AuditEvent['ev'], user: User | null, application: string | null): AuditEvent {
    const party = user && userParty(user)
    return { ev, actor: party ?? ANONYMOUS, subject: party, application, data: { provider, multi_factor: multiFactor } }
  }
}
