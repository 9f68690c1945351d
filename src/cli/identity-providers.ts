import type { IdentityProvider, SamlConfig, VouchedSecondFactor } from '#domain/identity-provider.ts'
import { createIdentityProvider } from '#usecases/create-identity-provider.ts'
import { deleteIdentityProvider } from '#usecases/delete-identity-provider.ts'
import { setIdentityProvider } from '#usecases/set-identity-provider.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound } from './job.ts'
import { table } from './output.ts'

export interface IdentityProviderFlags {
  readonly title?: string
  readonly enabled?: boolean
  readonly secondFactor?: VouchedSecondFactor
  readonly entityId?: string
  readonly ssoUrl?: string
  readonly certificate?: readonly string[]
  readonly usernameAttribute?: string
  readonly multiFactorContext?: readonly string[]
}

export function listIdentityProviders(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file }) => {
    const all = await ports.store.identityProviders(file.site.id)
    const rows = all.map((each) => [each.name, each.enabled ? 'on' : 'off', each.secondFactor, each.config.entityId])
    const text =
      all.length === 0
        ? 'This site has no identity providers.'
        : table(['Name', 'Enabled', 'Second factor', 'Entity id'], rows)
    answer(job, all.map(providerJson), text)
  })
}

/** `read` answers the text of a file by its path. */
export function saveIdentityProvider(
  job: Job,
  name: string,
  flags: IdentityProviderFlags,
  read: (path: string) => Promise<string>,
): Promise<void> {
  return atSite(job, async ({ ports, order, file }) => {
    const { title, enabled, secondFactor } = flags
    const fields = {
      ...(title === undefined ? {} : { title }),
      ...(enabled === undefined ? {} : { enabled }),
      ...(secondFactor === undefined ? {} : { secondFactor }),
    }
    const config = await configOf(flags, read)
    const known = (await ports.store.identityProviders(file.site.id)).some((each) => each.name === name)
    const outcome = known
      ? await setIdentityProvider(ports, { ...order, name, fields, config })
      : await createIdentityProvider(ports, { ...order, name, fields, config: { ...NOTHING, ...config } })
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'invalid': {
        const told = outcome.problems.map(
          ({ field, problem }) => `${field.replace('config/', '').replaceAll('_', '-')} ${problem}.`,
        )
        throw new Failure(EXIT.refused, `${told.join('\n')}\nNothing was changed.`)
      }
      case 'unknown-identity-provider':
      case 'name-taken':
      case 'busy':
        throw busy()
      case 'saved': {
        const { provider } = outcome
        const text = `Identity provider ${name}: ${provider.enabled ? 'on' : 'off'}, second factor ${provider.secondFactor}.`
        answer(job, providerJson(provider), text)
      }
    }
  })
}

export function dropIdentityProvider(job: Job, name: string): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await deleteIdentityProvider(ports, { ...order, name })
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'unknown-identity-provider':
        throw notFound('identity provider', name, outcome.known)
      case 'busy':
        throw busy()
      case 'deleted':
        answer(job, { name, deleted: true }, `Identity provider ${name} is deleted. Sessions that it opened go on.`)
    }
  })
}

const NOTHING: SamlConfig = {
  entityId: '',
  ssoUrl: '',
  certificates: [],
  usernameAttribute: null,
  multiFactorContexts: [],
}

async function configOf(
  flags: IdentityProviderFlags,
  read: (path: string) => Promise<string>,
): Promise<Partial<SamlConfig>> {
  const { entityId, ssoUrl, certificate, usernameAttribute, multiFactorContext } = flags
  return {
    ...(entityId === undefined ? {} : { entityId }),
    ...(ssoUrl === undefined ? {} : { ssoUrl }),
    ...(certificate === undefined
      ? {}
      : { certificates: await Promise.all(certificate.map((path) => pem(path, read))) }),
    ...(usernameAttribute === undefined
      ? {}
      : { usernameAttribute: usernameAttribute === 'none' ? null : usernameAttribute }),
    ...(multiFactorContext === undefined ? {} : { multiFactorContexts: multiFactorContext }),
  }
}

async function pem(path: string, read: (path: string) => Promise<string>): Promise<string> {
  try {
    return await read(path)
  } catch {
    throw new Failure(EXIT.notFound, `The file ${path} cannot be read.`)
  }
}

function providerJson({ name, kind, title, enabled, secondFactor, config }: IdentityProvider): object {
  return {
    name,
    kind,
    title,
    enabled,
    second_factor: secondFactor,
    config: {
      entity_id: config.entityId,
      sso_url: config.ssoUrl,
      certificates: config.certificates,
      username_attribute: config.usernameAttribute,
      multi_factor_contexts: config.multiFactorContexts,
    },
  }
}
