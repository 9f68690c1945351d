import { logOrigin } from '#audit/checkpoint.ts'
import { countersignNote, keyChangeText } from '#audit/key-change.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { newAuditKey } from './new-audit-key.ts'
import { inRounds } from './rounds.ts'
import { sealAudit } from './seal-audit.ts'

export type RotateAuditKeyOutcome =
  | { readonly kind: 'rotated'; readonly verifier: string; readonly before: string }
  /** Nothing was ever signed with the old one. */
  | { readonly kind: 'no-key' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/**
 * Puts a new key in the place of the one that signs a site's checkpoints. The entry that tells of it holds a note that both keys have
 * signed: who trusts the old one comes to trust the new one by reading on.
 */
export async function rotateAuditKey(
  ports: Ports,
  order: Act & { readonly site: string },
): Promise<RotateAuditKeyOutcome> {
  const site = await ports.store.site(order.site)
  if (!site) return { kind: 'unknown-site' }
  await sealAudit(ports, order.site)
  const outcome = await inRounds<RotateAuditKeyOutcome>(async () => {
    const seal = await ports.store.auditSeal(site.id)
    const old = seal?.keys.findLast(({ retiredAt }) => retiredAt === null)
    if (old === undefined) return { kind: 'no-key' }
    const now = ports.clock.now()
    const { key, seed } = newAuditKey(ports, site.id, now)
    const oldSeed = ports.vault.open(old.sealedSeed, `audit-key:${site.id}:${old.id}`)
    const text = keyChangeText(old.verifier, key.verifier)
    const note = countersignNote(text, logOrigin(site.id), oldSeed, seed)
    const committed = await ports.store.commit({
      site: site.id,
      at: now,
      origin: order.origin,
      changes: [
        { kind: 'retire-audit-key', site: site.id, key: old.id, at: now },
        { kind: 'add-audit-key', key },
      ],
      events: [
        {
          ev: 'audit.key.rotated',
          actor: order.actor,
          subject: { type: 'site', id: site.id, name: site.name },
          application: null,
          data: { note },
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'rotated', verifier: key.verifier, before: old.verifier }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
