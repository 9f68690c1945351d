import type { Instant } from '#domain/time.ts'
import type { Facts } from '#policy/facts.ts'
import { usableMethods } from '#policy/methods.ts'
import { requirement } from '#policy/requirement.ts'
import type { PersonFile } from '#ports/store.ts'
import { factsOf } from './facts.ts'

/** Whether a second factor is required of this user at any application, whatever a sign-in may be spared now. */
export function factorRequired(file: PersonFile, now: Instant): boolean {
  const { settings, user } = file
  if (!settings['two_factor.enabled']) return false
  if (user.kind === 'website' && !settings['two_factor.include_website_users']) return false
  return file.applications.some((application) => requirement(question(file, application, now)) !== undefined)
}

/**
 * Whether somebody would take away their own last way to prove a factor that is required of them. An administrator's reset of
 * somebody else's is another matter: it leads to enrolment at the next sign-in.
 */
export function sawsOff(before: PersonFile, after: PersonFile, now: Instant): boolean {
  return factorRequired(after, now) && canProve(before, now) && !canProve(after, now)
}

function canProve(file: PersonFile, now: Instant): boolean {
  return file.applications.some((application) => usableMethods(question(file, application, now)).length > 0)
}

function question(file: PersonFile, application: PersonFile['applications'][number], now: Instant): Facts {
  return factsOf(file, { now, via: { kind: 'form' }, application, address: null, earlier: null })
}
