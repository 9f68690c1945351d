import type { Call, Handler } from '#http/call.ts'
import { policyWithScript } from '#http/headers.ts'
import type { Ports } from '#ports/ports.ts'
import type { SessionFile } from '#ports/store.ts'
import { addPasskey } from '#usecases/add-passkey.ts'
import { isFresh } from '#usecases/fresh-proof.ts'
import { creationRequest } from '#usecases/passkey-options.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { frameOf } from './frame.ts'
import { done, ownPage, ownStep, refuseOwn } from './own-step.ts'
import { answerOf } from './passkey-sign-in.ts'
import { addPasskeyPage } from './pages/add-passkey-page.ts'
import { provePage } from './pages/prove-page.ts'
import { respond } from './respond.ts'

/** The page that makes a passkey. The proof comes first: else a device would keep a passkey that nobody here knows. */
export function showAddPasskey(ports: Ports): Handler {
  return ownPage(ports, async (call, { file }) => page(ports, call, file, null, 200))
}

export function postAddPasskey(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const { call, fields, order } = step
    const { own } = frameOf(call).texts.account
    const outcome = await addPasskey(ports, {
      ...order,
      passkey: answerOf(fields),
      label: fields.get('label') ?? '',
      endOthers: fields.get('others') === 'yes',
    })
    const again = async (problem: string, status: number): Promise<Response> => {
      const { site, sessionToken, origin } = order
      const access = await checkAccess(ports, { site, sessionToken, application: null, address: origin.address })
      return access.kind === 'granted'
        ? page(ports, call, access.file, problem, status)
        : refuseOwn(ports, step, { kind: 'no-session' })
    }
    switch (outcome.kind) {
      case 'added':
        return done(call, 'added')
      case 'refused':
        return again(own.passkeyRefused, 400)
      case 'known':
        return again(own.passkeyKnown, 409)
      case 'not-allowed':
        return again(own.passkeyNotAllowed, 403)
      default:
        return refuseOwn(ports, step, outcome, `${call.site.path}/account/passkey`)
    }
  })
}

function page(ports: Ports, call: Call, file: SessionFile, problem: string | null, status: number): Response {
  const now = ports.clock.now()
  const frame = frameOf(call)
  if (!isFresh(file, now)) return respond(provePage({ ...frame, next: `${call.site.path}/account/passkey` }), 200)
  const options = creationRequest(ports, file, now)
  return respond(addPasskeyPage({ ...frame, options, problem }), status, {
    headers: { 'content-security-policy': policyWithScript() },
  })
}
