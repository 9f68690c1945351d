import type { Handler } from '#http/call.ts'
import type { DoorName } from '#http/doors.ts'
import type { Ports } from '#ports/ports.ts'
import { authRequest } from './auth-request.ts'
import { forwardAuth } from './forward-auth.ts'
import { showHandOver } from './hand-over.ts'

export type ProxyDoor = Extract<DoorName, `proxy.${string}`>

/** What stands behind each door for reverse proxies. */
export function forwardAuthHandlers(ports: Ports): Record<ProxyDoor, Handler> {
  return {
    'proxy.forward-auth': forwardAuth(ports),
    'proxy.auth-request': authRequest(ports),
    'proxy.hand-over': showHandOver(ports),
  }
}
