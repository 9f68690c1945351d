import { BUNDLE_FORM, type BundleHeader } from '#audit/bundle.ts'
import type { Ports } from '#ports/ports.ts'
import { sealAudit } from './seal-audit.ts'

export type ExportBundleOutcome =
  /** `chunks` are read while they are written, as lines of JSON. */
  { readonly kind: 'exporting'; readonly chunks: AsyncIterable<string> } | { readonly kind: 'unknown-site' }

/**
 * The audit log of a site as it is stored, with its checkpoints, for somebody who verifies it elsewhere. It is sealed first, so that no
 * entry is without a checkpoint. Personal values are not in it: their digests are.
 */
export async function exportBundle(ports: Ports, name: string): Promise<ExportBundleOutcome> {
  const site = await ports.store.site(name)
  if (!site) return { kind: 'unknown-site' }
  await sealAudit(ports, name)
  const seal = await ports.store.auditSeal(site.id)
  if (!seal) return { kind: 'unknown-site' }
  const { start, keys } = seal
  const verifiers = keys.map(({ verifier }) => verifier)
  const header: BundleHeader = { bundle: BUNDLE_FORM, site: site.id, name, start, verifiers }
  const log = ports.store.auditLog(site.id, start.head.seq)
  const chunks = async function* (): AsyncGenerator<string> {
    yield `${JSON.stringify(header)}\n`
    for await (const item of log) yield `${JSON.stringify(item)}\n`
  }
  return { kind: 'exporting', chunks: chunks() }
}
