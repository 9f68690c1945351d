import { cookieNames } from '#http/cookies.ts'
import type { ShortCall } from '#http/shortcut.ts'
import type { Ports } from '#ports/ports.ts'
import { type AccessOutcome, checkAccess } from '#usecases/check-access.ts'
import type { AskedHost } from './asked.ts'
import { openedPasses } from './opened-passes.ts'

export type Judge = (call: Pick<ShortCall, 'site' | 'cookies' | 'origin'>, asked: AskedHost) => Promise<AccessOutcome>

/** Judges whether the browser that shows these cookies may go on to the protected host. */
export function judgeOf(ports: Ports): Judge {
  const open = openedPasses(ports)
  return async (call, { host, origin }) => {
    const pass = call.cookies.get(cookieNames(call.site.name, origin).pass)
    const digest = pass === undefined ? null : open(call.site.id, host, pass)
    if (digest === null) return { kind: 'refused', why: 'no-session' }
    return checkAccess(ports, {
      site: call.site.id,
      sessionToken: { digest },
      application: { host },
      address: call.origin.address,
    })
  }
}
