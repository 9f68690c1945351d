import assert from 'node:assert/strict'
import type { ExternalIdentity } from '#domain/external-identity.ts'
import type { IdentityProvider } from '#domain/identity-provider.ts'
import type { Change } from '#ports/changes.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { ACME, GLOBEX, MONDAY } from './store-things.ts'

const site = ACME.id
const provider = (name: string): Change => ({ kind: 'add-identity-provider', provider: { ...HALL, name } })
const HALL: IdentityProvider = {
  site,
  name: 'hall',
  title: 'Hall',
  kind: 'saml',
  enabled: true,
  secondFactor: 'skip',
  config: {
    entityId: 'https://idp.test/metadata',
    ssoUrl: 'https://idp.test/sso',
    certificates: ['one'],
    usernameAttribute: null,
    multiFactorContexts: [],
  },
  version: 1,
}
const IDENTITY: ExternalIdentity = { site, provider: 'hall', subject: 'ada@corp', user: 'usr_ada', createdAt: MONDAY }
const LINK: Change = { kind: 'add-external-identity', identity: IDENTITY }

export function externalIdentitiesContract(held: Held): void {
  held('a user belongs to one subject of one provider, and a subject to one user', async ({ store }) => {
    assert.equal(await commit(store, [LINK]), 'conflict', 'there is no such provider')
    assert.equal(await commit(store, [provider('hall'), provider('other')]), 'committed')
    assert.equal(await commit(store, [LINK]), 'committed')
    assert.deepEqual(await store.externalUser(site, 'hall', 'ada@corp'), { user: 'usr_ada', username: 'ada' })
    assert.deepEqual(await store.externalIdentityOf(site, 'usr_ada'), IDENTITY)
    assert.equal(await store.externalUser(site, 'other', 'ada@corp'), null)
    assert.equal(await store.externalUser(GLOBEX.id, 'hall', 'ada@corp'), null)
    assert.equal(await store.externalIdentityOf(site, 'usr_bob'), null)
    for (const taken of [
      IDENTITY,
      { ...IDENTITY, user: 'usr_bob' } as const,
      { ...IDENTITY, provider: 'other' },
      { ...IDENTITY, subject: 'another' },
      { ...IDENTITY, user: 'usr_nobody', subject: 'nobody' } as const,
    ])
      assert.equal(await commit(store, [{ kind: 'add-external-identity', identity: taken }]), 'conflict')
  })

  held('with the provider, or with the user, goes what the one called the other', async ({ store }) => {
    assert.equal(await commit(store, [provider('hall'), LINK]), 'committed')
    assert.equal(await commit(store, [{ kind: 'remove-user', user: 'usr_ada', from: 1 }]), 'committed')
    assert.equal(await store.externalUser(site, 'hall', 'ada@corp'), null)
    const bob = { ...IDENTITY, user: 'usr_bob' } as const
    assert.equal(await commit(store, [{ kind: 'add-external-identity', identity: bob }]), 'committed')
    assert.equal(await commit(store, [{ kind: 'remove-identity-provider', site, name: 'hall', from: 1 }]), 'committed')
    assert.equal(await store.externalIdentityOf(site, 'usr_bob'), null)
  })
}
