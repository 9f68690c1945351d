import type { Access } from '#usecases/check-access.ts'

/** The headers that say to an application who is there. A proxy must take what a client wrote under these names away. */
export const IDENTITY_HEADERS = ['Remote-User', 'Remote-Name', 'Remote-Email', 'Remote-Groups', 'Remote-Acr'] as const

/**
 * All of them, always: a header that was left out would leave the client's own one standing with some proxies (OI-10). Values are
 * UTF-8; roles are separated by commas, and a comma inside the name of one is written %2C.
 */
export function identityHeaders({
  user,
  roles,
  acr,
}: Access): Readonly<Record<(typeof IDENTITY_HEADERS)[number], string>> {
  return {
    'Remote-User': bytes(user.username),
    'Remote-Name': bytes(user.displayName || user.username),
    'Remote-Email': bytes(user.email ?? ''),
    'Remote-Groups': bytes(roles.map((role) => role.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',')),
    'Remote-Acr': acr,
  }
}

/** A header is made of bytes; whatever is no visible character is left out. */
function bytes(text: string): string {
  return Buffer.from(text.replaceAll(/\p{C}/gu, '').trim(), 'utf8').toString('latin1')
}
