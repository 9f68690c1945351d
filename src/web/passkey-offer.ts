import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { signInRequest } from '#usecases/passkey-options.ts'
import type { Carried } from './carried.ts'
import { frameOf } from './frame.ts'
import type { Html } from './html.ts'
import { passkeyForm } from './pages/passkey-form.ts'

/** The way in by passkey, for the login page; null where the site does not take them, or browsers would not give them here. */
export async function passkeyOffer(ports: Ports, call: Call, carried: Carried): Promise<Html | null> {
  const file = await ports.store.siteFile(call.site.name)
  if (!file?.settings['methods.allowed'].includes('passkey')) return null
  const options = signInRequest(ports, call.site, ports.clock.now())
  if (typeof options === 'string') return null
  const frame = frameOf(call)
  return passkeyForm(frame, {
    action: `${call.site.path}/login/passkey`,
    carried: { ...carried, login: undefined },
    making: false,
    options,
    label: frame.texts.passkey.signIn,
    conditional: true,
    second: true,
  })
}
