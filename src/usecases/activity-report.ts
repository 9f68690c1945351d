import type { EventName } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import type { Method } from '#domain/method.ts'
import { days, type Instant } from '#domain/time.ts'
import type { EventCount } from '#ports/views-store.ts'
import type { Ports } from '#ports/ports.ts'

type ByMethod = Readonly<Partial<Record<Method, number>>>

/** What happened at the sign-in on one day of UTC. */
export interface ActivityDay {
  readonly begin: Instant
  /** Sessions opened. */
  readonly signIns: number
  /** Second factors asked for, by the method that was offered first, and passed, by the one that was used. */
  readonly asked: ByMethod
  readonly passed: ByMethod
  readonly refusedCodes: number
  readonly wrongPasswords: number
  readonly messages: { readonly accepted: number; readonly failed: number }
}

const DAY = days(1)
const REFUSED: readonly EventName[] = ['auth.challenge.fail', 'auth.challenge.replayed', 'auth.challenge.locked']
const EVENTS: readonly EventName[] = [
  'session.created',
  'auth.challenge.issued',
  'auth.factor.ok',
  ...REFUSED,
  'auth.password.fail',
  'delivery.accepted',
  'delivery.failed',
]

/** Sign-ins and challenges of the last `span` days, this one included, from the audit log. A day without any is there too. */
export async function activityReport(
  ports: Pick<Ports, 'store' | 'clock'>,
  site: SiteId,
  span: number,
): Promise<readonly ActivityDay[]> {
  const today = Math.floor(ports.clock.now() / DAY)
  const first = today - span + 1
  const counts = await ports.store.eventCounts(site, { events: EVENTS, from: first * DAY, to: (today + 1) * DAY })
  const byDay = Map.groupBy(counts, ({ day }) => day)
  return Array.from({ length: span }, (_, index) => dayOf(first + index, byDay.get(first + index) ?? []))
}

function dayOf(day: number, counts: readonly EventCount[]): ActivityDay {
  const total = (...events: readonly EventName[]): number =>
    counts.filter(({ ev }) => events.includes(ev)).reduce((sum, { count }) => sum + count, 0)
  return {
    begin: day * DAY,
    signIns: total('session.created'),
    asked: byMethod(counts, 'auth.challenge.issued'),
    passed: byMethod(counts, 'auth.factor.ok'),
    refusedCodes: total(...REFUSED),
    wrongPasswords: total('auth.password.fail'),
    messages: { accepted: total('delivery.accepted'), failed: total('delivery.failed') },
  }
}

function byMethod(counts: readonly EventCount[], event: EventName): ByMethod {
  const found = counts.flatMap(({ ev, method, count }) => (ev === event && method !== null ? [[method, count]] : []))
  return Object.fromEntries(found)
}
