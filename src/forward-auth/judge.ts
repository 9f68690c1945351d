import { cookieNames } from '#http/cookies.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { type AccessOutcome, checkAccess } from '#usecases/check-access.ts'
import { sessionOfPass } from '#usecases/hand-over.ts'
import type { Asked } from './asked.ts'

/** Whether the browser that shows these cookies may go on to the protected host. */
export async function judge(ports: Ports, call: Call, { host, origin }: Asked): Promise<AccessOutcome> {
  const pass = call.cookies.get(cookieNames(call.site.name, origin).pass)
  const digest = pass === undefined ? null : sessionOfPass(ports, call.site.id, host, pass)
  if (digest === null) return { kind: 'refused', why: 'no-session' }
  return checkAccess(ports, {
    site: call.site.id,
    sessionToken: { digest },
    application: { host },
    address: call.origin.address,
  })
}
