import assert from 'node:assert/strict'
import type { OpenIdArtifact, OpenIdClient, OpenIdKey } from '#domain/openid.ts'
import { minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { everything } from './store-rows.ts'
import { ACME, GLOBEX, MONDAY } from './store-things.ts'

const site = ACME.id
const LATER = MONDAY + minutes(1)

const CLIENT: OpenIdClient = {
  site,
  application: 'web',
  redirectUris: ['https://web.test/callback', 'https://web.test/other'],
  postLogoutRedirectUris: [],
  secretDigest: 'digest',
  version: 1,
}
const KEY: OpenIdKey = { site, kid: 'one', sealedKey: 'sealed', createdAt: MONDAY, retiredAt: null }
const CODE: OpenIdArtifact = {
  site,
  kind: 'AuthorizationCode',
  digest: 'code',
  payload: { accountId: 'usr_ada', amr: ['pwd'] },
  grantDigest: 'grant',
  createdAt: MONDAY,
  expiresAt: LATER,
  spentAt: null,
}
const SPEND: Change = {
  kind: 'spend-openid-artifact',
  site,
  artifact: { kind: CODE.kind, digest: CODE.digest },
  at: MONDAY,
}

export function openIdContract(held: Held): void {
  held('a client of OpenID Connect is kept, changed and removed at its version', async ({ store }) => {
    const add: Change = { kind: 'add-openid-client', client: CLIENT }
    assert.equal(await commit(store, [add]), 'committed')
    assert.deepEqual(await store.openIdClient(site, 'web'), CLIENT)
    assert.deepEqual(await store.openIdClients(site), [CLIENT])
    assert.equal(await store.openIdClient(GLOBEX.id, 'web'), null)
    assert.equal(await commit(store, [add]), 'conflict')
    const changed = { ...CLIENT, redirectUris: ['https://web.test/new'], secretDigest: null, version: 2 }
    const change: Change = { kind: 'change-openid-client', client: changed, from: 1 }
    assert.equal(await commit(store, [change]), 'committed')
    assert.deepEqual(await store.openIdClient(site, 'web'), changed)
    assert.equal(await commit(store, [change]), 'conflict')
    const remove: Change = { kind: 'remove-openid-client', site, application: 'web', from: 2 }
    assert.equal(await commit(store, [{ ...remove, from: 1 }]), 'conflict')
    assert.equal(await commit(store, [remove]), 'committed')
    assert.equal(await store.openIdClient(site, 'web'), null)
  })

  held('only an application can be a client, and it takes the client with it when it goes', async ({ store }) => {
    assert.equal(
      await commit(store, [{ kind: 'add-openid-client', client: { ...CLIENT, application: 'no' } }]),
      'conflict',
    )
    assert.equal(await commit(store, [{ kind: 'add-openid-client', client: CLIENT }]), 'committed')
    assert.equal(await commit(store, [{ kind: 'remove-application', site, name: 'web', from: 1 }]), 'committed')
    assert.deepEqual(await store.openIdClients(site), [])
  })

  held(
    'signing keys come newest first, and a retired one is published to its end and never again',
    async ({ store }) => {
      const two = { ...KEY, kid: 'two', createdAt: LATER }
      assert.equal(await commit(store, [{ kind: 'add-openid-key', key: KEY }]), 'committed')
      assert.equal(await commit(store, [{ kind: 'add-openid-key', key: KEY }]), 'conflict')
      const retire: Change = { kind: 'retire-openid-key', site, kid: 'one', at: LATER }
      assert.equal(await commit(store, [retire, { kind: 'add-openid-key', key: two }]), 'committed')
      assert.deepEqual(await store.openIdKeys(site, MONDAY), [two, { ...KEY, retiredAt: LATER }])
      assert.deepEqual(await store.openIdKeys(site, LATER), [two])
      assert.equal(await commit(store, [{ ...retire, at: LATER + 1 }]), 'conflict')
      assert.equal(await commit(store, [{ ...retire, at: MONDAY }]), 'committed')
      assert.equal(await commit(store, [{ ...retire, kid: 'none' }]), 'conflict')
      assert.deepEqual(await store.openIdKeys(GLOBEX.id, MONDAY), [])
    },
  )

  held('a code is spent once, of many at once too, and found until its time is over', async ({ store }) => {
    assert.equal(await commit(store, [{ kind: 'put-openid-artifact', artifact: CODE }]), 'committed')
    assert.deepEqual(await store.openIdArtifact(site, CODE.kind, 'code', MONDAY), CODE)
    assert.equal(await store.openIdArtifact(site, 'RefreshToken', 'code', MONDAY), null)
    assert.equal(await store.openIdArtifact(GLOBEX.id, CODE.kind, 'code', MONDAY), null)
    assert.equal(await commit(store, [{ ...SPEND, site: GLOBEX.id } as Change], { site: GLOBEX.id }), 'conflict')
    const many = await Promise.all(Array.from({ length: 8 }, () => commit(store, [SPEND])))
    assert.equal(many.filter((each) => each === 'committed').length, 1)
    assert.deepEqual(await store.openIdArtifact(site, CODE.kind, 'code', MONDAY), { ...CODE, spentAt: MONDAY })
    assert.equal(await store.openIdArtifact(site, CODE.kind, 'code', LATER), null)
  })

  held('what is put again keeps that it was spent', async ({ store }) => {
    await store.keepOpenIdArtifact(CODE)
    assert.equal(await commit(store, [SPEND]), 'committed')
    await store.keepOpenIdArtifact({ ...CODE, payload: { other: true } })
    const found = await store.openIdArtifact(site, CODE.kind, 'code', MONDAY)
    assert.deepEqual([found?.payload, found?.spentAt], [{ other: true }, MONDAY])
  })

  held(
    'one artifact is dropped by its name, all of a grant together, and what has run out is swept away',
    async ({ store, database }) => {
      const token = { ...CODE, kind: 'AccessToken', digest: 'token' }
      const other = { ...CODE, digest: 'other', grantDigest: 'another grant' }
      const foreign = { ...CODE, site: GLOBEX.id }
      for (const each of [CODE, token, other, foreign]) await store.keepOpenIdArtifact(each)
      await store.dropOpenIdArtifact(site, 'AccessToken', 'token')
      assert.equal(await store.openIdArtifact(site, 'AccessToken', 'token', MONDAY), null)
      await store.keepOpenIdArtifact(token)
      await store.dropOpenIdGrant(site, 'grant')
      assert.equal(await store.openIdArtifact(site, 'AccessToken', 'token', MONDAY), null)
      assert.equal(await store.openIdArtifact(site, CODE.kind, 'code', MONDAY), null)
      assert.deepEqual(await store.openIdArtifact(site, CODE.kind, 'other', MONDAY), other)
      assert.deepEqual(await store.openIdArtifact(GLOBEX.id, CODE.kind, 'code', MONDAY), foreign)
      await store.keepOpenIdArtifact({ ...token, createdAt: LATER, expiresAt: LATER + 1 })
      const rows = (await everything(database))['openid_artifacts'] ?? []
      assert.deepEqual(rows.map((row) => String(row['digest'])).toSorted(), ['code', 'token'])
    },
  )

  held('a session is found by its id at its own site', async ({ store }) => {
    assert.equal((await store.sessionById(site, 'ses_ada'))?.tokenDigest, 'session ada')
    assert.equal(await store.sessionById(GLOBEX.id, 'ses_ada'), null)
    assert.equal(await store.sessionById(site, 'ses_nothing'), null)
  })
}
