import type { Handler } from '#http/call.ts'
import type { DoorName } from '#http/doors.ts'
import type { ShortWay } from '#http/shortcut.ts'
import type { Ports } from '#ports/ports.ts'
import { authRequest } from './auth-request.ts'
import { forwardAuth } from './forward-auth.ts'
import { grantAtOnce } from './grant-at-once.ts'
import { showHandOver } from './hand-over.ts'
import { type Judge, judgeOf } from './judge.ts'

export type ProxyDoor = Extract<DoorName, `proxy.${string}`>

/** What stands behind each door for reverse proxies. */
export function forwardAuthHandlers(ports: Ports, judge: Judge = judgeOf(ports)): Record<ProxyDoor, Handler> {
  return {
    'proxy.forward-auth': forwardAuth(ports, judge),
    'proxy.auth-request': authRequest(ports, judge),
    'proxy.hand-over': showHandOver(ports),
  }
}

/** The doors that a proxy asks at for every request it passes on. */
export function forwardAuthShortWays(
  ports: Ports,
  judge: Judge,
): Record<Exclude<ProxyDoor, 'proxy.hand-over'>, ShortWay> {
  const way = grantAtOnce(ports, judge)
  return { 'proxy.forward-auth': way, 'proxy.auth-request': way }
}
