import type { Addresses } from '#domain/site-address.ts'
import type { AuditSink } from './audit-streams.ts'
import type { Courier } from './delivery.ts'
import type { Passkeys } from './passkeys.ts'
import type { Store } from './store.ts'
import type { Clock, Passwords, Random, Vault } from './system.ts'

/** Everything a use case may reach. Links are made from its addresses, and from nothing else. */
export interface Ports extends Addresses {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly vault: Vault
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly courier: Courier
  readonly auditSink: AuditSink
  /** Waits for work as long as a person can be kept waiting. What is not done by then goes on, and its end is seen to elsewhere. */
  readonly patience: (work: Promise<void>) => Promise<void>
}
