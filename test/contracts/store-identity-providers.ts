import assert from 'node:assert/strict'
import type { IdentityProvider } from '#domain/identity-provider.ts'
import type { Change } from '#ports/changes.ts'
import type { IdentityProviderChange } from '#ports/identity-providers.ts'
import type { Store } from '#ports/store.ts'
import { ACME } from './store-things.ts'

// The part of the catalogue that is about identity providers.

export function identityProviderOf(name: string, more: Partial<IdentityProvider> = {}): IdentityProvider {
  return {
    site: ACME.id,
    name,
    title: `The ${name}`,
    kind: 'saml',
    enabled: true,
    secondFactor: 'trust_amr',
    config: {
      entityId: `https://${name}.example/metadata`,
      ssoUrl: `https://${name}.example/sso`,
      certificates: ['one', 'two'],
      usernameAttribute: 'uid',
      multiFactorContexts: ['urn:mfa'],
    },
    version: 1,
    ...more,
  }
}

const known = identityProviderOf('known')
const changed = identityProviderOf('known', {
  title: 'Another',
  enabled: false,
  secondFactor: 'require',
  config: { ...known.config, certificates: ['three'], usernameAttribute: null, multiFactorContexts: [] },
  version: 2,
})

export const PROVIDER_FURNITURE: readonly Change[] = [
  { kind: 'add-identity-provider', provider: known },
  { kind: 'add-identity-provider', provider: identityProviderOf('spare') },
]

type Catalogue = { readonly [K in IdentityProviderChange['kind']]: Extract<IdentityProviderChange, { kind: K }> }

export const PROVIDER_GOOD: Catalogue = {
  'add-identity-provider': { kind: 'add-identity-provider', provider: identityProviderOf('new') },
  'change-identity-provider': { kind: 'change-identity-provider', provider: changed, from: 1 },
  'remove-identity-provider': { kind: 'remove-identity-provider', site: ACME.id, name: 'spare', from: 1 },
}

export const PROVIDER_STALE: readonly Change[] = [
  { kind: 'add-identity-provider', provider: known },
  { kind: 'change-identity-provider', provider: changed, from: 2 },
  { kind: 'change-identity-provider', provider: identityProviderOf('nothing'), from: 1 },
  { kind: 'remove-identity-provider', site: ACME.id, name: 'known', from: 7 },
  { kind: 'remove-identity-provider', site: ACME.id, name: 'nothing', from: 1 },
]

type ReadBack = {
  readonly [K in IdentityProviderChange['kind']]: (store: Store, change: Catalogue[K]) => Promise<void>
}

const byName = async (store: Store, name: string) =>
  (await store.identityProviders(ACME.id)).find((each) => each.name === name)

export const PROVIDER_READ_BACK: ReadBack = {
  'add-identity-provider': async (store, { provider }) =>
    assert.deepEqual(await byName(store, provider.name), provider),
  'change-identity-provider': async (store, { provider }) =>
    assert.deepEqual(await byName(store, provider.name), provider),
  'remove-identity-provider': async (store, { name }) => assert.equal(await byName(store, name), undefined),
}
