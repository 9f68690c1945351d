import type { Handler } from '#http/call.ts'
import { readText } from '#http/body.ts'
import type { DoorName } from '#http/doors.ts'
import type { Ports } from '#ports/ports.ts'
import { type Ask, askProviders } from './ask.ts'
import { postEndSession, showEndSession } from './end-session.ts'
import { showInteraction } from './interaction.ts'
import type { OpenIdPages } from './pages.ts'

export type OpenIdDoor = Extract<DoorName, `oidc.${string}`>

/** What stands behind each door for applications that sign their users in by OpenID Connect. */
export function openIdHandlers(ports: Ports, pages: OpenIdPages): Record<OpenIdDoor, Handler> {
  const ask = askProviders(ports)
  const program = answered(ask)
  const browser = forPeople(pages, program)
  return {
    'oidc.discovery': queryOnly(program),
    'oidc.jwks': program,
    'oidc.authorize': browser,
    'oidc.authorize-form': browser,
    'oidc.resume': browser,
    'oidc.interaction': showInteraction(ports),
    'oidc.token': program,
    'oidc.userinfo': program,
    'oidc.userinfo-form': program,
    'oidc.introspect': program,
    'oidc.revoke': program,
    'oidc.end-session': forPeople(pages, showEndSession(ports, ask, pages)),
    'oidc.end-session-form': forPeople(pages, showEndSession(ports, ask, pages)),
    'oidc.confirm-end-session': forPeople(pages, postEndSession(ports, ask)),
    'oidc.session-ended': browser,
  }
}

function answered(ask: Ask): Handler {
  return async (call) => {
    const body = await readText(call.request, call.origin.request)
    return body.kind === 'refused' ? body.response : (await ask(call, body.text)).response
  }
}

/** The provider's document names ways to answer that no client of ours may ask for (see `clientMetadata`). */
function queryOnly(handler: Handler): Handler {
  return async (call) => {
    const response = await handler(call)
    return Response.json({ ...((await response.json()) as object), response_modes_supported: ['query'] }, response)
  }
}

/** A refusal that an application must not be told of, because nobody knows that it asked, is told to the person as a page. */
function forPeople(pages: OpenIdPages, handler: Handler): Handler {
  return async (call) => {
    const response = await handler(call)
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    if (response.status < 400 || !isJson) return response
    const { error = '', error_description: detail = '' } = (await response.json()) as Record<string, string>
    return pages.refusal(call, { status: response.status, error, detail })
  }
}
