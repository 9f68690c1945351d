import type { JsonValue } from './canonical.ts'
import { type AuditEvent, EVENTS } from './event.ts'

/** What happened, a kind of event that only a newer version knows by its name, in the words of the Action column: "Disabled 2FA for kim (Web application)". */
export function actionSentence(event: AuditEvent): string {
  const { ev, data } = event
  const whom = event.subject?.name ?? event.subject?.id ?? ''
  const word = (name: string): string => plain(data[name])
  switch (ev) {
    case 'user.two_factor.changed':
      return twoFactorSentence(data, whom)
    case 'auth.challenge.failures':
      return `${word('failed_codes')} failed 2FA attempts`
    case 'policy.changed':
      return `${EVENTS[ev]}: ${changed(data['changes'])}`
    case 'delivery.fallback':
      return `${EVENTS[ev]}: ${word('from')} → ${word('to')} (${word('error')})`
    case 'auth.factor.ok':
      return `${EVENTS[ev]} (${word('method')})`
    case 'session.created':
      return `${EVENTS[ev]} (2FA ${word('2fa')})`
    case 'bypass.granted':
    case 'bypass.revoked':
    case 'user.created':
    case 'user.changed':
    case 'user.address.asked':
    case 'user.email.changed':
    case 'user.phone.changed':
    case 'user.deleted':
    case 'role.changed':
    case 'factor.unlocked':
    case 'factor.reset':
    case 'breakglass.issued':
    case 'helpdesk.viewed':
    case 'helpdesk.resent':
    case 'helpdesk.code.issued':
    case 'bypass.reminded':
      return `${EVENTS[ev]}: ${whom}`
    default:
      return Object.hasOwn(EVENTS, ev) ? EVENTS[ev] : ev
  }
}

function twoFactorSentence(data: AuditEvent['data'], whom: string): string {
  if (data['application'] !== undefined) {
    return `${data['enabled'] === true ? 'Enabled' : 'Disabled'} 2FA for ${whom} (${plain(data['application'])} application)`
  }
  const switches = Object.entries(data).map(([method, on]) => `${method} ${on === true ? 'on' : 'off'}`)
  return `Changed 2FA for ${whom}: ${switches.join(', ')}`
}

function changed(changes: JsonValue | undefined): string {
  if (!Array.isArray(changes)) return ''
  return (changes as readonly { readonly key: string; readonly from: JsonValue; readonly to: JsonValue }[])
    .map(({ key, from, to }) => `${key} ${JSON.stringify(from)} → ${JSON.stringify(to)}`)
    .join(', ')
}

function plain(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}
