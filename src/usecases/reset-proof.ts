import type { Method } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import { decide } from '#policy/decide.ts'
import { type Decision, viewDecision } from '#policy/decision.ts'
import type { DecisionView } from '#domain/decision.ts'
import type { PersonFile } from '#ports/store.ts'
import { factsOf } from './facts.ts'

/** What has to be shown beside a mailed link before it may replace a password. */
export type ResetProof =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'one-of'; readonly methods: readonly [Method, ...Method[]]; readonly decision: DecisionView }
  /** The policy asks for a second factor, and only the mailbox could bring one: that would be the same proof twice. */
  | { readonly kind: 'mailbox-only' }

/**
 * A mailbox alone never recovers a protected account. Asked for is what the policy asks for at any application, from an address
 * that is trusted nowhere and a browser that nobody knows, codes by email aside; failing that, whatever the person holds.
 */
export function resetProof(file: PersonFile, now: Instant): ResetProof {
  const decisions: readonly Decision[] = file.applications.map((application) =>
    decide(factsOf(file, { now, via: { kind: 'form' }, application, address: null, earlier: null })),
  )
  const asking = decisions.filter((decision) => decision.outcome === 'challenge')
  const asked = asking.flatMap(({ methods }) => methods).filter((method) => method !== 'email')
  const [first, ...others] = [...new Set(asked.length > 0 ? asked : held(file))]
  const decision = asking[0] ?? decisions[0]
  if (first !== undefined && decision !== undefined)
    return { kind: 'one-of', methods: [first, ...others], decision: viewDecision(decision) }
  const open = decisions.every(({ outcome }) => outcome === 'skip' || outcome === 'enrol')
  return open ? { kind: 'nothing' } : { kind: 'mailbox-only' }
}

/** What a person has of their own, whether the policy asks for it today or not. */
function held({ apps, passkeys, hardware }: PersonFile): readonly Method[] {
  return [
    ...(apps.length > 0 ? (['app'] as const) : []),
    ...(passkeys.length > 0 ? (['passkey'] as const) : []),
    ...(hardware.length > 0 ? (['hardware'] as const) : []),
  ]
}
