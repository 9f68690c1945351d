import { isAdministrator } from '#domain/user.ts'
import { safeNext } from '#http/next.ts'
import type { Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { isFresh } from '#usecases/fresh-proof.ts'
import { recoveryLeft } from '#usecases/facts.ts'
import { keepRecoveryCodes, makeRecoveryCodes } from '#usecases/recovery-codes.ts'
import { withCarried } from './carried.ts'
import { frameOf } from './frame.ts'
import { done, ownPage, ownStep, refuseOwn } from './own-step.ts'
import { provePage } from './pages/prove-page.ts'
import { recoveryPage, shownCodesPage } from './pages/recovery-page.ts'
import { respond, seeOther } from './respond.ts'

/** Whether an administrator has no recovery codes yet, at a site that takes them: the pages lead there first (RE-01, F21). */
export function mustMakeCodes(file: PersonFile): boolean {
  const allowed = file.settings['two_factor.enabled'] && file.settings['methods.allowed'].includes('recovery')
  return (
    allowed && isAdministrator(file.user) && file.apps.length + file.passkeys.length > 0 && recoveryLeft(file) === 0
  )
}

export function showRecovery(ports: Ports): Handler {
  return ownPage(ports, async (call, { file }) => {
    const frame = frameOf(call)
    const next = safeNext(call.url.searchParams.get('next'), call.site.path)
    const here = withCarried(`${call.site.path}/account/recovery`, { next })
    if (!isFresh(file, ports.clock.now())) return respond(provePage({ ...frame, next: here }), 200)
    return respond(recoveryPage({ ...frame, left: recoveryLeft(file), forced: mustMakeCodes(file), next }), 200)
  })
}

/** Shows the new codes in the answer itself: there is no address that shows them again. */
export function postMakeCodes(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const { call, fields, order } = step
    const next = safeNext(fields.get('next'), call.site.path)
    const outcome = await makeRecoveryCodes(ports, order)
    if (outcome.kind !== 'made')
      return refuseOwn(ports, step, outcome, withCarried(`${call.site.path}/account/recovery`, { next }))
    const codes = outcome.codes.map((code) => code.reveal())
    return respond(shownCodesPage({ ...frameOf(call), codes, madeAt: outcome.madeAt, next }), 200)
  })
}

export function postKeepCodes(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const { call, fields, order } = step
    const madeAt = Number(fields.get('made'))
    const outcome = await keepRecoveryCodes(ports, { ...order, madeAt })
    if (outcome.kind === 'over') return done(call, 'over')
    if (outcome.kind !== 'kept') return refuseOwn(ports, step, outcome)
    const next = safeNext(fields.get('next'), call.site.path)
    return next === undefined ? done(call, 'kept') : seeOther(next)
  })
}
