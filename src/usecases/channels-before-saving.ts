import type { Channel } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import { chosenChannels } from '#policy/chosen-channels.ts'
import { decide } from '#policy/decide.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile, SiteFile } from '#ports/store.ts'
import { usualFacts } from './address-warnings.ts'
import { openChannel } from './channel-in-force.ts'
import { everyPerson } from './every-person.ts'

/** What stands between a change of settings and its being saved, and whom it would strike, by name. */
export type ChannelTrouble =
  /** Nothing could be sent at all: the channel has to be set up first. */
  | { readonly kind: 'channel-unconfigured'; readonly channels: readonly Channel[]; readonly users: readonly string[] }
  /** Set up, and no code has ever come back over it: to be tested first, or taken on by whoever saves. */
  | { readonly kind: 'channel-unproved'; readonly channels: readonly Channel[]; readonly users: readonly string[] }

/**
 * Whether the channels that a change comes to rest on can carry it; null: they can, or it rests on none. Mail that nobody set up is no
 * trouble where the site lets people in for that very case (`delivery.when_unconfigured` = allow); for SMS there is no such way.
 */
export async function channelsBeforeSaving(
  ports: Ports,
  file: SiteFile,
  after: Pick<SiteFile, 'settings' | 'roles'>,
): Promise<ChannelTrouble | null> {
  const now = ports.clock.now()
  const chosen = chosenChannels(file.settings, after.settings)
  if (chosen.length === 0) return null
  const letIn = after.settings['delivery.when_unconfigured'] === 'allow'
  const missing = chosen.filter((channel) => file.channels[channel]?.row.kind !== 'config')
  const unconfigured = missing.filter((channel) => !(channel === 'email' && letIn))
  if (unconfigured.length > 0) {
    const users = await names(ports, file, now, (person) => cannotPass({ ...person, ...after }, now))
    return { kind: 'channel-unconfigured', channels: unconfigured, users }
  }
  const proofs = await ports.store.channelProofs(file.site.id)
  const unproved = chosen.filter((channel) => {
    if (missing.includes(channel)) return false
    const opened = openChannel(ports, file, channel)
    if (opened.kind !== 'open') return true
    return !isCaptured(opened.config.reveal()) && !proofs.some(({ mark }) => mark === opened.mark)
  })
  if (unproved.length === 0) return null
  const users = await names(ports, file, now, (person) => restsOn(unproved, { ...person, ...after }, now))
  return { kind: 'channel-unproved', channels: unproved, users }
}

const CALLED: Record<Channel, string> = { email: 'email', sms: 'SMS' }

/** The trouble in a sentence that says what to do. */
export function channelTrouble({ kind, channels, users }: ChannelTrouble): string {
  const which = channels.map((channel) => CALLED[channel]).join(' and ')
  const count = `${users.length} ${users.length === 1 ? 'user' : 'users'}`
  return kind === 'channel-unconfigured'
    ? `These settings rest on ${which}, which nobody has set up: ${count} could not pass. Set it up first. Nothing was changed.`
    : `These settings rest on ${which}, over which no code has ever come back: ${count} could be locked out. Test it first, or acknowledge that. Nothing was changed.`
}

/** What the mailbox of the demo takes never leaves the process: there is nothing to prove. */
function isCaptured(config: string): boolean {
  const { kind } = JSON.parse(config) as { readonly kind?: unknown }
  return kind === 'captured'
}

async function names(
  ports: Ports,
  file: SiteFile,
  now: Instant,
  isMeant: (person: PersonFile) => boolean,
): Promise<readonly string[]> {
  const found: string[] = []
  for await (const person of everyPerson(ports, file.site.id, now)) {
    const { status, kind, username } = person.user
    if (status === 'active' && kind !== 'service' && isMeant(person)) found.push(username)
  }
  return found
}

function cannotPass(person: PersonFile, now: Instant): boolean {
  const { outcome } = decide(usualFacts(person, now))
  return outcome === 'deny' || outcome === 'enrol'
}

/** Whether this user would have no way in if the channels turned out not to work. */
function restsOn(channels: readonly Channel[], person: PersonFile, now: Instant): boolean {
  const decision = decide(usualFacts(person, now))
  if (decision.outcome === 'enrol') return decision.channel === 'email_link' && channels.includes('email')
  return (
    decision.outcome === 'challenge' &&
    decision.methods.every((method) => channels.some((channel) => channel === method))
  )
}
