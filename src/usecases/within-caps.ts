import type { Delivery } from '#domain/delivery.ts'
import type { Change } from '#ports/changes.ts'
import type { PersonFile } from '#ports/store.ts'

/**
 * A message that goes out only while the caps have room for it. `sendLimit` has asked the same of what was read; two that read at once
 * find here that one of them was first, and the other decides again.
 */
export function addWithinCaps({ settings, site }: Pick<PersonFile, 'settings' | 'site'>, delivery: Delivery): Change[] {
  const { user, channel, recipient, content, createdAt: at } = delivery
  const caps = {
    userHour: settings['delivery.max_sends_per_user_hour'],
    userUnansweredDay: content.kind === 'code' ? settings['delivery.max_unanswered_per_user_day'] : 0,
    siteDay: settings['delivery.max_sends_per_site_day'],
    numberHour: settings['delivery.max_sms_per_number_hour'],
    unansweredBlock: settings['delivery.max_unanswered_sms_per_block'],
    siteMonth: settings['delivery.sms_budget_month'],
  }
  return [
    { kind: 'keep-send-caps', site: site.id, user, channel, recipient, at, caps },
    { kind: 'add-delivery', delivery },
  ]
}
