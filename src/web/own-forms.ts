import type { AuthenticatorId, DeviceId, SessionId } from '#domain/id.ts'
import { safeNext } from '#http/next.ts'
import type { Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { addApp } from '#usecases/add-app.ts'
import { giveUpAuthenticator } from '#usecases/give-up-authenticator.ts'
import { nameAuthenticator } from '#usecases/name-authenticator.ts'
import { endOwnSession, forgetOwnDevice } from '#usecases/own-sessions.ts'
import { proveAddress } from '#usecases/prove-address.ts'
import { withCarried } from './carried.ts'
import { done, named, ownStep, refuseOwn } from './own-step.ts'
import { addPending, loginName } from './pending-cookie.ts'
import { seeOther } from './respond.ts'

/** One more authenticator app: the page with its picture is the one of a sign-in. */
export function postAddApp(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const outcome = await addApp(ports, step.order)
    if (outcome.kind !== 'pending') return refuseOwn(ports, step, outcome)
    const { call } = step
    const login = loginName(ports, outcome.token)
    const location = withCarried(`${call.site.path}/login`, { next: `${call.site.path}/account`, login })
    return seeOther(location, { cookies: [addPending(ports, call, outcome.token)] })
  })
}

export function postName(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const { fields, order, call } = step
    const authenticator = named<AuthenticatorId>(fields, 'authenticator') ?? 'aut_'
    const outcome = await nameAuthenticator(ports, { ...order, authenticator, label: fields.get('label') ?? '' })
    if (outcome.kind === 'named') return done(call, 'named')
    return outcome.kind === 'unknown-authenticator' ? done(call, 'gone') : refuseOwn(ports, step, outcome)
  })
}

export function postRemove(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const { fields, order, call } = step
    const authenticator = named<AuthenticatorId>(fields, 'authenticator') ?? 'aut_'
    const outcome = await giveUpAuthenticator(ports, { ...order, authenticator })
    switch (outcome.kind) {
      case 'removed':
        return done(call, 'removed')
      case 'unknown-authenticator':
        return done(call, 'gone')
      case 'last-factor':
        return done(call, 'last')
      default:
        return refuseOwn(ports, step, outcome)
    }
  })
}

export function postForgetDevice(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const outcome = await forgetOwnDevice(ports, { ...step.order, device: named<DeviceId>(step.fields, 'device') })
    if (outcome.kind === 'forgotten') return done(step.call, 'forgotten')
    return outcome.kind === 'unknown-device' ? done(step.call, 'gone') : refuseOwn(ports, step, outcome)
  })
}

export function postEndSession(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const outcome = await endOwnSession(ports, { ...step.order, session: named<SessionId>(step.fields, 'session') })
    if (outcome.kind === 'ended') return done(step.call, 'ended')
    return outcome.kind === 'unknown-session' ? done(step.call, 'gone') : refuseOwn(ports, step, outcome)
  })
}

/** The code that went to a new address of theirs. */
export function postProveAddress(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const outcome = await proveAddress(ports, { ...step.order, code: step.fields.get('code') ?? '' })
    switch (outcome.kind) {
      case 'proved':
        return done(step.call, 'address')
      case 'wrong':
        return done(step.call, 'wrong')
      case 'none':
        return done(step.call, 'gone')
      default:
        return refuseOwn(ports, step, outcome)
    }
  })
}

/** Proves the session anew, and leads back to the page that asked for it. */
export function postProve(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const { fields, call } = step
    const back = safeNext(fields.get('next'), call.site.path) ?? `${call.site.path}/account`
    return refuseOwn(ports, step, { kind: 'step-up' }, back)
  })
}
