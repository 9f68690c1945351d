import assert from 'node:assert/strict'
import { minutes } from '#domain/time.ts'
import { DEFAULTS } from '#policy/settings.ts'
import type { Held } from './store-contract.ts'
import { adding, belongingsOf, commit } from './store-furniture.ts'
import { ACME, deviceOf, GLOBEX, MONDAY, sessionOf, userOf } from './store-things.ts'
import { personOf } from './store-read-back.ts'

const signIn = { username: 'ada', deviceDigest: null, buckets: [], now: MONDAY } as const

export function readsContract(held: Held): void {
  held('a person is found with everything that decides over a sign-in, as it was put in', async ({ store }) => {
    const file = await store.signInFile(ACME.id, {
      ...signIn,
      username: ' ADA ',
      deviceDigest: 'device ada',
      buckets: ['ada', 'none'],
    })
    const { person } = file
    const added = new Map(belongingsOf(ACME.id, 'ada').map((change) => [change.kind, change]))
    assert.deepEqual(person?.user, userOf(ACME.id, 'ada', { roles: ['Clerk', 'Administrator'] }))
    assert.deepEqual(added.get('add-authenticator'), { kind: 'add-authenticator', authenticator: person.apps[0] })
    assert.deepEqual(added.get('add-enrolment'), { kind: 'add-enrolment', enrolment: person.enrolment })
    assert.deepEqual(added.get('add-device'), { kind: 'add-device', device: person.device })
    assert.deepEqual([person.userApplications, person.sendsThisHour], [{ web: true }, 1])
    assert.deepEqual([file.passwordHash, file.throttles.map(({ failures }) => failures)], ['hash of ada', [3]])
    assert.deepEqual(
      [file.site, file.settings, file.roles.map(({ name }) => name), file.applications.map(({ name }) => name)],
      [ACME, DEFAULTS, ['Clerk', 'Spare'], ['spare', 'web']],
    )
  })

  held(
    'what a password is compared with is found with its user, and for nobody with the site alone',
    async ({ store }) => {
      const known = await store.passwordFile(ACME.id, { username: ' ADA ', buckets: ['ada', 'none'] })
      assert.deepEqual(known.user, userOf(ACME.id, 'ada', { roles: ['Clerk', 'Administrator'] }))
      assert.deepEqual([known.passwordHash, known.throttles.map(({ failures }) => failures)], ['hash of ada', [3]])
      assert.deepEqual([known.site, known.settings], [ACME, DEFAULTS])
      const unknown = await store.passwordFile(ACME.id, { username: 'nobody', buckets: ['ada'] })
      assert.deepEqual([unknown.user, unknown.passwordHash, unknown.throttles.length], [null, null, 1])
      assert.equal((await store.passwordFile(GLOBEX.id, { username: 'ada', buckets: [] })).user?.site, GLOBEX.id)
      await assert.rejects(store.passwordFile('site_nowhere', { username: 'ada', buckets: [] }), /is gone/)
    },
  )

  held('an unknown user gives the file of the site and no person', async ({ store }) => {
    const file = await store.signInFile(ACME.id, {
      ...signIn,
      username: 'nobody',
      deviceDigest: 'device ada',
      buckets: ['ada'],
    })
    assert.deepEqual([file.person, file.passwordHash, file.throttles.length, file.site], [null, null, 1, ACME])
    assert.equal(await store.personFile(ACME.id, 'nobody', MONDAY), null)
    assert.equal(await store.siteFile('nowhere'), null)
    assert.equal(await store.personFile('site_nowhere', 'ada', MONDAY), null)
    await assert.rejects(store.signInFile('site_nowhere', signIn), /is gone/)
  })

  held('nothing of another site is ever found, not even under the same name and digest', async ({ store }) => {
    const { id } = GLOBEX
    assert.equal(await store.sessionFile(id, 'session sam', MONDAY), null)
    assert.equal(await store.challengeFile(id, 'challenge sam', MONDAY), null)
    assert.equal(await store.enrolmentFile(id, 'link sam', MONDAY), null)
    assert.equal(await store.apiKeyFile(id, 'key sam', MONDAY), null)
    assert.equal(await store.personFile(id, 'sam', MONDAY), null)
    for (const [site, own] of [
      [ACME.id, ''],
      [GLOBEX.id, 'globex-'],
    ] as const) {
      const { person, throttles } = await store.signInFile(site, {
        ...signIn,
        deviceDigest: 'device ada',
        buckets: ['ada'],
      })
      const found = [
        (await store.sessionFile(site, 'session ada', MONDAY))?.session.id,
        (await store.challengeFile(site, 'challenge ada', MONDAY))?.challenge.id,
        (await store.enrolmentFile(site, 'link ada', MONDAY))?.enrolment?.id,
        (await store.apiKeyFile(site, 'key ada', MONDAY))?.key.id,
        person?.user.id,
        person?.device?.id,
        person?.apps[0]?.id,
      ]
      assert.deepEqual(
        found,
        ['ses', 'chl', 'enr', 'key', 'usr', 'dev', 'aut'].map((kind) => `${kind}_${own}ada`),
      )
      assert.equal(throttles[0]?.lastAt, site === id ? MONDAY + 1 : MONDAY)
    }
    assert.deepEqual(
      (await store.users(id, { after: null, limit: 100 })).map((user) => user.id),
      ['usr_globex-ada'],
    )
    assert.deepEqual([...(await store.userApplications(id)).keys()], ['usr_globex-ada'])
    assert.deepEqual(
      (await store.apiKeys(id)).map((key) => key.id),
      ['key_globex-ada'],
    )
    assert.deepEqual(
      [await store.countSessions(id, 'usr_ada', MONDAY), await store.countDevices(id, 'usr_ada')],
      [0, 0],
    )
    assert.equal((await store.audit(id, { limit: 100 })).length, 1)
    assert.equal((await store.siteFile('globex'))?.settings['code.digits'], 7)
  })

  held('a device counts for its user while it is of the epochs of today and not forgotten', async ({ store }) => {
    const shown = async (username: string, deviceDigest: string) =>
      (await store.signInFile(ACME.id, { ...signIn, username, deviceDigest })).person?.device?.id ?? null
    const of = { site: ACME.id, user: 'usr_ada' } as const
    const devices = [
      deviceOf(of, 'site-epoch', { siteEpoch: 0 }),
      deviceOf(of, 'user-epoch', { userEpoch: 0 }),
      deviceOf(of, 'forgotten', { forgottenAt: MONDAY }),
    ]
    assert.equal(
      await commit(
        store,
        devices.map((device) => ({ kind: 'add-device', device })),
      ),
      'committed',
    )
    assert.equal(await shown('ada', 'device ada'), 'dev_ada')
    assert.equal(await shown('bob', 'device ada'), null)
    for (const { tokenDigest } of devices) assert.equal(await shown('ada', tokenDigest), null, tokenDigest)
    assert.deepEqual([await store.countDevices(ACME.id, null), await store.countDevices(ACME.id, 'usr_ada')], [3, 2])

    const begunWith = async (digest: string) => (await store.sessionFile(ACME.id, digest, MONDAY))?.device?.id ?? null
    const sessions = [
      ...devices.map(({ tokenDigest, id }) => sessionOf(of, tokenDigest, { device: id })),
      sessionOf({ ...of, user: 'usr_bob' }, 'of-bob', { device: 'dev_ada' }),
    ]
    assert.equal(
      await commit(
        store,
        sessions.map((session) => ({ kind: 'add-session', session })),
      ),
      'committed',
    )
    for (const { tokenDigest } of sessions) assert.equal(await begunWith(tokenDigest), null, tokenDigest)
    assert.equal(await begunWith('session ada'), 'dev_ada')
    assert.equal(await commit(store, [{ kind: 'forget-device', device: 'dev_ada', at: MONDAY }]), 'committed')
    assert.deepEqual([await begunWith('session ada'), await shown('ada', 'device ada')], [null, null])
    assert.equal(
      await commit(store, [{ kind: 'use-device', device: 'dev_ada', address: null, at: MONDAY }]),
      'conflict',
    )
  })

  held('users come by name, a page at a time, each with their roles', async ({ store }) => {
    const names = ['Änne', 'zoe', 'ada2']
    assert.equal(
      await commit(
        store,
        names.map((name, index) => adding(userOf(ACME.id, name, { id: `usr_${index}`, roles: ['Clerk'] }))),
      ),
      'committed',
    )
    const seen: string[] = []
    for (let after: string | null = null; ; after = seen.at(-1) ?? null) {
      const page = await store.users(ACME.id, { after, limit: 2 })
      if (page.length === 0) break
      for (const user of page) assert.deepEqual(user, (await personOf(store, user.username)).user)
      seen.push(...page.map(({ username }) => username))
    }
    assert.deepEqual(seen, ['ada', 'ada2', 'bob', 'kim', 'sam', 'zoe', 'Änne'])
  })

  held('the last request of a session is written at most once a minute', async ({ store }) => {
    const seen = async () => (await store.sessionFile(ACME.id, 'session ada', MONDAY))?.session.lastSeenAt
    await store.touchSession('ses_ada', MONDAY + minutes(1) - 1)
    assert.equal(await seen(), MONDAY)
    await store.touchSession('ses_ada', MONDAY + minutes(1))
    assert.equal(await seen(), MONDAY + minutes(1))
    await store.touchSession('ses_ada', MONDAY)
    assert.equal(await seen(), MONDAY + minutes(1))
    await store.touchSession('ses_nothing', MONDAY)
    assert.equal((await store.sessionFile(ACME.id, 'session sam', MONDAY))?.session.lastSeenAt, MONDAY)
  })

  held('the last use of a key is written at most once a minute', async ({ store }) => {
    const used = async () => (await store.apiKeyFile(ACME.id, 'key ada', MONDAY))?.key.lastUsedAt
    assert.equal(await used(), null)
    await store.touchApiKey('key_ada', MONDAY)
    await store.touchApiKey('key_ada', MONDAY + minutes(1) - 1)
    assert.equal(await used(), MONDAY)
    await store.touchApiKey('key_ada', MONDAY + minutes(1))
    assert.equal(await used(), MONDAY + minutes(1))
    await store.touchApiKey('key_nothing', MONDAY)
    assert.equal((await store.apiKeyFile(ACME.id, 'key sam', MONDAY))?.key.lastUsedAt, null)
  })
}
