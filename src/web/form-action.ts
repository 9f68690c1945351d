import type { Call } from '#http/call.ts'
import { contentSecurityPolicy, policyWithScript } from '#http/headers.ts'
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

/** The same for a page that may have a passkey on it; `passkey`: what it is asked with, or nothing, or why it cannot be. */
export async function pageHeaders(
  ports: Ports,
  call: Call,
  carried: Pick<Carried, 'next'>,
  passkey: object | string | null,
): Promise<Readonly<Record<string, string>>> {
  if (passkey === null || typeof passkey === 'string') return leadingOn(ports, call, carried)
  const origin = await interactionTarget(ports, call.site, carried.next)
  return { 'content-security-policy': policyWithScript(origin ?? undefined) }
}
