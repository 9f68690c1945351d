import { type AuditEvent, SYSTEM } from '#audit/event.ts'
import { days, type Instant, rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { EndingBypass } from '#ports/store.ts'
import { userParty } from './act.ts'
import { noticeTo } from './new-code.ts'

/** How long before its end somebody is reminded of an exemption. */
export const REMIND_BEFORE = days(7)

const AT_ONCE = 100

/**
 * Tells whoever granted an exemption that it is about to end: once, by one mail, if they are a user who has an address. Called every
 * hour; several servers may do it at once. Answers how many exemptions it has dealt with.
 */
export async function remindOfBypasses(ports: Ports): Promise<number> {
  let reminded = 0
  for (;;) {
    const now = ports.clock.now()
    const due = await ports.store.endingBypasses({ now, before: now + REMIND_BEFORE, limit: AT_ONCE })
    let held = 0
    for (const each of due) if (await remind(ports, each, now)) held += 1
    reminded += held
    // Those that somebody else dealt with, or that were changed meanwhile, are looked at again in an hour.
    if (held === 0 || due.length < AT_ONCE) return reminded
  }
}

async function remind(ports: Ports, { site, user, setBy, expiresAt }: EndingBypass, now: Instant): Promise<boolean> {
  const setter = await ports.store.personFile(site, setBy, now)
  const about = { name: user.displayName, until: expiresAt }
  const active = setter?.user.status === 'active'
  const mails = active ? noticeTo(ports, setter, 'bypass_ending', now, about) : []
  const event: AuditEvent = {
    ev: 'bypass.reminded',
    actor: SYSTEM,
    subject: userParty(user),
    application: null,
    data: { until: rfc3339(expiresAt), mailed: mails.length > 0 },
  }
  const committed = await ports.store.commit({
    site,
    at: now,
    origin: { request: 'reminder', address: null, userAgent: null },
    changes: [{ kind: 'remind-of-bypass', user: user.id, expiresAt }, ...mails],
    events: [event],
  })
  return committed === 'committed'
}
