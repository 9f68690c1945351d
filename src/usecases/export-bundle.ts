import { BUNDLE_FORM, type BundleHeader } from '#audit/bundle.ts'
import type { ClosedLog } from '#ports/audit-log.ts'
import type { Ports } from '#ports/ports.ts'
import { sealAudit } from './seal-audit.ts'
import { sealClosedLog } from './seal-closed-log.ts'

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
  return bundleOf(ports, { site: site.id, name })
}

/** The same of a site that is deleted: its log is closed, and is asked for by the id of the site, as its name may be another's by now. */
export async function exportClosedBundle(
  ports: Ports,
  { site, name }: Pick<ClosedLog, 'site' | 'name'>,
): Promise<ExportBundleOutcome> {
  await sealClosedLog(ports, site)
  return bundleOf(ports, { site, name })
}

async function bundleOf(
  ports: Pick<Ports, 'store'>,
  { site, name }: Pick<ClosedLog, 'site' | 'name'>,
): Promise<ExportBundleOutcome> {
  const seal = await ports.store.auditSeal(site)
  if (!seal) return { kind: 'unknown-site' }
  const { start, keys, newest } = seal
  const verifiers = keys.map(({ verifier }) => verifier)
  const header: BundleHeader = { bundle: BUNDLE_FORM, site, name, start, verifiers }
  const log = ports.store.auditLog(site, start.head.seq)
  const chunks = async function* (): AsyncGenerator<string> {
    yield `${JSON.stringify(header)}\n`
    let count = start.head.seq
    for await (const item of log) {
      if (!('note' in item)) count += 1
      yield `${JSON.stringify(item)}\n`
    }
    // Of a log whose end was cut off the checkpoint goes along that knows how long it was: whoever verifies it sees that.
    if (newest !== null && newest.size > count) yield `${JSON.stringify({ note: newest.note })}\n`
  }
  return { kind: 'exporting', chunks: chunks() }
}
