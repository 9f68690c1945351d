import assert from 'node:assert/strict'
import type { PasswordReset } from '#domain/password-reset.ts'
import { minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Held } from './store-contract.ts'
import { commit } from './store-furniture.ts'
import { ACME, GLOBEX, MONDAY } from './store-things.ts'

const site = ACME.id
const RESET: PasswordReset = {
  site,
  user: 'usr_ada',
  tokenDigest: 'one',
  userEpoch: 0,
  requestedAt: MONDAY,
  expiresAt: MONDAY + minutes(30),
  vouched: false,
  spentAt: null,
  held: null,
}
const WAITING = { challenge: 'chl_one', passwordHash: 'hash of another' } as const
const request = (reset: PasswordReset, noneSince = reset.requestedAt - minutes(15)): Change => ({
  kind: 'request-reset',
  reset,
  noneSince,
})
const hold = (tokenDigest: string, held: NonNullable<PasswordReset['held']> = WAITING): Change => ({
  kind: 'hold-reset',
  user: 'usr_ada',
  tokenDigest,
  held,
})
const spend = (tokenDigest: string, at = MONDAY): Change => ({ kind: 'spend-reset', user: 'usr_ada', tokenDigest, at })

export function passwordResetsContract(held: Held): void {
  held('a user has one link for another password, found by its digest at its own site', async ({ store }) => {
    assert.equal(await store.passwordResetOf(site, 'usr_ada'), null)
    assert.equal(await commit(store, [request(RESET)]), 'committed')
    assert.deepEqual(await store.passwordReset(site, 'one'), { reset: RESET, username: 'ada' })
    assert.deepEqual(await store.passwordResetOf(site, 'usr_ada'), RESET)
    assert.equal(await store.passwordReset(site, 'another'), null)
    assert.equal(await store.passwordReset(GLOBEX.id, 'one'), null)
    assert.equal(await store.passwordResetOf(site, 'usr_bob'), null)
    assert.equal(await commit(store, [request({ ...RESET, user: 'usr_nobody', tokenDigest: 'nobody' })]), 'conflict')
  })

  held('a link takes the place of the one before only when that is old enough', async ({ store }) => {
    const later = {
      ...RESET,
      tokenDigest: 'two',
      vouched: true,
      requestedAt: MONDAY + minutes(15),
      expiresAt: MONDAY + minutes(45),
    }
    assert.equal(await commit(store, [request(RESET)]), 'committed')
    assert.equal(await commit(store, [hold('one'), spend('one')]), 'committed')
    assert.equal(await commit(store, [request(later, MONDAY - 1)]), 'conflict')
    assert.equal((await store.passwordResetOf(site, 'usr_ada'))?.tokenDigest, 'one')
    assert.equal(await commit(store, [request(later)]), 'committed')
    assert.deepEqual(await store.passwordResetOf(site, 'usr_ada'), later, 'nothing of the one before is left')
    assert.equal(await store.passwordReset(site, 'one'), null)
    for (const change of [hold('one'), spend('one')]) assert.equal(await commit(store, [change]), 'conflict')
  })

  held('a password waits with a link that is not used, and a link is used once', async ({ store }) => {
    assert.equal(await commit(store, [hold('one')]), 'conflict', 'there is no link')
    assert.equal(await commit(store, [request(RESET), hold('one')]), 'committed')
    assert.deepEqual((await store.passwordResetOf(site, 'usr_ada'))?.held, WAITING)
    const other = { challenge: 'chl_two', passwordHash: 'hash of a third' } as const
    assert.equal(await commit(store, [hold('one', other)]), 'committed')
    assert.deepEqual((await store.passwordResetOf(site, 'usr_ada'))?.held, other)
    assert.equal(await commit(store, [spend('one', MONDAY + 1)]), 'committed')
    assert.deepEqual(await store.passwordResetOf(site, 'usr_ada'), { ...RESET, spentAt: MONDAY + 1 })
    for (const change of [hold('one'), spend('one')]) assert.equal(await commit(store, [change]), 'conflict')
  })

  held('a copy of the database revives no link: it may have been used since', async ({ store }) => {
    assert.equal(await commit(store, [request(RESET)]), 'committed')
    const restored = { kind: 'outlive-backup', site, fromEpoch: ACME.sessionEpoch, at: MONDAY } as const
    assert.equal(await commit(store, [restored]), 'committed')
    assert.equal(await store.passwordReset(site, 'one'), null)
  })

  held('with the user goes the link', async ({ store }) => {
    assert.equal(await commit(store, [request(RESET)]), 'committed')
    assert.equal(await commit(store, [{ kind: 'remove-user', user: 'usr_ada', from: 1 }]), 'committed')
    assert.equal(await store.passwordReset(site, 'one'), null)
  })
}
