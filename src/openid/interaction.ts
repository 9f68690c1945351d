import { seconds } from '#domain/time.ts'
import { cookieNames } from '#http/cookies.ts'
import type { Call, Handler } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { judgeAuthorization } from '#usecases/judge-authorization.ts'
import { type ArtifactName, findArtifact, keepArtifact } from '#usecases/openid-artifacts.ts'
import { type Parameters, wantsOf } from './policy.ts'
import { ROUTES } from './provider.ts'

/**
 * Where a person is sent for what an application asks, and comes back to after each of our pages: on to the login page, to a second
 * factor, or back to the application. It goes by our session alone.
 */
export function showInteraction(ports: Ports): Handler {
  return async (call) => {
    const { site, params, url } = call
    const name: ArtifactName = { site: site.id, kind: 'Interaction', id: params['uid'] ?? '' }
    const interaction = await findArtifact(ports, name)
    if (!interaction) {
      const detail = 'This sign-in took too long, or is over. Go back to the application and start again.'
      return problem('not_found', { detail, requestId: call.origin.request })
    }
    const wants = wantsOf((interaction.payload['params'] ?? {}) as Parameters)
    const judgement = await judgeAuthorization(ports, await shown(call), wants, interaction.createdAt)
    switch (judgement.kind) {
      case 'enough':
        return seeOther(`${site.path}/oidc${ROUTES.authorization}/${name.id}`)
      case 'sign-in':
        return seeOther(withNext(`${site.path}/login`, { application: wants.application }))
      case 'step-up':
        return seeOther(withNext(`${site.path}/login/step-up`, { level: 'aal2' }))
      case 'out-of-reach':
        return giveUp()
    }

    function withNext(path: string, more: Readonly<Record<string, string>>): string {
      return `${path}?${new URLSearchParams({ next: url.pathname, ...more }).toString()}`
    }

    /** The application is told that it cannot have what it asks for; claiming it would be a lie. */
    async function giveUp(): Promise<Response> {
      const result = {
        error: 'unmet_authentication_requirements',
        error_description: 'this user has no second factor that proves the level asked for',
      }
      const { payload, expiresAt } = interaction ?? { payload: {}, expiresAt: 0 }
      await keepArtifact(ports, {
        ...name,
        payload: { ...payload, result },
        grant: null,
        lifeMs: Math.max(expiresAt - ports.clock.now(), seconds(1)),
        origin: call.origin,
      })
      return seeOther(`${site.path}/oidc${ROUTES.authorization}/${name.id}`)
    }
  }

  async function shown({ site, cookies, origin }: Call) {
    const token = cookies.get(cookieNames(site.name, ports.origin).session)
    const now = ports.clock.now()
    const file = token ? await ports.store.sessionFile(site.id, ports.vault.digest(token), now) : null
    return { site: site.id, session: file?.session.id ?? null, address: origin.address }
  }
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } })
}
