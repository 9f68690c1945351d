import { CHANNELS, type Channel, type Method } from '#domain/method.ts'
import type { Settings } from './settings.ts'

/** What users set up for themselves: where one of these is allowed, a channel is a convenience. */
const OWN: readonly Method[] = ['app', 'passkey', 'hardware']

/**
 * The channels that a change of settings comes to rest on: those that people have no way around afterwards and had one before, and
 * those that it names itself, as a method or as the first channel. A site that is switched off rests on none. What happens without a
 * channel (`delivery.when_unconfigured`) chooses none: the stricter answer can always be given.
 */
export function chosenChannels(before: Settings, after: Settings): readonly Channel[] {
  if (!after['two_factor.enabled']) return []
  const [rested, rests] = [restsOn(before), restsOn(after)]
  const named = (settings: Settings, channel: Channel): boolean =>
    allows(settings, channel) && settings['delivery.primary'] === channel
  return CHANNELS.filter(
    (channel) =>
      (rests.includes(channel) && !rested.includes(channel)) ||
      (before['two_factor.enabled'] && allows(after, channel) && !allows(before, channel)) ||
      (before['two_factor.enabled'] && named(after, channel) && !named(before, channel)),
  )
}

/** Whether codes or links of this site may go over the channel: somebody may rely on it. */
export function usesChannel(settings: Settings, channel: Channel): boolean {
  if (!settings['two_factor.enabled']) return false
  return allows(settings, channel) || (channel === 'email' && settings['enrolment.channel'] !== 'screen')
}

function restsOn(settings: Settings): readonly Channel[] {
  if (!settings['two_factor.enabled']) return []
  const allowed = settings['methods.allowed']
  if (!OWN.some((method) => allowed.includes(method))) return CHANNELS.filter((channel) => allows(settings, channel))
  // An app can be bound by an emailed link alone, and nothing stands in for a link that cannot be sent.
  const byLink = settings['enrolment.channel'] === 'email_link' && settings['delivery.when_unconfigured'] === 'block'
  return byLink ? ['email'] : []
}

function allows(settings: Settings, channel: Channel): boolean {
  return settings['methods.allowed'].includes(channel) && !(channel === 'sms' && settings['delivery.email_sole'])
}
