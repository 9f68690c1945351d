import type { Application } from '#domain/application.ts'
import { CHANNELS, type Channel, type Method } from '#domain/method.ts'
import { rolesHeld } from '#domain/user.ts'
import type { Instant } from '#domain/time.ts'
import type { ChannelState, EarlierProof, Facts, Via } from '#policy/facts.ts'
import type { PersonFile, SiteFile } from '#ports/store.ts'

/** Configured is a stored fact: a row that holds and is not switched off. Whether the server answers plays no part. */
export function channelStates(file: SiteFile): Record<Channel, ChannelState> {
  const state = (channel: Channel): ChannelState =>
    file.channels[channel]?.row.kind === 'config' ? 'configured' : 'unconfigured'
  return { email: state('email'), sms: state('sms') }
}

interface Question {
  readonly now: Instant
  readonly via: Via
  readonly application: Pick<Application, 'name' | 'intervalHours'>
  readonly address: string | null
  readonly earlier: EarlierProof | null
}

/** What the policy has to know about one user at one application, from what was read. */
export function factsOf(file: PersonFile, question: Question): Facts {
  const { user } = file
  const held = rolesHeld(user)
  const holds: Record<Method, boolean> = {
    app: file.apps.length > 0,
    email: user.email !== null,
    sms: user.phone !== null,
    passkey: file.passkeys.length > 0,
    recovery: recoveryLeft(file) > 0,
    hardware: file.hardware.length > 0,
  }
  return {
    ...question,
    settings: file.settings,
    user,
    roles: file.roles.filter((role) => held.includes(role.name)),
    userApplication: file.userApplications[question.application.name] ?? null,
    holds,
    channels: channelStates(file),
  }
}

/** Recovery codes that would be accepted. A set whose owner has not said that it is kept safe does not count yet. */
export function recoveryLeft({ recovery }: Pick<PersonFile, 'recovery'>): number {
  return recovery === null || recovery.savedAt === null ? 0 : recovery.digests.length
}

/** The channels that are set up and have an address on this user's file. */
export function reachableChannels(file: PersonFile): readonly Channel[] {
  const states = channelStates(file)
  return CHANNELS.filter((channel) => states[channel] === 'configured' && addressOf(file, channel) !== null)
}

export function addressOf(file: Pick<PersonFile, 'user'>, channel: Channel): string | null {
  return channel === 'email' ? file.user.email : file.user.phone
}
