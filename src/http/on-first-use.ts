import type { Handler } from './call.ts'
import { DOORS, type DoorName } from './doors.ts'

/**
 * The handlers of all doors whose names begin with `protocol.`, whose code is loaded when somebody first comes to one of them: a server that
 * nobody asks in a protocol starts without its libraries. What cannot be loaded is tried again by the next one.
 */
export function onFirstUse<Protocol extends 'api' | 'oidc' | 'saml'>(
  protocol: Protocol,
  load: () => Promise<ProtocolHandlers<Protocol>>,
): ProtocolHandlers<Protocol> {
  let loaded: Promise<ProtocolHandlers<Protocol>> | undefined
  const handlers = (): Promise<ProtocolHandlers<Protocol>> =>
    (loaded ??= load().catch((error: unknown) => {
      loaded = undefined
      throw error
    }))
  const names = DOORS.map(({ name }) => name).filter((name): name is ProtocolDoor<Protocol> =>
    name.startsWith(`${protocol}.`),
  )
  const each = names.map((name): [string, Handler] => [name, async (call) => (await handlers())[name](call)])
  return Object.fromEntries(each) as ProtocolHandlers<Protocol>
}

type ProtocolDoor<Protocol extends string> = Extract<DoorName, `${Protocol}.${string}`>
type ProtocolHandlers<Protocol extends string> = Record<ProtocolDoor<Protocol>, Handler>
