import type { AuditEvent } from '#audit/event.ts'
import type { Language } from '#domain/language.ts'
import { addressOfSite } from '#domain/site-address.ts'
import { type Wording, type WordedMessage, WORDING_FIELDS } from '#domain/wording.ts'
import type { Change } from '#ports/changes.ts'
import type { WordingProblem } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export interface SetWording extends Act {
  readonly site: string
  readonly message: WordedMessage
  readonly language: Language
  /** null: ours again, all of it. */
  readonly wording: Wording | null
}

export type SetWordingOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'invalid'; readonly problems: readonly WordingProblem[] }
  /** There are no words of the site's own to take away. */
  | { readonly kind: 'not-set' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/**
 * A message in the site's own words, in one language; they are checked before they are kept, and the next message has them. The audit
 * log has which message, language and parts it was, not the words.
 */
export async function setWording(ports: Ports, order: SetWording): Promise<SetWordingOutcome> {
  const outcome = await inRounds(() => set(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function set(ports: Ports, order: SetWording): Promise<SetWordingOutcome | 'conflict'> {
  const { message, language, wording } = order
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  const { id: site, name, title: siteTitle } = file.site
  const terms = { siteTitle, host: new URL(addressOfSite(ports, name)).hostname }
  const problems = wording === null ? [] : ports.courier.checkWording({ message, language, ...wording }, terms)
  if (problems.length > 0) return { kind: 'invalid', problems }
  const about = { site, message, language }
  const held = (await ports.store.wordings(site)).some((each) => each.message === message && each.language === language)
  if (wording === null && !held) return { kind: 'not-set' }
  const change: Change =
    wording === null
      ? { kind: 'remove-wording', wording: about }
      : { kind: 'set-wording', wording: { ...about, ...wording } }
  const own = wording === null ? [] : WORDING_FIELDS.filter((field) => wording[field] !== null)
  const event: AuditEvent = {
    ev: 'config.texts.changed',
    actor: order.actor,
    subject: null,
    application: null,
    data: { message, language, own },
  }
  const at = ports.clock.now()
  const committed = await ports.store.commit({ site, at, origin: order.origin, changes: [change], events: [event] })
  return committed === 'conflict' ? 'conflict' : { kind: 'saved' }
}
