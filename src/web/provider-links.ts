import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { type Carried, withCarried } from './carried.ts'

/** A way in by somebody who vouches for people: what they are called, and where it begins. */
export interface ProviderLink {
  readonly title: string
  readonly href: string
}

/**
 * The ways in by the site's identity providers, by name, for the login page. Each is a plain link and no form: where it leads is not
 * held against the page's `form-action`. `next` and `application` go along, so that it ends where the password would have ended.
 */
export async function providerLinks(ports: Ports, call: Call, carried: Carried): Promise<readonly ProviderLink[]> {
  const all = await ports.store.identityProviders(call.site.id)
  return all
    .filter(({ enabled }) => enabled)
    .map(({ name, title }) => ({
      title,
      href: withCarried(`${call.site.path}/saml/${name}/login`, { ...carried, login: undefined }),
    }))
}
