import assert from 'node:assert/strict'
import { DEFAULTS } from '#policy/settings.ts'
import type { Change } from '#ports/changes.ts'
import type { PersonFile, Store } from '#ports/store.ts'
import { type CatalogueKind, GOOD } from './store-catalogue.ts'
import { CHANNEL_READ_BACK } from './store-channels.ts'
import { PROVIDER_READ_BACK } from './store-identity-providers.ts'
import { WORDING_READ_BACK } from './store-wordings.ts'
import { ACME, MONDAY } from './store-things.ts'

type ReadBack = { readonly [K in CatalogueKind]: (store: Store, change: (typeof GOOD)[K]) => Promise<void> }

const site = ACME.id

export async function personOf(store: Store, username = 'ada', now = MONDAY): Promise<PersonFile> {
  return (await store.personFile(site, username, now)) ?? assert.fail(`${username} is not there`)
}

async function acmeOf(store: Store) {
  return (await store.siteFile('acme')) ?? assert.fail('the site is not there')
}

async function challengeOf(store: Store, tokenDigest: string) {
  return (await store.challengeFile(site, tokenDigest, MONDAY)) ?? assert.fail('the challenge is not there')
}

async function sessionOf(store: Store, tokenDigest: string) {
  return (await store.sessionFile(site, tokenDigest, MONDAY)) ?? assert.fail('the session is not there')
}

async function deviceOf(store: Store, deviceDigest: string) {
  const query = { username: 'ada', deviceDigest, buckets: [], now: MONDAY }
  return (await store.signInFile(site, query)).person?.device ?? null
}

async function signInOf(store: Store, username = 'ada') {
  return store.signInFile(site, { username, deviceDigest: null, buckets: ['ada'], now: MONDAY })
}

/** How the store shows that a change of the catalogue happened, for every kind there is. */
export const READ_BACK: ReadBack = {
  ...CHANNEL_READ_BACK,
  ...PROVIDER_READ_BACK,
  ...WORDING_READ_BACK,
  'add-challenge': async (store, { challenge }) =>
    assert.deepEqual((await challengeOf(store, challenge.tokenDigest)).challenge, challenge),
  'move-challenge': async (store, { challenge }) =>
    assert.deepEqual((await challengeOf(store, challenge.tokenDigest)).challenge, challenge),
  'set-counters': async (store, { counters }) => assert.deepEqual((await personOf(store)).counters, counters),
  'count-password': async (store, { throttle }) => assert.deepEqual((await signInOf(store)).throttles, [throttle]),
  'spend-step': async (store, { authenticator, step, at }) => {
    const spent = (await personOf(store)).apps.find(({ id }) => id === authenticator)
    assert.deepEqual([spent?.lastStep, spent?.lastUsedAt], [step, at])
  },
  'give-back-steps': async (store, { authenticator, to }) =>
    assert.equal((await personOf(store, 'sam')).apps.find(({ id }) => id === authenticator)?.lastStep, to),
  'add-authenticator': async (store, { authenticator }) =>
    assert.deepEqual(
      (await personOf(store)).apps.find(({ id }) => id === authenticator.id),
      authenticator,
    ),
  'remove-authenticator': async (store) =>
    assert.deepEqual(
      (await personOf(store)).apps.map(({ id }) => id),
      ['aut_ada'],
    ),
  'add-enrolment': async (store, { enrolment }) =>
    assert.deepEqual((await personOf(store, 'bob')).enrolment, enrolment),
  'move-enrolment': async (store, { enrolment }) => {
    assert.deepEqual((await personOf(store)).enrolment, enrolment)
    const byLink = await store.enrolmentFile(site, enrolment.linkDigest ?? assert.fail(), MONDAY)
    assert.deepEqual(byLink?.enrolment, enrolment)
  },
  'end-enrolment': async (store) => assert.equal((await personOf(store, 'sam')).enrolment, null),
  'issue-code': async (store, { code }) =>
    assert.deepEqual((await challengeOf(store, 'challenge ada')).issuedCode, code),
  'spend-issued-code': async (store) => assert.equal((await challengeOf(store, 'challenge sam')).issuedCode, null),
  'add-passkey': async (store, { passkey }) => {
    assert.deepEqual(
      (await personOf(store)).passkeys.find(({ id }) => id === passkey.id),
      passkey,
    )
    const owner = { user: 'usr_ada', username: 'ada' }
    assert.deepEqual(await store.passkeyOwner(site, passkey.credential), owner)
    assert.equal(await store.passkeyOwner('site_globex', passkey.credential), null)
  },
  'use-passkey': async (store, { passkey, counter, backedUp, at }) => {
    const used = (await personOf(store)).passkeys.find(({ id }) => id === passkey)
    assert.deepEqual([used?.counter, used?.backedUp, used?.lastUsedAt], [counter, backedUp, at])
  },
  'remove-passkey': async (store) =>
    assert.deepEqual(
      (await personOf(store)).passkeys.map(({ id }) => id),
      ['aut_key-ada'],
    ),
  'spend-ceremony': async (store, { nonce }) => {
    assert.equal(await store.ceremonySpent(site, nonce), true)
    assert.equal(await store.ceremonySpent('site_globex', nonce), false)
  },
  'name-authenticator': async (store, { label }) => assert.equal((await personOf(store)).apps[0]?.label, label),
  'set-recovery-codes': async (store, { codes }) => assert.deepEqual((await personOf(store, 'bob')).recovery, codes),
  'keep-recovery-codes': async (store, { at }) => assert.equal((await personOf(store)).recovery?.savedAt, at),
  'spend-recovery-code': async (store) => {
    assert.deepEqual((await personOf(store)).recovery?.digests, ['two of ada'])
    assert.equal((await personOf(store, 'sam')).recovery?.digests.length, 2)
  },
  'drop-recovery-codes': async (store) => assert.equal((await personOf(store, 'sam')).recovery, null),
  'add-hardware': async (store, { token }) => {
    assert.deepEqual(await store.hardwareToken(site, token.id), token)
    assert.equal(await store.hardwareToken('site_globex', token.id), null)
    const listed = await store.hardwareTokens(site)
    assert.deepEqual(
      listed.map((each) => [each.token.serial, each.username]),
      [
        ['serial ada', 'ada'],
        ['serial new', null],
        ['serial sam', 'sam'],
        ['serial spare', null],
      ],
    )
  },
  'move-hardware': async (store, { token }) => {
    assert.deepEqual(await store.hardwareToken(site, token.id), token)
    assert.deepEqual((await personOf(store)).hardware, [])
  },
  'spend-hardware': async (store, { last, at }) => {
    const [token] = (await personOf(store, 'sam')).hardware
    assert.deepEqual([token?.last, token?.lastUsedAt], [last, at])
  },
  'remove-hardware': async (store, { token }) => assert.equal(await store.hardwareToken(site, token), null),
  'carry-session': async (store, { userEpoch }) =>
    assert.equal((await sessionOf(store, 'session sam')).session.userEpoch, userEpoch),
  'sign-in-user': async (store, { at, requiredSince }) => {
    const { user } = await personOf(store, 'bob')
    assert.deepEqual([user.lastSignInAt, user.requiredSince, user.version], [at, requiredSince, 1])
  },
  'add-session': async (store, { session }) =>
    assert.deepEqual((await sessionOf(store, session.tokenDigest)).session, session),
  'renew-session': async (store, { session, from }) => {
    assert.deepEqual((await sessionOf(store, session.tokenDigest)).session, session)
    assert.equal(await store.sessionFile(site, from, MONDAY), null)
  },
  'end-session': async (store, { at }) => {
    assert.equal((await sessionOf(store, 'session ada')).session.endedAt, at)
    assert.equal(await store.countSessions(site, 'usr_ada', MONDAY), 0)
  },
  'end-user-sessions': async (store) => {
    assert.equal((await personOf(store)).user.sessionEpoch, 2)
    assert.equal(await store.countSessions(site, 'usr_ada', MONDAY), 0)
  },
  'end-site-sessions': async (store) => {
    assert.equal((await acmeOf(store)).site.sessionEpoch, 2)
    assert.equal(await store.countSessions(site, null, MONDAY), 0)
  },
  'add-device': async (store, { device }) => assert.deepEqual(await deviceOf(store, device.tokenDigest), device),
  'use-device': async (store, { at, address }) => {
    const used = await deviceOf(store, 'device ada')
    assert.deepEqual([used?.lastUsedAt, used?.address], [at, address])
  },
  'forget-device': async (store) => {
    assert.equal(await deviceOf(store, 'device spare'), null)
    assert.equal(await store.countDevices(site, 'usr_ada'), 1)
  },
  'forget-user-devices': async (store) => {
    assert.equal(await deviceOf(store, 'device ada'), null)
    assert.equal((await sessionOf(store, 'session ada')).device, null)
    assert.equal(await store.countDevices(site, 'usr_ada'), 0)
  },
  'forget-site-devices': async (store) => {
    assert.equal(await deviceOf(store, 'device ada'), null)
    assert.equal(await store.countDevices(site, null), 0)
  },
  'add-delivery': async (store, { delivery }) =>
    assert.deepEqual((await store.deliveryFile(delivery.id, MONDAY))?.delivery, delivery),
  'move-delivery': async (store, { delivery }) => {
    const file = await store.deliveryFile(delivery.id, MONDAY)
    assert.deepEqual([file?.delivery, file?.challenge?.id, file?.user.id], [delivery, 'chl_ada', 'usr_ada'])
    assert.equal((await store.deliveryFile('dlv_sam', MONDAY))?.challenge?.id, 'chl_sam')
  },
  'set-channel': async (store, { config }) =>
    assert.deepEqual((await acmeOf(store)).channels.email, { row: config, owner: site }),
  'add-site': async (store, change) => {
    assert.deepEqual((await store.siteFile('initech'))?.site, change.site)
    assert.deepEqual(
      (await store.sites()).map(({ name }) => name),
      ['acme', 'globex', 'initech'],
    )
  },
  'remove-site': async (store) => {
    assert.equal(await store.siteFile('acme'), null)
    assert.equal(await store.personFile(site, 'ada', MONDAY), null)
  },
  'set-settings': async (store) => {
    const file = await acmeOf(store)
    assert.deepEqual(file.settings, { ...DEFAULTS, 'two_factor.enabled': true, 'code.digits': 8 })
    assert.deepEqual([file.site.settingsVersion, file.unreadable], [2, []])
  },
  'add-user': async (store, { user, passwordHash, counters }) => {
    const file = await signInOf(store, 'NEW')
    assert.deepEqual([file.person?.user, file.person?.counters, file.passwordHash], [user, counters, passwordHash])
  },
  'change-user': async (store, { user }) => assert.deepEqual((await personOf(store)).user, user),
  'remove-user': async (store) => assert.equal(await store.personFile(site, 'kim', MONDAY), null),
  'remind-of-bypass': async (store, { expiresAt }) =>
    assert.deepEqual(await store.endingBypasses({ now: expiresAt - 1, before: expiresAt, limit: 9 }), []),
  'keep-administrator': async (store) =>
    assert.deepEqual(await store.administrators(site), [
      { id: 'usr_ada', username: 'ada', kind: 'system', status: 'active', hasPassword: true, disabled: false },
    ]),
  'set-password': async (store, { passwordHash }) => {
    const file = await signInOf(store)
    assert.deepEqual([file.passwordHash, file.person?.user.version], [passwordHash, 1])
  },
  'set-user-application': async (store) => {
    assert.deepEqual((await personOf(store)).userApplications, { web: false })
    const ofSam = ['usr_sam', { spare: false, web: true }] as const
    assert.deepEqual([...(await store.userApplications(site))], [['usr_ada', { web: false }], ofSam])
  },
  'add-role': async (store, { role }) =>
    assert.deepEqual(
      (await acmeOf(store)).roles.find(({ name }) => name === role.name),
      role,
    ),
  'change-role': async (store, { role }) => assert.deepEqual((await acmeOf(store)).roles[0], role),
  'remove-role': async (store) =>
    assert.deepEqual(
      (await acmeOf(store)).roles.map(({ name }) => name),
      ['Clerk'],
    ),
  'add-application': async (store, { application }) =>
    assert.deepEqual(
      (await acmeOf(store)).applications.find(({ name }) => name === application.name),
      application,
    ),
  'change-application': async (store, { application }) =>
    assert.deepEqual((await acmeOf(store)).applications.at(-1), application),
  'remove-application': async (store) =>
    assert.deepEqual(
      (await acmeOf(store)).applications.map(({ name }) => name),
      ['web'],
    ),
  'add-api-key': async (store, { key }) => {
    assert.deepEqual(await store.apiKeyFile(site, key.secretDigest, MONDAY), { key, person: null })
    assert.deepEqual(
      (await store.apiKeys(site)).map(({ id }) => id),
      ['key_ada', 'key_new', 'key_sam'],
    )
  },
  'revoke-api-key': async (store, { at }) => {
    const file = await store.apiKeyFile(site, 'key ada', MONDAY)
    assert.deepEqual([file?.key.revokedAt, file?.person?.user.id], [at, 'usr_ada'])
  },
  'add-audit-stream': async (store, { stream }) => assert.deepEqual((await store.auditStreams(site))[0], stream),
  'remove-audit-stream': async (store) => assert.deepEqual(await store.auditStreams(site), []),
}

/** The read-back of one change, whose kind the compiler does not know. */
export function readBack(store: Store, change: Change): Promise<void> {
  const proof = READ_BACK[change.kind as CatalogueKind] as (store: Store, change: Change) => Promise<void>
  return proof(store, change)
}
