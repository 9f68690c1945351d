import type { CacheProvider } from '@node-saml/node-saml'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { findArtifact, keepArtifact } from '#usecases/openid-artifacts.ts'
import { SAML_REQUEST } from '#usecases/sign-in-by-assertion.ts'
import { REQUEST_LIFE } from './service-provider.ts'

/** What is known of a request to a provider while nobody has answered it. */
export interface OpenRequest {
  readonly provider: string
  readonly next: string | null
  readonly application: string | null
  /** Digest of the cookie of the browser that it began in: nobody is signed in by an answer that somebody else fetched. */
  readonly browser: string
}

/** The requests of one provider, in the store of all nodes. The library writes and asks; spending one is for the use case. */
export function requestsOf(ports: Ports, call: Call, request: OpenRequest | string): CacheProvider {
  const provider = typeof request === 'string' ? request : request.provider
  const named = (id: string) => ({ site: call.site.id, kind: SAML_REQUEST, id })
  return {
    async saveAsync(id, value) {
      if (typeof request === 'string') throw new Error('an answer makes no request')
      const payload = { ...request, value }
      await keepArtifact(ports, { ...named(id), payload, grant: null, lifeMs: REQUEST_LIFE, origin: call.origin })
      return { value, createdAt: ports.clock.now() }
    },
    async getAsync(id) {
      const found = await findArtifact(ports, named(id))
      if (!found || found.spentAt !== null || found.payload['provider'] !== provider) return null
      return String(found.payload['value'])
    },
    removeAsync: async (id) => id,
  }
}

/** The request with this id, as long as it is open. */
export async function openRequest(ports: Ports, call: Call, id: string): Promise<OpenRequest | null> {
  const found = await findArtifact(ports, { site: call.site.id, kind: SAML_REQUEST, id })
  return found ? (found.payload as unknown as OpenRequest) : null
}
