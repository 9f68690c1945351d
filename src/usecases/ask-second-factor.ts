import type { AuditEvent, Origin, Party } from '#audit/event.ts'
import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { ApiKey } from '#domain/api-key.ts'
import type { DecisionView } from '#domain/decision.ts'
import type { SiteId } from '#domain/id.ts'
import { canonicalUsername } from '#domain/user.ts'
import { decide } from '#policy/decide.ts'
import { viewDecision } from '#policy/decision.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { userParty } from './act.ts'
import { sendNow } from './send-now.ts'
import { factsOf } from './facts.ts'
import type { Proof, Settled } from './plan.ts'
import { inRounds } from './rounds.ts'
import { planDecided } from './settle.ts'

export interface AskSecondFactor {
  readonly site: SiteId
  readonly username: string
  readonly application?: string | undefined
  /** A remembered device of this user, as an earlier challenge has answered it. */
  readonly deviceToken?: string | undefined
  /** The application that has checked the password, by its key. */
  readonly key: ApiKey
  /** The person's address and request, not those of the application's server: null where it says nothing. */
  readonly origin: Origin
}

export type AskSecondFactorOutcome =
  | { readonly kind: 'allowed'; readonly decision: DecisionView }
  | Exclude<Settled, { kind: 'signed-in' | 'password-again' }>
  /** Nobody here goes by that name, or not any more. */
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'unknown-application'; readonly known: readonly string[] }
  | { readonly kind: 'busy' }

/**
 * An application has checked a password of its own and asks for the second factor alone. The policy decides as it does for a sign-in
 * here; what comes of it is told to the application, and no session is opened.
 */
export async function askSecondFactor(ports: Ports, input: AskSecondFactor): Promise<AskSecondFactorOutcome> {
  const outcome = await inRounds<AskSecondFactorOutcome>(() => ask(ports, input))
  if (outcome === 'busy') return { kind: 'busy' }
  if (outcome.kind === 'pending' && outcome.deliver) await sendNow(ports, outcome.deliver)
  return outcome
}

async function ask(ports: Ports, input: AskSecondFactor): Promise<AskSecondFactorOutcome | 'conflict'> {
  const { site, origin, key } = input
  const now = ports.clock.now()
  const read = await ports.store.signInFile(site, {
    username: canonicalUsername(input.username),
    deviceDigest: input.deviceToken === undefined ? null : ports.vault.digest(input.deviceToken),
    buckets: [],
    now,
  })
  const by: Party = { type: 'api_key', id: key.id, name: key.name }
  const application = read.applications.find(({ name }) => name === (input.application ?? DEFAULT_APPLICATION))
  if (!application) return { kind: 'unknown-application', known: read.applications.map(({ name }) => name) }
  const vouched = (ev: AuditEvent['ev'], file: PersonFile | null, data: AuditEvent['data']): AuditEvent => {
    const subject = file && userParty(file.user)
    return { ev, actor: by, subject, application: application.name, data: { provider: key.name, ...data } }
  }
  const file = read.person
  if (file?.user.status !== 'active') {
    const events = [vouched('auth.external.fail', file, {})] as const
    const committed = await ports.store.commit({ site, at: now, origin, changes: [], events })
    return committed === 'conflict' ? 'conflict' : { kind: 'unknown-user' }
  }
  const via = { kind: 'form' } as const
  const earlier = file.device && { passedAt: file.device.passedAt, method: file.device.method }
  const decision = decide(factsOf(file, { now, via, application, address: origin.address, earlier }))
  const view = viewDecision(decision)
  if (decision.outcome === 'skip') {
    const used = view.rule === 'remembered_device' ? file.device : null
    const changes: Change[] = used ? [{ kind: 'use-device', device: used.id, address: origin.address, at: now }] : []
    const events = [vouched('auth.vouched', file, { ...view })] as const
    const committed = await ports.store.commit({ site, at: now, origin, changes, events })
    return committed === 'conflict' ? 'conflict' : { kind: 'allowed', decision: view }
  }
  const proof: Proof = {
    file,
    via,
    // What the application has checked it answers for: it is never counted as a factor that was shown here.
    evidence: { kind: 'external', provider: key.name, multiFactor: false, at: now },
    application,
    now,
    origin,
    events: [vouched('auth.vouched', file, { outcome: view.outcome })],
    changes: [],
    linkDigest: null,
    purpose: 'second_factor',
    by,
  }
  const { settled, changes, events } = planDecided(ports, proof, decision)
  if (settled.kind === 'signed-in' || settled.kind === 'password-again')
    throw new Error(`a second factor alone cannot come to ${settled.kind}`)
  const all: NonEmpty<AuditEvent> = [...proof.events, ...events]
  const committed = await ports.store.commit({ site, at: now, origin, changes, events: all })
  return committed === 'conflict' ? 'conflict' : settled
}
