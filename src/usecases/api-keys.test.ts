import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, minutes, seconds } from '#domain/time.ts'
import { rightsOfRoles, withImplied } from '#domain/rights.ts'
import { checkApiKey, createApiKey, type KeyMaker } from './api-keys.ts'
import { secondSite } from '../../test/second-site.ts'
import { ADMIN, MONDAY, world } from '../../test/world.ts'
import { changeUser } from './users.ts'

const order = { ...ADMIN, site: 'acme', name: 'night', scopes: ['users:read'], expiresAt: null } as const

test('nobody gives a key more than they may do themselves', async (t) => {
  const { ports, close } = await world()
  t.after(close)
  const auditor: KeyMaker = { rights: rightsOfRoles(['Auditor']), key: null }
  const made = async (maker: KeyMaker | undefined, scopes: readonly ('users:read' | 'users:write' | 'keys:write')[]) =>
    (await createApiKey(ports, { ...order, scopes, maker })).kind
  assert.equal(await made(auditor, ['users:read']), 'created')
  assert.equal(await made(auditor, ['users:read', 'users:write']), 'beyond-maker')
  assert.equal(await made({ rights: rightsOfRoles(['Administrator']), key: null }, ['keys:write']), 'created')
  assert.equal(await made(undefined, ['keys:write']), 'created', 'an operator at the server')
})

test('[R-184] a key makes keys with less than it has, for no longer, and none that makes keys', async (t) => {
  const { ports, close } = await world()
  t.after(close)
  const end = MONDAY + days(2)
  const own = await createApiKey(ports, { ...order, scopes: ['users:read', 'keys:write'], expiresAt: end })
  assert.ok(own.kind === 'created')
  const maker: KeyMaker = { rights: withImplied(own.key.scopes), key: own.key }
  const made = async (more: object) => (await createApiKey(ports, { ...order, expiresAt: end, maker, ...more })).kind
  assert.equal(await made({}), 'created')
  assert.equal(await made({ scopes: ['users:write'] }), 'beyond-maker')
  assert.equal(await made({ scopes: ['users:read', 'keys:write'] }), 'beyond-maker')
  assert.equal(await made({ expiresAt: null }), 'beyond-maker')
  assert.equal(await made({ expiresAt: end + 1 }), 'beyond-maker')
  assert.equal(await made({ expiresAt: MONDAY }), 'invalid')
})

test('[AK-04] a key is over at its end and with the account it acts for, and opens nothing at another site', async (t) => {
  const small = await world()
  const { ports, site, clock, close } = small
  t.after(close)
  const other = await secondSite(small, 'globex', 'erp')
  const made = await createApiKey(ports, { ...order, username: 'svc', expiresAt: MONDAY + minutes(5) })
  assert.ok(made.kind === 'created')
  const check = async (): Promise<string> => (await checkApiKey(ports, { site: site.id, text: made.text })).kind
  assert.equal(await check(), 'granted')
  assert.equal((await checkApiKey(ports, { site: other.site.id, text: made.text })).kind, 'refused')
  const setStatus = (status: 'active' | 'disabled') =>
    changeUser(ports, { ...ADMIN, site: 'acme', username: 'svc', fields: { status } })
  await setStatus('disabled')
  assert.equal(await check(), 'refused')
  await setStatus('active')
  assert.equal(await check(), 'granted')
  clock.pass(minutes(5))
  assert.equal(await check(), 'refused')
})

test('the last use of a key is kept to the minute', async (t) => {
  const { ports, site, clock, close } = await world()
  t.after(close)
  const made = await createApiKey(ports, order)
  assert.ok(made.kind === 'created')
  const use = async () => {
    await checkApiKey(ports, { site: site.id, text: made.text })
    return (await ports.store.apiKeys(site.id)).find(({ id }) => id === made.key.id)?.lastUsedAt
  }
  assert.equal(await use(), MONDAY)
  clock.pass(seconds(59))
  assert.equal(await use(), MONDAY)
  clock.pass(seconds(1))
  assert.equal(await use(), MONDAY + minutes(1))
})
