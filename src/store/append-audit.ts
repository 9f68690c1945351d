import { canonicalJson } from '#audit/canonical.ts'
import { type ChainedEntry, entryHash, sealPersonal } from '#audit/chain.ts'
import type { AuditEvent } from '#audit/event.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Writes } from '#ports/changes.ts'
import type { Random } from '#ports/system.ts'
import { integer, text } from './columns.ts'
import { one, run, type Work } from './database.ts'
import { AUDIT } from './statements.ts'

const SALT_BYTES = 32

/** What is kept beside the chain, so that it can be erased. */
export interface Personal {
  readonly ip: string | null
  readonly ua: string | null
  readonly actor_name: string | null
  readonly subject_name: string | null
}

/**
 * Adds the events to the site's chain, as the last thing a transaction does: whoever holds the head of a chain lets every other
 * commit of the site wait. Answers false when the site has no chain that can still grow.
 */
export function* appendAudit({ site, at, origin, events, changes }: Writes, random: Random): Work<boolean> {
  const taken = yield* one(AUDIT.take, events.length, site)
  if (taken === undefined) return false
  const last = integer(taken, 'seq')
  let prev = text(taken, 'hash')
  let seq = last - events.length
  for (const event of events) {
    seq += 1
    const personal = personalOf(event, origin)
    const salt = personal === null ? null : random.bytes(SALT_BYTES)
    const entry: ChainedEntry = {
      v: 1,
      site,
      seq,
      prev,
      at: rfc3339(at),
      ev: event.ev,
      actor: { type: event.actor.type, id: event.actor.id },
      subject: event.subject && { type: event.subject.type, id: event.subject.id },
      app: event.application,
      req: origin.request,
      data: event.data,
      pii: personal !== null && salt !== null ? sealPersonal(personal, salt) : null,
    }
    const hash = entryHash(entry)
    const found = [event.ev, event.actor.id, event.subject?.id ?? null, event.application]
    yield* run(AUDIT.add, site, seq, at, ...found, canonicalJson(entry), hash)
    if (personal !== null && salt !== null)
      yield* run(AUDIT.addPersonal, site, seq, Buffer.from(salt).toString('base64url'), personal)
    prev = hash
  }
  const removed = changes.some((change) => change.kind === 'remove-site') ? at : null
  return (yield* run(AUDIT.close, prev, removed, site, last)) === 1
}

/** The canonical JSON of the personal values; null when there are none. */
function personalOf({ actor, subject }: AuditEvent, origin: Writes['origin']): string | null {
  const personal: Personal = {
    ip: wellFormed(origin.address),
    ua: wellFormed(origin.userAgent),
    actor_name: wellFormed(actor.name),
    subject_name: wellFormed(subject?.name ?? null),
  }
  return Object.values(personal).every((value) => value === null) ? null : canonicalJson(personal)
}

/** What somebody typed or sent may be no proper Unicode, which has no canonical JSON; it must not keep an event out of the log. */
function wellFormed(said: string | null): string | null {
  return said === null ? null : said.toWellFormed()
}
