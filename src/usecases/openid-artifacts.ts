import type { AuditEvent, Origin } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import type { OpenIdArtifact } from '#domain/openid.ts'
import type { Ports } from '#ports/ports.ts'
import { inRounds } from './rounds.ts'

/** A code or a token as it is named in the store: by its digest, so that a copy of the database opens nothing. */
export interface ArtifactName {
  readonly site: SiteId
  readonly kind: string
  readonly id: string
}

/** What the protocol kept under this name; null: nothing, or its time is over. */
export function findArtifact({ store, vault, clock }: Ports, name: ArtifactName): Promise<OpenIdArtifact | null> {
  return store.openIdArtifact(name.site, name.kind, vault.digest(name.id), clock.now())
}

export interface KeepArtifact extends ArtifactName {
  readonly payload: Readonly<Record<string, unknown>>
  /** The grant it belongs to. */
  readonly grant: string | null
  readonly lifeMs: number
  /** What it stands for, where something is opened by it. */
  readonly event?: AuditEvent
  readonly origin: Origin
}

/** Keeps something until its time is over. `busy`: it could not be written down together with its event, and must not be given out. */
export async function keepArtifact(ports: Ports, order: KeepArtifact): Promise<'kept' | 'busy'> {
  const { store, vault, clock } = ports
  const { site, kind, id, payload, grant, lifeMs, event, origin } = order
  const now = clock.now()
  const artifact: OpenIdArtifact = {
    site,
    kind,
    digest: vault.digest(id),
    payload,
    grantDigest: grant === null ? null : vault.digest(grant),
    createdAt: now,
    expiresAt: now + lifeMs,
    spentAt: null,
  }
  if (event === undefined) {
    await store.keepOpenIdArtifact(artifact)
    return 'kept'
  }
  return inRounds<'kept'>(async () => {
    const changes = [{ kind: 'put-openid-artifact', artifact }] as const
    const committed = await store.commit({ site, at: now, origin, changes, events: [event] })
    return committed === 'conflict' ? 'conflict' : 'kept'
  })
}

export interface SpendArtifact extends ArtifactName {
  readonly event: AuditEvent
  readonly origin: Origin
}

/** Spends a code or a refresh token. Of any number of requests at once one gets `spent`; for all others it was `spent-before`. */
export async function spendArtifact(ports: Ports, order: SpendArtifact): Promise<'spent' | 'spent-before' | 'busy'> {
  const { site, kind, id, event, origin } = order
  return inRounds<'spent' | 'spent-before'>(async () => {
    const found = await findArtifact(ports, order)
    if (!found || found.spentAt !== null) return 'spent-before'
    const at = ports.clock.now()
    const artifact = { kind, digest: ports.vault.digest(id) }
    const changes = [{ kind: 'spend-openid-artifact', site, artifact, at }] as const
    const committed = await ports.store.commit({ site, at, origin, changes, events: [event] })
    return committed === 'conflict' ? 'conflict' : 'spent'
  })
}

/** Takes back everything that one grant has led to. What was used twice may be in the hands of somebody else. */
export async function dropGrant({ store, vault }: Ports, site: SiteId, grant: string): Promise<void> {
  await store.dropOpenIdGrant(site, vault.digest(grant))
}
