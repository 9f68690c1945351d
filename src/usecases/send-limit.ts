import { type AuditEvent, SYSTEM } from '#audit/event.ts'
import { type Channel, isChannel, type Method } from '#domain/method.ts'
import { hours, type Instant, minutes, monthOf } from '#domain/time.ts'
import type { PersonFile } from '#ports/store.ts'
import { reachableChannels } from './facts.ts'

/** The part of the month's budget at which its warning is written. */
const WARN_AT = 0.8

/** Which cap on messages lets no more through. */
export interface SendLimit {
  readonly cap:
    | 'login'
    | 'user_hour'
    | 'user_unanswered_day'
    | 'site_day'
    | 'prefix'
    | 'number_hour'
    | 'block'
    | 'budget'
  /** When it lets one through again, at the latest; null: waiting does not help. */
  readonly until: Instant | null
}

/** The cap that keeps one more code over this channel from this user; null: it may go out. */
export function sendLimit(file: PersonFile, channel: Channel, now: Instant): SendLimit | null {
  // Whoever has the password alone types no code back; who signs in a hundred times a day types each.
  if (reached(file.unansweredToday, file.settings['delivery.max_unanswered_per_user_day']))
    return { cap: 'user_unanswered_day', until: now + hours(24) }
  return messageLimit(file, channel, now)
}

/** The same for a message without a code: a flood of codes keeps nobody from choosing another password. */
export function messageLimit(file: PersonFile, channel: Channel, now: Instant): SendLimit | null {
  const { settings } = file
  if (file.sendsThisHour >= settings['delivery.max_sends_per_user_hour'])
    return { cap: 'user_hour', until: now + hours(1) }
  if (reached(file.siteSendsToday, settings['delivery.max_sends_per_site_day']))
    return { cap: 'site_day', until: now + hours(24) }
  return channel === 'sms' ? smsLimit(file, now) : null
}

/**
 * What an SMS costs the site pays: to numbers abroad that nobody here has, to one number through many users, and to a whole block of
 * numbers whose owner earns on each message and never types a code back (SMS pumping).
 */
function smsLimit({ settings, sms, user }: PersonFile, now: Instant): SendLimit | null {
  const prefixes = settings['delivery.sms_prefixes']
  if (prefixes.length > 0 && !prefixes.some((prefix) => user.phone?.startsWith(prefix)))
    return { cap: 'prefix', until: null }
  if (reached(sms.toNumber, settings['delivery.max_sms_per_number_hour']))
    return { cap: 'number_hour', until: now + hours(1) }
  const { answered, unanswered } = sms.block
  // A company whose phones stand in one block and who all come at eight o'clock type most of their codes back.
  if (unanswered > answered && reached(unanswered, settings['delivery.max_unanswered_sms_per_block']))
    return { cap: 'block', until: now + minutes(10) }
  if (reached(sms.thisMonth, settings['delivery.sms_budget_month'])) return { cap: 'budget', until: monthOf(now).until }
  return null
}

/** 0 is no limit. */
function reached(count: number, most: number): boolean {
  return most > 0 && count >= most
}

/**
 * The channel a message goes over: email in place of an SMS that a cap keeps back, where the site lets codes fall back to email at all
 * (`delivery.sms_failure_fallback`), email is among the methods of this sign-in, and no cap keeps it back too.
 */
export function channelWithin(file: PersonFile, channel: Channel, methods: readonly Method[], now: Instant): Channel {
  if (channel !== 'sms' || file.settings['delivery.sms_failure_fallback'] === 'none') return channel
  if (!methods.includes('email') || !reachableChannels(file).includes('email')) return channel
  return sendLimit(file, 'sms', now) !== null && sendLimit(file, 'email', now) === null ? 'email' : channel
}

/** The methods of a sign-in with the channel first that a message can go over (`channelWithin`). */
export function methodsWithin(
  file: PersonFile,
  methods: readonly [Method, ...Method[]],
  now: Instant,
): readonly [Method, ...Method[]] {
  const [first] = methods
  const channel = isChannel(first) ? channelWithin(file, first, methods, now) : first
  return channel === first ? methods : [channel, ...methods.filter((method) => method !== channel)]
}

/** What an SMS that goes out has to say about the month's budget: once a month, from four fifths on. */
export function budgetWarning({ settings, sms }: PersonFile, channel: Channel): readonly AuditEvent[] {
  const budget = settings['delivery.sms_budget_month']
  const sent = sms.thisMonth + 1
  if (channel !== 'sms' || budget === 0 || sms.warned || sent < budget * WARN_AT) return []
  return [{ ev: 'delivery.budget', actor: SYSTEM, subject: null, application: null, data: { sent, budget } }]
}
