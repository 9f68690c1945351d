import type { Call, Handler } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { administrationHandlers } from './administration.ts'
import { tokenInAddress } from './caller.ts'
import { docsPage } from './docs.ts'
import { postEnrol, postEnrolLink } from './enrol.ts'
import { postLogin, postSend, postVerify } from './login.ts'
import { takeReceipt } from './delivery.ts'
import { openApi } from './openapi.ts'
import { pointer } from './input.ts'
import { type ApiDoor, OPERATIONS } from './operations.ts'
import { postPasskeyLogin, postPasskeyOptions } from './passkey.ts'
import { deleteSession, getSession } from './session.ts'
import { postStepUp } from './step-up.ts'

/** What stands behind each door of the API. */
export function apiHandlers(ports: Ports): Readonly<Record<ApiDoor, Handler>> {
  const verify = guarded('api.verify', postVerify(ports))
  return {
    'api.openapi': async ({ site }) => Response.json(openApi(site)),
    'api.docs': async ({ site }) =>
      new Response(docsPage(site), { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    'api.login': guarded('api.login', postLogin(ports)),
    'api.verify': verify,
    'api.passkey-options': guarded('api.passkey-options', postPasskeyOptions(ports)),
    'api.passkey': guarded('api.passkey', postPasskeyLogin(ports)),
    'api.send': guarded('api.send', postSend(ports)),
    'api.enrol': guarded('api.enrol', postEnrol(ports)),
    'api.enrol-link': guarded('api.enrol-link', postEnrolLink(ports)),
    'api.enrol-confirm': verify,
    'api.session': guarded('api.session', getSession(ports)),
    'api.sign-out': guarded('api.sign-out', deleteSession(ports)),
    'api.step-up': guarded('api.step-up', postStepUp(ports)),
    'api.receipt': takeReceipt(ports),
    'api.receipt-get': takeReceipt(ports),
    ...administrationHandlers(ports, guarded),
  }
}

/** Refuses what no door takes, before anything is done: what was meant by it would be missing from what is done. */
function guarded(door: ApiDoor, handler: Handler): Handler {
  const takesQuery = OPERATIONS[door].query !== undefined
  return async (call: Call) => {
    const requestId = call.origin.request
    if (tokenInAddress(call.url)) {
      const detail = 'A token in an address is refused: use the Authorization header.'
      return problem('unauthenticated', { detail, requestId })
    }
    const names = [...call.url.searchParams.keys()]
    if (takesQuery || names.length === 0) return handler(call)
    const errors = names.map((name) => ({ pointer: pointer([name]), detail: 'this door takes nothing in its address' }))
    return problem('unknown_field', { requestId, extensions: { errors } })
  }
}
