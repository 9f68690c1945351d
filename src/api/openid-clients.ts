import { rfc3339 } from '#domain/time.ts'
import type { OpenIdClient } from '#domain/openid.ts'
import type { Ports } from '#ports/ports.ts'
import { rotateOpenIdKeys } from '#usecases/openid-keys.ts'
import { removeOpenIdClient } from '#usecases/remove-openid-client.ts'
import { setOpenIdClient } from '#usecases/set-openid-client.ts'
import type { z } from 'zod'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { invalid, readInput, readQuery } from './input.ts'
import { refusal } from './login.ts'
import {
  OpenIdClientBody,
  OpenIdClientMade,
  OpenIdClientPage,
  OpenIdClientSet,
  OpenIdKeyRotation,
  OpenIdKeysRotated,
} from './openid-schemas.ts'
import { answerPage, pageOf } from './paging.ts'
import { Page } from './administration-schemas.ts'

/** `GET /openid/clients`. */
export function getOpenIdClients(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, Page)
    if (input.kind === 'refused') return input.response
    const clients = await ports.store.openIdClients(call.site.id)
    const { shown, next } = pageOf(clients, ({ application }) => application, input.value)
    return answerPage(call, OpenIdClientPage, { items: shown.map(clientBody), next_cursor: next })
  }
}

/** `PUT /applications/{application}/openid`: makes it a client of OpenID Connect, or changes what it is. */
export function putOpenIdClient(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, OpenIdClientSet)
    if (input.kind === 'refused') return input.response
    const { value } = input
    const outcome = await setOpenIdClient(ports, {
      site: call.site.name,
      application: call.params['application'] ?? '',
      redirectUris: value.redirect_uris,
      postLogoutRedirectUris: value.post_logout_redirect_uris,
      isPublic: value.public,
      newSecret: value.new_secret,
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'saved': {
        const secret = outcome.secret === null ? {} : { client_secret: outcome.secret }
        return json(OpenIdClientMade, { ...clientBody(outcome.client), ...secret }, outcome.isNew ? 201 : 200)
      }
      case 'invalid':
        return invalid(
          call,
          outcome.problems.map(({ field, problem }) => ({ pointer: `/${field}`, detail: problem })),
        )
      case 'unknown-application':
      case 'unknown-site':
        return refuse('not_found', { detail: 'There is no application of this name.' })
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `DELETE /applications/{application}/openid`: it stays an application. */
export function deleteOpenIdClient(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const { kind } = await removeOpenIdClient(ports, {
      site: call.site.name,
      application: call.params['application'] ?? '',
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (kind) {
      case 'removed':
        return new Response(null, { status: 204 })
      case 'unknown-client':
      case 'unknown-site':
        return refuse('not_found', { detail: 'No application of this name signs in by OpenID Connect.' })
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `POST /openid/keys/rotate`. */
export function postRotateOpenIdKeys(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, OpenIdKeyRotation, true)
    if (input.kind === 'refused') return input.response
    const outcome = await rotateOpenIdKeys(ports, {
      site: call.site.name,
      compromised: input.value.compromised ?? false,
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'rotated':
        return json(OpenIdKeysRotated, { kids: [...outcome.kids], published_until: rfc3339(outcome.publishedUntil) })
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

function clientBody(client: OpenIdClient): z.input<typeof OpenIdClientBody> {
  return {
    client_id: client.application,
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...client.postLogoutRedirectUris],
    public: client.secretDigest === null,
  }
}
