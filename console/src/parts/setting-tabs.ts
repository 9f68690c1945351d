import type { Setting } from '../api/shapes.ts'
import type { Texts } from '../texts/texts.ts'
import type { Group } from './setting-groups.tsx'

export const TABS = ['system', 'login', 'sessions', 'delivery'] as const
export type Tab = (typeof TABS)[number]

/** What stands on top of a tab, because it is what people come for. */
const FIRST: Readonly<Record<Tab, readonly string[]>> = {
  system: ['two_factor.enabled', 'challenge.interval_hours'],
  login: ['methods.allowed', 'enrolment.qr_ttl_seconds', 'otp.issuer'],
  sessions: [],
  delivery: [],
}

/** Where each heading of the manual stands; one that is not named here stands under System. */
const TAB_OF: Readonly<Record<string, Tab>> = {
  Methods: 'login',
  'Codes and authenticator apps': 'login',
  Enrolment: 'login',
  'Failed codes': 'login',
  Sessions: 'sessions',
  'Bringing codes': 'delivery',
}

/** The headings of a tab, each with the keys of its settings. */
export function groupsOf(tab: Tab, settings: readonly Setting[], { settings: says }: Texts): readonly Group[] {
  const first = FIRST[tab]
  const elsewhere = new Set(Object.values(FIRST).flat())
  const own = settings.filter(({ group, key }) => (TAB_OF[group] ?? 'system') === tab && !elsewhere.has(key))
  const rest = [...new Set(own.map(({ group }) => group))].map((title) => ({
    title,
    keys: own.filter(({ group }) => group === title).map(({ key }) => key),
  }))
  const title = tab === 'system' ? says.emailTwoFactor : says.twoFactor
  return first.length === 0 ? rest : [{ title, keys: first }, ...rest]
}
