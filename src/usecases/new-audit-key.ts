import { logOrigin } from '#audit/checkpoint.ts'
import { verifierLine, verifierOf } from '#audit/signed-note.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { AuditKey } from '#ports/audit-log.ts'
import type { Ports } from '#ports/ports.ts'

/** A key that signs checkpoints of a site and nothing else: 32 random bytes, kept sealed (Ed25519, RFC 8032 5.1.5). */
export function newAuditKey(
  { random, vault }: Pick<Ports, 'random' | 'vault'>,
  site: SiteId,
  now: Instant,
): { readonly key: AuditKey; readonly seed: Uint8Array } {
  const seed = random.bytes(32)
  const verifier = verifierLine(verifierOf(logOrigin(site), seed))
  const [, id = ''] = verifier.split('+')
  const sealedSeed = vault.seal(seed, `audit-key:${site}:${id}`)
  return { key: { site, id, verifier, sealedSeed, madeAt: now, retiredAt: null }, seed }
}
