import { type Instant, rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

/** Under this name a copy says of itself when it was taken, in milliseconds; empty once that was told of. */
export const BACKUP_TAKEN_AT = 'backup_taken_at'

export interface MarkedSite {
  readonly site: string
  /** The last entry of the audit log that came back: whatever was written behind it is lost. */
  readonly head: number
  readonly lastEntryAt: Instant | null
}

export type MarkRestoredOutcome =
  | {
      readonly kind: 'marked'
      /** null: the copy does not say, because another program took it. */
      readonly takenAt: Instant | null
      readonly sites: readonly MarkedSite[]
    }
  /** Somebody writes to this site; the sites before it are marked, and may be marked again. */
  | { readonly kind: 'busy'; readonly site: string }

/**
 * Marks every site of a database that came back from a backup: what may have been spent or ended since counts as spent and ended (see
 * `RestoredChange`), and the audit log says where it was cut. Doing it twice costs people another sign-in and nothing else.
 */
export async function markRestored(ports: Pick<Ports, 'store' | 'clock'>, act: Act): Promise<MarkRestoredOutcome> {
  const { store, clock } = ports
  const kept = await store.keep(BACKUP_TAKEN_AT, '')
  const takenAt = kept === '' ? null : Number(kept)
  const sites: MarkedSite[] = []
  for (const { name } of await store.sites()) {
    const marked = await inRounds(async () => {
      const at = clock.now()
      const site = await store.site(name)
      const head = site && (await store.auditHead(site.id))
      if (!site || !head) throw new Error(`the site ${name} is gone`)
      const lastEntryAt = (await store.audit(site.id, { limit: 1 }))[0]?.at ?? null
      const data = {
        backup_taken_at: takenAt === null ? null : rfc3339(takenAt),
        last_entry: head.seq,
        last_entry_hash: head.hash,
        last_entry_at: lastEntryAt === null ? null : rfc3339(lastEntryAt),
      }
      const subject = { type: 'site', id: site.id, name } as const
      const committed = await store.commit({
        site: site.id,
        at,
        origin: act.origin,
        changes: [{ kind: 'outlive-backup', site: site.id, fromEpoch: site.sessionEpoch, at }],
        events: [{ ev: 'system.restored', actor: act.actor, subject, application: null, data }],
      })
      return committed === 'conflict' ? 'conflict' : { site: name, head: head.seq, lastEntryAt }
    })
    if (marked === 'busy') return { kind: 'busy', site: name }
    sites.push(marked)
  }
  if (kept !== '') await store.replaceKept(BACKUP_TAKEN_AT, kept, '')
  return { kind: 'marked', takenAt, sites }
}
