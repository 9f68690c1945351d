import type { IdentityProvider, SamlConfig } from '#domain/identity-provider.ts'
import type { Ports } from '#ports/ports.ts'
import { createIdentityProvider } from '#usecases/create-identity-provider.ts'
import { deleteIdentityProvider } from '#usecases/delete-identity-provider.ts'
import { setIdentityProvider } from '#usecases/set-identity-provider.ts'
import type { z } from 'zod'
import { Page } from './administration-schemas.ts'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import {
  IdentityProviderBody,
  IdentityProviderChange,
  IdentityProviderPage,
  NewIdentityProvider,
} from './identity-provider-schemas.ts'
import { given, invalid, readInput, readQuery } from './input.ts'
import { refusal } from './login.ts'
import { answerPage, pageOf } from './paging.ts'

const NONE = 'There is no identity provider of this name.'

/** `GET /identity-providers`. */
export function getIdentityProviders(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, Page)
    if (input.kind === 'refused') return input.response
    const all = await ports.store.identityProviders(call.site.id)
    const { shown, next } = pageOf(all, ({ name }) => name, input.value)
    return answerPage(call, IdentityProviderPage, { items: shown.map(providerBody), next_cursor: next })
  }
}

/** `POST /identity-providers`. */
export function postIdentityProvider(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, NewIdentityProvider)
    if (input.kind === 'refused') return input.response
    const { name, config, ...fields } = input.value
    const outcome = await createIdentityProvider(ports, {
      site: call.site.name,
      name,
      fields: given({ title: fields.title, enabled: fields.enabled, secondFactor: fields.second_factor }),
      config: {
        entityId: config.entity_id,
        ssoUrl: config.sso_url,
        certificates: config.certificates,
        usernameAttribute: config.username_attribute ?? null,
        multiFactorContexts: config.multi_factor_contexts ?? [],
      },
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'saved':
        return json(IdentityProviderBody, providerBody(outcome.provider), 201)
      case 'invalid':
        return invalid(call, outcome.problems.map(asPointer))
      case 'name-taken':
        return refuse('name_taken')
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `PATCH /identity-providers/{provider}`: what is left out stays, in `config` too. */
export function patchIdentityProvider(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, IdentityProviderChange)
    if (input.kind === 'refused') return input.response
    const { config = {}, ...fields } = input.value
    const outcome = await setIdentityProvider(ports, {
      site: call.site.name,
      name: call.params['provider'] ?? '',
      fields: given({ title: fields.title, enabled: fields.enabled, secondFactor: fields.second_factor }),
      config: given<Partial<SamlConfig>>({
        entityId: config.entity_id,
        ssoUrl: config.sso_url,
        certificates: config.certificates,
        usernameAttribute: config.username_attribute,
        multiFactorContexts: config.multi_factor_contexts,
      } as Partial<SamlConfig>),
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'saved':
        return json(IdentityProviderBody, providerBody(outcome.provider))
      case 'invalid':
        return invalid(call, outcome.problems.map(asPointer))
      case 'unknown-identity-provider':
      case 'unknown-site':
        return refuse('not_found', { detail: NONE })
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `DELETE /identity-providers/{provider}`. */
export function removeIdentityProvider(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const { kind } = await deleteIdentityProvider(ports, {
      site: call.site.name,
      name: call.params['provider'] ?? '',
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (kind) {
      case 'deleted':
        return new Response(null, { status: 204 })
      case 'unknown-identity-provider':
      case 'unknown-site':
        return refuse('not_found', { detail: NONE })
      case 'busy':
        return refuse('busy')
    }
  }
}

function asPointer({ field, problem }: { readonly field: string; readonly problem: string }) {
  return { pointer: `/${field}`, detail: problem }
}

function providerBody({
  name,
  kind,
  title,
  enabled,
  secondFactor,
  config,
}: IdentityProvider): z.input<typeof IdentityProviderBody> {
  return {
    name,
    kind,
    title,
    enabled,
    second_factor: secondFactor,
    config: {
      entity_id: config.entityId,
      sso_url: config.ssoUrl,
      certificates: [...config.certificates],
      username_attribute: config.usernameAttribute,
      multi_factor_contexts: [...config.multiFactorContexts],
    },
  }
}
