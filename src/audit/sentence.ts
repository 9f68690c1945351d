import { type AuditEvent, EVENTS } from './event.ts'

/** What happened, in the words of the Action column: "Disabled 2FA for kim (Web application)". */
export function actionSentence(event: AuditEvent): string {
  const { ev, data } = event
  const whom = event.subject?.name ?? event.subject?.id ?? ''
  switch (ev) {
    case 'user.two_factor.changed':
      return typeof data['application'] === 'string'
        ? `${data['enabled'] === true ? 'Enabled' : 'Disabled'} 2FA for ${whom} (${data['application']} application)`
        : `Changed 2FA for ${whom}: ${Object.entries(data)
            .map(([method, on]) => `${method} ${on === true ? 'on' : 'off'}`)
            .join(', ')}`
    case 'auth.challenge.failures':
      return `${data['failed_codes']} failed 2FA attempts`
    case 'policy.changed':
      return `${EVENTS[ev]}: ${changed(data['changes'])}`
    case 'delivery.fallback':
      return `${EVENTS[ev]}: ${data['from']} → ${data['to']} (${data['error']})`
    case 'auth.factor.ok':
      return `${EVENTS[ev]} (${data['method']})`
    case 'session.created':
      return `${EVENTS[ev]} (2FA ${data['2fa']})`
    case 'bypass.granted':
    case 'bypass.revoked':
    case 'user.created':
    case 'user.changed':
    case 'user.deleted':
    case 'role.changed':
    case 'factor.unlocked':
      return `${EVENTS[ev]}: ${whom}`
    default:
      return EVENTS[ev]
  }
}

function changed(changes: unknown): string {
  if (!Array.isArray(changes)) return ''
  return changes.map(({ key, from, to }) => `${key} ${JSON.stringify(from)} → ${JSON.stringify(to)}`).join(', ')
}
