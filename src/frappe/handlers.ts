import type { Handler } from '#http/call.ts'
import type { DoorName } from '#http/doors.ts'
import type { Ports } from '#ports/ports.ts'
import { postFrappeLogin } from './login.ts'
import { getLoggedUser, postFrappeLogout } from './who.ts'

export type FrappeDoor = Extract<DoorName, `frappe.${string}`>

/** What stands behind each door for clients of Frappe. */
export function frappeHandlers(ports: Ports): Record<FrappeDoor, Handler> {
  return {
    'frappe.login': postFrappeLogin(ports),
    'frappe.logout': postFrappeLogout(ports),
    'frappe.logged-user': getLoggedUser(ports),
  }
}
