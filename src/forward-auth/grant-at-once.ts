import type { ShortWay } from '#http/shortcut.ts'
import type { Ports } from '#ports/ports.ts'
import { askedHostOf } from './asked.ts'
import { HAND_OVER_PATH } from './forward-auth.ts'
import { identityHeaders } from './identity.ts'
import type { Judge } from './judge.ts'

/** The yes of `GET /forward-auth` and `GET /auth-request`, by the same judgement; every no is theirs, and so is who comes back. */
export function grantAtOnce(ports: Pick<Ports, 'origin'>, judge: Judge): ShortWay {
  return async (call) => {
    const asked = askedHostOf(call.header, ports.origin)
    if (!asked || call.header('x-forwarded-uri')?.includes(HAND_OVER_PATH)) return null
    const access = await judge(call, asked)
    return access.kind === 'granted' ? identityHeaders(access) : null
  }
}
