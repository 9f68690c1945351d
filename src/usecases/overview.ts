import { isLocked } from '#challenge/attempts.ts'
import { days } from '#domain/time.ts'
import type { Channel } from '#domain/method.ts'
import type { ChannelState } from '#policy/facts.ts'
import { isAdministrator } from '#domain/user.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { isExempt, noticeOfBypasses } from './bypass-report.ts'
import { everyPerson } from './every-person.ts'
import { channelStates } from './facts.ts'
import { type Standing, standingAt, STANDINGS } from './standing.ts'

/** People that are named; of more there is the number. */
const NAMED = 5

/** What has to be done until the first user has passed, in the order in which it is done. */
export const STEPS = ['channel', 'administrator', 'nobody_stuck', 'switched_on', 'first_passed'] as const
export type Step = (typeof STEPS)[number]

interface Some {
  readonly count: number
  readonly some: readonly { readonly username: string; readonly displayName: string }[]
}

export interface Overview {
  readonly enabled: boolean
  /** A stored setting cannot be read: the site is held to the strictest. */
  readonly unreadable: readonly string[]
  /** Active users. */
  readonly users: number
  readonly standing: Readonly<Record<Standing, number>>
  /** Who would not get in now, or only after setting something up that they have not. */
  readonly stuck: Some
  readonly locked: Some
  readonly exempt: { readonly count: number; readonly share: number; readonly notice: string | null }
  readonly channels: Readonly<
    Record<Channel, { readonly state: ChannelState; readonly failed: number; readonly accepted: number }>
  >
  readonly sessions: number
  readonly devices: number
  readonly checklist: Readonly<Record<Step, boolean>>
}

/** The state of a site at a glance: who is covered, who is stuck, what fails, and what is left to do. Everybody is looked at once. */
export async function overview(ports: Ports, name: string): Promise<Overview | 'unknown-site'> {
  const now = ports.clock.now()
  const file = await ports.store.siteFile(name)
  if (!file) return 'unknown-site'
  const { id } = file.site
  const standing = Object.fromEntries(STANDINGS.map((each) => [each, 0])) as Record<Standing, number>
  const stuck: PersonFile[] = []
  const locked: PersonFile[] = []
  let [users, exempt, administratorReady] = [0, 0, false]
  for await (const person of everyPerson(ports, id, now)) {
    if (person.user.status !== 'active') continue
    users += 1
    const { standing: own } = standingAt(person, now)
    standing[own] += 1
    if (own === 'refused' || own === 'must_enrol') stuck.push(person)
    if (isLocked(person.counters, now)) locked.push(person)
    if (isExempt(person.user, now)) exempt += 1
    if (isAdministrator(person.user) && (person.apps.length > 0 || own === 'ready')) administratorReady = true
  }
  const passed = await ports.store.audit(id, { ev: 'auth.factor.ok', limit: 1 })
  const states = channelStates(file)
  const enabled = file.settings['two_factor.enabled']
  return {
    enabled,
    unreadable: [...file.unreadable, ...file.unreadableRows],
    users,
    standing,
    stuck: some(stuck),
    locked: some(locked),
    exempt: { count: exempt, share: users === 0 ? 0 : exempt / users, notice: noticeOfBypasses(exempt, users) },
    channels: await channelsOf(ports, id, states, now),
    sessions: await ports.store.countSessions(id, null, now),
    devices: await ports.store.countDevices(id, null),
    checklist: {
      channel: Object.values(states).includes('configured'),
      administrator: administratorReady || standing.ready === users,
      nobody_stuck: stuck.length === 0,
      switched_on: enabled,
      first_passed: passed.length > 0,
    },
  }
}

async function channelsOf(
  ports: Ports,
  site: PersonFile['site']['id'],
  states: Readonly<Record<Channel, ChannelState>>,
  now: number,
): Promise<Overview['channels']> {
  const counts = await ports.store.deliveryCounts(site, { from: now - days(1) + 1, to: now + 1 })
  const of = (channel: Channel) => {
    const own = counts.filter((each) => each.channel === channel)
    const total = (what: 'accepted' | 'failed') => own.reduce((sum, each) => sum + each[what], 0)
    return { state: states[channel], accepted: total('accepted'), failed: total('failed') }
  }
  return { email: of('email'), sms: of('sms') }
}

function some(people: readonly PersonFile[]): Some {
  const named = people.slice(0, NAMED)
  return {
    count: people.length,
    some: named.map(({ user }) => ({ username: user.username, displayName: user.displayName })),
  }
}
