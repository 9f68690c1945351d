import type { Call } from '#http/call.ts'
import type { ContactPerson } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'
import type { Carried } from './carried.ts'
import { pageHeaders } from './form-action.ts'
import { frameOf } from './frame.ts'
import { loginPage } from './pages/login-page.ts'
import { passkeyOffer } from './passkey-offer.ts'
import { dropPending } from './pending-cookie.ts'
import { providerLinks } from './provider-links.ts'
import { respond } from './respond.ts'
import type { Word } from './texts/texts.ts'

/** A sign-in that is over: says so above the form that starts the next one. */
export async function startOver(
  ports: Ports,
  call: Call,
  end: {
    readonly carried: Carried
    readonly problem: Word
    readonly status: number
    readonly token?: string | undefined
    readonly contacts?: readonly ContactPerson[]
  },
): Promise<Response> {
  const frame = frameOf(call)
  const passkey = await passkeyOffer(ports, call, end.carried)
  const page = loginPage({
    ...frame,
    action: `${call.site.path}/login`,
    carried: { ...end.carried, login: undefined },
    problem: end.problem,
    passkey,
    providers: await providerLinks(ports, call, end.carried),
    contacts: end.contacts ?? [],
  })
  const headers = await pageHeaders(ports, call, end.carried, passkey)
  const cookies = end.token === undefined ? [] : [dropPending(ports, call, end.token)]
  return respond(page, end.status, { headers, cookies })
}
