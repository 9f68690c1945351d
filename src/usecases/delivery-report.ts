import type { SiteId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { ChannelState } from '#policy/facts.ts'
import type { Ports } from '#ports/ports.ts'
import type { DeliveryCount, PersonFile } from '#ports/store.ts'
import { addressWarnings } from './address-warnings.ts'
import { everyPerson } from './every-person.ts'
import { channelStates } from './facts.ts'

/** What keeps codes from reaching somebody: no address, one that is none, or one that the last message did not get to. */
export const DELIVERY_WARNINGS = [
  'no_email',
  'no_phone',
  'invalid_email',
  'invalid_phone',
  'email_failed',
  'sms_failed',
] as const
export type DeliveryWarning = (typeof DELIVERY_WARNINGS)[number]

/** Messages that a mail server or gateway took, and those that could not be sent. */
export interface Sent {
  readonly accepted: number
  readonly failed: number
}

export interface DeliveryRow {
  readonly username: string
  readonly displayName: string
  readonly kind: User['kind']
  readonly status: User['status']
  readonly email: string | null
  readonly phone: string | null
  /** The switches of this user by application. */
  readonly applications: Readonly<Record<string, boolean>>
  readonly thisMonth: Readonly<Record<Channel, Sent>>
  readonly lastMonth: Readonly<Record<Channel, Sent>>
  readonly warnings: readonly DeliveryWarning[]
}

export interface DeliveryReport {
  /** The months are those of the calendar in UTC, written 2026-11. */
  readonly months: { readonly this: string; readonly last: string }
  readonly channels: Readonly<Record<Channel, ChannelState>>
  readonly primary: Channel
  readonly rows: readonly DeliveryRow[]
  readonly totals: {
    readonly thisMonth: Readonly<Record<Channel, Sent>>
    readonly lastMonth: Readonly<Record<Channel, Sent>>
    /** Active users with at least one warning. */
    readonly warned: number
    readonly warnings: Readonly<Record<DeliveryWarning, number>>
  }
}

type Counts = ReadonlyMap<string, DeliveryCount>

/** What was sent to whom in this and the previous month, and whom codes would not reach. */
export async function deliveryReport(ports: Ports, name: string): Promise<DeliveryReport | 'unknown-site'> {
  const now = ports.clock.now()
  const file = await ports.store.siteFile(name)
  if (!file) return 'unknown-site'
  const { months, rowOf } = await countMessages(ports, file.site.id, now)
  const rows: DeliveryRow[] = []
  for await (const person of everyPerson(ports, file.site.id, now)) rows.push(rowOf(person))
  const warned = rows.filter(({ status, warnings }) => status === 'active' && warnings.length > 0)
  const warnings = DELIVERY_WARNINGS.map(
    (each) => [each, warned.filter((row) => row.warnings.includes(each)).length] as const,
  )
  return {
    months,
    channels: channelStates(file),
    primary: file.settings['delivery.primary'],
    rows,
    totals: {
      thisMonth: sum(rows.map((row) => row.thisMonth)),
      lastMonth: sum(rows.map((row) => row.lastMonth)),
      warned: warned.length,
      warnings: Object.fromEntries(warnings) as Record<DeliveryWarning, number>,
    },
  }
}

/** The messages of this and the previous month, counted once, and from them the row of any user. */
export async function countMessages(
  ports: Ports,
  site: SiteId,
  now: Instant,
): Promise<{ readonly months: DeliveryReport['months']; readonly rowOf: (person: PersonFile) => DeliveryRow }> {
  const [last, begin, next] = [monthBegin(now, -1), monthBegin(now, 0), monthBegin(now, 1)]
  const thisMonth = byUser(await ports.store.deliveryCounts(site, { from: begin, to: next }))
  const lastMonth = byUser(await ports.store.deliveryCounts(site, { from: last, to: begin }))
  return {
    months: { this: monthName(begin), last: monthName(last) },
    rowOf: (person) => rowFrom(person, thisMonth, lastMonth, now),
  }
}

function rowFrom(person: PersonFile, thisMonth: Counts, lastMonth: Counts, now: Instant): DeliveryRow {
  const { user } = person
  const sentIn = (counts: Counts): Record<Channel, Sent> => ({
    email: sentOver(counts, user, 'email'),
    sms: sentOver(counts, user, 'sms'),
  })
  const newest = (channel: Channel) => thisMonth.get(keyOf(user.id, channel)) ?? lastMonth.get(keyOf(user.id, channel))
  return {
    username: user.username,
    displayName: user.displayName,
    kind: user.kind,
    status: user.status,
    email: user.email,
    phone: user.phone,
    applications: Object.fromEntries(
      person.applications.map(({ name }) => [name, person.userApplications[name] ?? false]),
    ),
    thisMonth: sentIn(thisMonth),
    lastMonth: sentIn(lastMonth),
    warnings: warningsOf(person, newest, now),
  }
}

/** Of the channels that this user may be sent a code over. */
function warningsOf(
  person: PersonFile,
  newest: (channel: Channel) => DeliveryCount | undefined,
  now: Instant,
): readonly DeliveryWarning[] {
  return addressWarnings(person, now).flatMap(({ channel, warning }): readonly DeliveryWarning[] => {
    if (warning !== null) return [warning]
    const { lastFailedAt = null, lastAcceptedAt = null } = newest(channel) ?? {}
    return lastFailedAt !== null && lastFailedAt > (lastAcceptedAt ?? 0) ? [`${channel}_failed`] : []
  })
}

function sentOver(counts: Counts, { id }: User, channel: Channel): Sent {
  const { accepted = 0, failed = 0 } = counts.get(keyOf(id, channel)) ?? {}
  return { accepted, failed }
}

function sum(rows: readonly Readonly<Record<Channel, Sent>>[]): Record<Channel, Sent> {
  const over = (channel: Channel): Sent => ({
    accepted: rows.reduce((total, row) => total + row[channel].accepted, 0),
    failed: rows.reduce((total, row) => total + row[channel].failed, 0),
  })
  return { email: over('email'), sms: over('sms') }
}

function byUser(counts: readonly DeliveryCount[]): Counts {
  return new Map(counts.map((each) => [keyOf(each.user, each.channel), each]))
}

function keyOf(user: string, channel: Channel): string {
  return `${user} ${channel}`
}

function monthBegin(now: Instant, ahead: number): Instant {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead)
}

function monthName(begin: Instant): string {
  return new Date(begin).toISOString().slice(0, 7)
}
