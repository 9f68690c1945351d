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
import type { ApiDoor } from './operations.ts'
import { postPasskeyLogin, postPasskeyOptions } from './passkey.ts'
import { deleteSession, getSession } from './session.ts'
import { postStepUp } from './step-up.ts'

/** What stands behind each door of the API. */
export function apiHandlers(ports: Ports): Readonly<Record<ApiDoor, Handler>> {
  const verify = guarded(postVerify(ports))
  return {
    'api.openapi': async ({ site }) => Response.json(openApi(site)),
    'api.docs': async ({ site }) =>
      new Response(docsPage(site), { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    'api.login': guarded(postLogin(ports)),
    'api.verify': verify,
    'api.passkey-options': guarded(postPasskeyOptions(ports)),
    'api.passkey': guarded(postPasskeyLogin(ports)),
    'api.send': guarded(postSend(ports)),
    'api.enrol': guarded(postEnrol(ports)),
    'api.enrol-link': guarded(postEnrolLink(ports)),
    'api.enrol-confirm': verify,
    'api.session': guarded(getSession(ports)),
    'api.sign-out': guarded(deleteSession(ports)),
    'api.step-up': guarded(postStepUp(ports)),
    'api.receipt': takeReceipt(ports),
    'api.receipt-get': takeReceipt(ports),
    ...administrationHandlers(ports, guarded),
  }
}

function guarded(handler: Handler): Handler {
  return async (call: Call) =>
    tokenInAddress(call.url)
      ? problem('unauthenticated', {
          detail: 'A token in an address is refused: use the Authorization header.',
          requestId: call.origin.request,
        })
      : handler(call)
}
