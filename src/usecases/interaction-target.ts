import type { SiteAtAddress } from '#domain/site-address.ts'
import type { Ports } from '#ports/ports.ts'
import { findArtifact } from './openid-artifacts.ts'

/**
 * The origin that a sign-in ends at, if it is for an application of OpenID Connect: the form with the password or the code is answered
 * by redirects that lead there in the end, and Chromium holds all of them against the page's `form-action`. Null: it ends here.
 */
export async function interactionTarget(
  ports: Ports,
  site: SiteAtAddress,
  next: string | undefined,
): Promise<string | null> {
  const prefix = `${site.path}/oidc/interaction/`
  if (!next?.startsWith(prefix)) return null
  const interaction = await findArtifact(ports, { site: site.id, kind: 'Interaction', id: next.slice(prefix.length) })
  const parameters = interaction?.payload['params'] as Readonly<Record<string, unknown>> | undefined
  // It was compared with what the application has registered before the interaction began.
  const address = parameters?.['redirect_uri']
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).origin : null
}
