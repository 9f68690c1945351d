import type { Origin } from '#audit/event.ts'
import { isLocked } from '#challenge/attempts.ts'
import { openChallenge } from '#challenge/open.ts'
import type { DecisionView } from '#domain/decision.ts'
import { type DeliveryId, newId, newToken, type SiteId } from '#domain/id.ts'
import { isChannel, type Method } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import { viewDecision } from '#policy/decision.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SessionFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { checkAccess } from './check-access.ts'
import { addressOf } from './facts.ts'
import { factorAskedOf } from './fresh-proof.ts'
import { codeOnItsWay } from './new-code.ts'
import type { Pending } from './plan.ts'
import { inRounds } from './rounds.ts'
import { budgetWarning, methodsWithin, sendLimit } from './send-limit.ts'
import { tellLimit } from './tell-limit.ts'
import { addWithinCaps } from './within-caps.ts'
import { sendNow } from './send-now.ts'
import { methodsForLevel } from './step-up-level.ts'

export interface StartStepUp {
  readonly site: SiteId
  readonly sessionToken: string
  /** Only what reaches this level will do, also where the policy would ask for nothing. Left out: what the policy asks for. */
  readonly level?: 'aal2'
  readonly origin: Origin
}

export type StartStepUpOutcome =
  /** Answered like the challenge of a sign-in, with this token; `signed-in` then brings the session's new token. */
  | { readonly kind: 'pending'; readonly pending: Pending }
  /** No second factor is asked of this user, or none can be: the password again, with `confirmPassword`. */
  | { readonly kind: 'password' }
  | { readonly kind: 'code-locked'; readonly retryAt: Instant }
  | { readonly kind: 'no-session' }
  | { readonly kind: 'busy' }

/** Asks the holder of a session for a proof anew, before something that security rests on is changed. */
export async function startStepUp(ports: Ports, input: StartStepUp): Promise<StartStepUpOutcome> {
  const { site, sessionToken, origin } = input
  let deliver: DeliveryId | null = null
  const outcome = await inRounds<StartStepUpOutcome>(async () => {
    const access = await checkAccess(ports, { site, sessionToken, application: null, address: origin.address })
    if (access.kind === 'refused') return { kind: 'no-session' }
    const { file } = access
    const now = ports.clock.now()
    const asked = input.level === undefined ? askedByPolicy(file, now) : askedForLevel(file, input.level, now)
    if (!asked) return { kind: 'password' }
    const { counters, user, session } = file
    if (isLocked(counters, now))
      return { kind: 'code-locked', retryAt: counters.disabled ? Number.POSITIVE_INFINITY : counters.lockedUntil }
    const { decision } = asked
    const opened = open(ports, file, asked.methods, decision, origin, now)
    const data = {
      challenge: opened.challenge.id,
      session: session.id,
      method: opened.method,
      purpose: 'step_up',
      ...decision,
    }
    const committed = await ports.store.commit({
      site: file.site.id,
      at: now,
      origin,
      changes: opened.changes,
      events: [ownEvent(user, session.application, 'auth.challenge.issued', data), ...opened.events],
    })
    if (committed === 'conflict') return 'conflict'
    deliver = opened.deliver
    return { kind: 'pending', pending: { token: opened.token, challenge: opened.challenge } }
  })
  if (deliver !== null) await sendNow(ports, deliver)
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

interface AskedFor {
  readonly methods: readonly [Method, ...Method[]]
  readonly decision: DecisionView
}

function askedByPolicy(file: SessionFile, now: Instant): AskedFor | null {
  const asked = factorAskedOf(file, now)
  return asked && { methods: asked.methods, decision: viewDecision(asked) }
}

function askedForLevel(file: SessionFile, level: 'aal2', now: Instant): AskedFor | null {
  const [first, ...others] = methodsForLevel(file, level, now)
  if (first === undefined) return null
  return { methods: [first, ...others], decision: { outcome: 'challenge', rule: 'methods', reason: 'level_wanted' } }
}

/** The challenge with its first message, if a channel comes first and the caps allow one. */
function open(
  ports: Ports,
  file: SessionFile,
  methods: readonly [Method, ...Method[]],
  decision: DecisionView,
  origin: Origin,
  now: Instant,
) {
  const { session, user, counters } = file
  const [wanted] = methods
  const within = methodsWithin(file, methods, now)
  const [method] = within
  const token = `pt_${newToken(ports.random.bytes(32))}`
  const opened = openChallenge(
    {
      id: newId('chl', ports.random.bytes(16)),
      site: file.site.id,
      user: user.id,
      application: session.application,
      purpose: 'step_up',
      session: session.id,
      tokenDigest: ports.vault.digest(token),
      decision,
      firstProof: session.evidence[0] ?? { kind: 'password', at: session.createdAt },
      userEpoch: user.sessionEpoch,
      now,
      address: origin.address,
      userAgent: origin.userAgent,
    },
    within,
  )
  const limit = isChannel(wanted) ? sendLimit(file, wanted, now) : null
  const { application } = session
  const told =
    isChannel(wanted) && limit ? tellLimit(ports, file, { ...limit, channel: wanted, application, now }) : null
  const kept = told ? [told.event] : []
  const to = isChannel(method) ? addressOf(file, method) : null
  if (!isChannel(method) || to === null || (limit && method === wanted)) {
    const changes: Change[] = [{ kind: 'add-challenge', challenge: opened }, ...(told?.changes ?? [])]
    return { token, method, challenge: opened, changes, events: kept, deliver: null }
  }
  const sending = codeOnItsWay(ports, file, opened, { channel: method, to, again: false, now })
  const changes: Change[] = [
    { kind: 'add-challenge', challenge: sending.challenge },
    { kind: 'set-counters', counters: sending.counters, from: counters.version },
    ...(told?.changes ?? []),
    ...addWithinCaps(file, sending.delivery),
  ]
  const events = [...kept, ...budgetWarning(file, method)]
  return { token, method, challenge: sending.challenge, changes, events, deliver: sending.delivery.id }
}
