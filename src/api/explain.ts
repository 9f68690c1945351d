import { parseAddress } from '#policy/network.ts'
import type { Ports } from '#ports/ports.ts'
import { explainUser } from '#usecases/explain.ts'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { invalid, readInput } from './input.ts'
import { refusal } from './login.ts'
import { Explain, Explained } from './schemas.ts'

/** `POST /explain`: why a user would be asked or not, with every rule that was passed over. It changes nothing. */
export function postExplain(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = await readInput(call, Explain)
    if (input.kind === 'refused') return input.response
    const { username, application, address, at } = input.value
    if (address !== undefined && parseAddress(address) === undefined)
      return invalid(call, [{ pointer: '/address', detail: 'is not an IP address' }])
    const refuse = refusal(ports, call)
    const outcome = await explainUser(ports, {
      site: call.site.name,
      username,
      application,
      address,
      at: at === undefined ? undefined : Date.parse(at),
    })
    switch (outcome.kind) {
      case 'explained': {
        const { decision, sentence, rules, waiting } = outcome
        const waiting_addresses = waiting.map(({ channel, masked, until }) => ({ channel, address: masked, until }))
        return json(Explained, { decision, sentence, waiting_addresses, rules: [...rules] })
      }
      case 'unknown-user':
        return refuse('not_found', { detail: 'There is no user of this name.' })
      case 'unknown-application':
        return refuse('unknown_application', { extensions: { applications: outcome.known } })
      case 'unknown-site':
        return refuse('not_found')
    }
  }
}
