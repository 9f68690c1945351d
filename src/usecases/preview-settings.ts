import type { Application } from '#domain/application.ts'
import type { DecisionView } from '#domain/decision.ts'
import type { Instant } from '#domain/time.ts'
import { isAdministrator } from '#domain/user.ts'
import { decide } from '#policy/decide.ts'
import { viewDecision } from '#policy/decision.ts'
import type { Facts } from '#policy/facts.ts'
import { allowedMethods } from '#policy/methods.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { everyPerson } from './every-person.ts'
import { factsOf } from './facts.ts'
import { flagEveryone, siteAfter } from './settings.ts'
import { type PlannedSettings, planSettings, type SettingChange } from './settings-patch.ts'

/** Why somebody could not pass; `nothing_enrolled`: an authenticator app would have to be set up first. */
export const STUCK = ['no_address', 'no_phone', 'channel_unconfigured', 'nothing_enrolled', 'denied'] as const
export type Stuck = (typeof STUCK)[number]

/** One user at one application, as it is and as it would be. */
export interface PreviewedSignIn {
  readonly username: string
  readonly displayName: string
  readonly application: string
  readonly administrator: boolean
  readonly before: DecisionView
  readonly after: DecisionView
}

export interface StuckSignIn extends PreviewedSignIn {
  readonly why: readonly [Stuck, ...Stuck[]]
  /** They cannot pass as it is, either. */
  readonly already: boolean
}

export interface Preview {
  /** Of the settings as they are: what a save based on this preview names in `ifVersions`. */
  readonly version: number
  readonly changes: readonly SettingChange[]
  /** Roles that would be flagged together with the change. */
  readonly rolesFlagged: readonly string[]
  /** Active users that were looked at. */
  readonly users: number
  readonly newlyAsked: readonly PreviewedSignIn[]
  readonly noLongerAsked: readonly PreviewedSignIn[]
  readonly cannotPass: readonly StuckSignIn[]
  /** Who would be let in because no channel was ever set up: required, and not enforced. */
  readonly notEnforced: readonly PreviewedSignIn[]
}

export type PreviewSettingsOutcome =
  | ({ readonly kind: 'previewed' } & Preview)
  | { readonly kind: 'invalid'; readonly problems: PlannedSettings['problems'] }
  | { readonly kind: 'unknown-site' }

/**
 * What a change of settings would do: for every active user and application the decision as it is and as it would be, on a browser
 * nothing is remembered of and from no trusted network. Nothing is changed.
 */
export async function previewSettings(
  ports: Ports,
  query: { readonly site: string; readonly patch: Readonly<Record<string, unknown>> },
): Promise<PreviewSettingsOutcome> {
  const now = ports.clock.now()
  const file = await ports.store.siteFile(query.site)
  if (!file) return { kind: 'unknown-site' }
  const planned = planSettings(file, query.patch)
  const { changes, settings, problems } = planned
  if (problems.length > 0) return { kind: 'invalid', problems }
  const flagged = flagEveryone(file, planned)
  const after = siteAfter(file, settings, flagged)
  const found = { newlyAsked: [], noLongerAsked: [], cannotPass: [], notEnforced: [] } as Found
  let users = 0
  for await (const person of everyPerson(ports, file.site.id, now)) {
    if (person.user.status !== 'active') continue
    users += 1
    for (const application of person.applications) sort(found, person, { ...person, ...after }, application, now)
  }
  const rolesFlagged = flagged.map(({ role }) => role.name)
  return { kind: 'previewed', version: file.site.settingsVersion, changes, rolesFlagged, users, ...found }
}

type Found = { [K in 'newlyAsked' | 'noLongerAsked' | 'notEnforced']: PreviewedSignIn[] } & {
  cannotPass: StuckSignIn[]
}

function sort(found: Found, from: PersonFile, to: PersonFile, application: Application, now: Instant): void {
  const { user } = from
  const via = { kind: user.kind === 'service' ? 'api_password' : 'form' } as const
  const question = { now, via, application, address: null, earlier: null }
  const before = decide(factsOf(from, question))
  const facts = factsOf(to, question)
  const after = decide(facts)
  const signIn: PreviewedSignIn = {
    username: user.username,
    displayName: user.displayName,
    application: application.name,
    administrator: isAdministrator(user),
    before: viewDecision(before),
    after: viewDecision(after),
  }
  const [wasAsked, isAsked] = [isAsking(before), isAsking(after)]
  if (isAsked && !wasAsked) found.newlyAsked.push(signIn)
  if (wasAsked && after.outcome === 'skip') found.noLongerAsked.push(signIn)
  if (after.rule === 'channel_unconfigured' && after.outcome === 'skip') found.notEnforced.push(signIn)
  if (after.outcome === 'enrol' || after.outcome === 'deny') {
    const already = before.outcome === 'enrol' || before.outcome === 'deny'
    found.cannotPass.push({ ...signIn, why: whyStuck(facts, after.outcome), already })
  }
}

function isAsking({ outcome }: { readonly outcome: string }): boolean {
  return outcome === 'challenge' || outcome === 'enrol'
}

/** Everything that keeps the allowed methods from being usable: to put one of them right is enough. */
function whyStuck(facts: Facts, outcome: 'enrol' | 'deny'): StuckSignIn['why'] {
  if (facts.via.kind === 'api_password') return ['denied']
  const allowed = allowedMethods(facts)
  const channels = (['email', 'sms'] as const).filter((channel) => allowed.includes(channel))
  const why: Stuck[] = []
  if (channels.includes('email') && !facts.holds.email) why.push('no_address')
  if (channels.includes('sms') && !facts.holds.sms) why.push('no_phone')
  if (channels.some((channel) => facts.channels[channel] === 'unconfigured')) why.push('channel_unconfigured')
  if (outcome === 'enrol') why.push('nothing_enrolled')
  // The link to set up an app goes by mail: without an address it reaches nobody.
  if (outcome === 'deny' && allowed.includes('app')) why.push(facts.holds.email ? 'nothing_enrolled' : 'no_address')
  const [first = 'denied', ...others] = new Set(why)
  return [first, ...others]
}
