import type { Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { getAudit } from './audit.ts'
import { type AdministrationHandler, behindRight } from './behind-right.ts'
import { postExplain } from './explain.ts'
import { getSettings, patchSettings } from './settings.ts'

/** What stands behind each door of the administration. */
const HANDLERS = {
  'api.settings': getSettings,
  'api.set-settings': patchSettings,
  'api.explain': postExplain,
  'api.audit': getAudit,
} as const satisfies Record<string, (ports: Ports) => AdministrationHandler>

export type AdministrationDoor = keyof typeof HANDLERS

/** The same, each behind the right that its door names. */
export function administrationHandlers(
  ports: Ports,
  guarded: (handler: Handler) => Handler,
): Readonly<Record<AdministrationDoor, Handler>> {
  const names = Object.keys(HANDLERS) as AdministrationDoor[]
  const entries = names.map((name) => [name, guarded(behindRight(ports, name, HANDLERS[name](ports)))] as const)
  return Object.fromEntries(entries) as Record<AdministrationDoor, Handler>
}
