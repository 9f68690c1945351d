import type { Call } from '#http/call.ts'
import { contentSecurityPolicy } from '#http/headers.ts'
import type { Ports } from '#ports/ports.ts'
import { interactionTarget } from '#usecases/interaction-target.ts'
import type { Carried } from './carried.ts'

/** Headers of a page whose form leads on to an application in the end; none where it ends here. */
export async function leadingOn(
  ports: Ports,
  call: Call,
  { next }: Pick<Carried, 'next'>,
): Promise<Readonly<Record<string, string>>> {
  const origin = await interactionTarget(ports, call.site, next)
  return origin === null ? {} : { 'content-security-policy': contentSecurityPolicy(origin) }
}
