import type { Language } from '#domain/language.ts'
import { Secret } from '#domain/secret.ts'
import { RESET_LIFE } from '#domain/password-reset.ts'
import { addressOfSite } from '#domain/site-address.ts'
import { seconds } from '#domain/time.ts'
import type { Wording, WordedMessage } from '#domain/wording.ts'
import type { Letter, MessagePreview, WordingProblem } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'

export interface PreviewWording extends Act {
  readonly site: string
  readonly message: WordedMessage
  readonly language: Language
  /** null: ours. */
  readonly wording: Wording | null
}

export type PreviewWordingOutcome =
  | { readonly kind: 'shown'; readonly preview: MessagePreview }
  | { readonly kind: 'invalid'; readonly problems: readonly WordingProblem[] }
  | { readonly kind: 'unknown-site' }

/** A message as it would arrive, with a code and a link that open nothing. Nothing is kept and nothing goes out. */
export async function previewWording(ports: Ports, order: PreviewWording): Promise<PreviewWordingOutcome> {
  const { message, language, wording } = order
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  const { site, settings } = file
  const host = new URL(addressOfSite(ports, site.name)).hostname
  const terms = { siteTitle: site.title, host }
  const problems = wording === null ? [] : ports.courier.checkWording({ message, language, ...wording }, terms)
  if (problems.length > 0) return { kind: 'invalid', problems }
  const now = ports.clock.now()
  const code = new Secret('1234567890'.slice(0, settings['code.digits']))
  const link = new Secret(`${addressOfSite(ports, site.name)}/…`)
  const letters: { readonly [Kind in WordedMessage]: Extract<Letter, { kind: Kind }> } = {
    code: { kind: 'code', code, expiresAt: now + seconds(settings['code.ttl_seconds']) },
    enrolment_link: { kind: 'enrolment_link', link, expiresAt: now + seconds(settings['enrolment.qr_ttl_seconds']) },
    reset_link: { kind: 'reset_link', link, expiresAt: now + RESET_LIFE, byAdministrator: false },
  }
  const preview = ports.courier.preview({
    letter: letters[message],
    language,
    wordings: wording === null ? [] : [{ site: site.id, message, language, ...wording }],
    displayName: order.actor.name ?? '',
    causedAt: now,
    address: order.origin.address,
    userAgent: order.origin.userAgent,
    ...terms,
  })
  return { kind: 'shown', preview }
}
