import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { Channel } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import { allowedChannels } from '#policy/methods.ts'
import type { Facts } from '#policy/facts.ts'
import type { PersonFile } from '#ports/store.ts'
import { addressOf, factsOf } from './facts.ts'
import { checkUser } from './user-input.ts'

export type AddressWarning = 'no_email' | 'no_phone' | 'invalid_email' | 'invalid_phone'

/** What the policy knows of a user at the site's first application, on a browser nothing is remembered of. */
export function usualFacts(person: PersonFile, now: Instant): Facts {
  const application = person.applications[0] ?? { name: DEFAULT_APPLICATION, intervalHours: null }
  return factsOf(person, { now, via: { kind: 'form' }, application, address: null, earlier: null })
}

/** What is wrong with the addresses that this user may be sent a code to, by channel. Programs are sent none. */
export function addressWarnings(
  person: PersonFile,
  now: Instant,
): readonly { readonly channel: Channel; readonly warning: AddressWarning | null }[] {
  const { user } = person
  if (user.kind === 'service') return []
  const invalid = checkUser(person, user.username, { email: user.email, phone: user.phone })
  return allowedChannels(usualFacts(person, now)).map((channel) => {
    const field = channel === 'email' ? 'email' : 'phone'
    if (addressOf(person, channel) === null) return { channel, warning: `no_${field}` as const }
    const bad = invalid.some((problem) => problem.field === field)
    return { channel, warning: bad ? (`invalid_${field}` as const) : null }
  })
}
