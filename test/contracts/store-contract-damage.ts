import assert from 'node:assert/strict'
import type { Held } from './store-contract.ts'
import { execute } from './store-rows.ts'
import { ACME, MONDAY } from './store-things.ts'

export function damageContract(held: Held): void {
  held('a stored setting that this version cannot read is named', async ({ store, database }) => {
    const insert = 'INSERT INTO site_settings (site_id, name, value, changed_at, changed_by) VALUES (?, ?, ?, ?, ?)'
    for (const [name, value] of [
      ['code.digits', '99'],
      ['code.ttl_seconds', '{'],
      ['no.such.setting', 'true'],
      ['lock.after', '12'],
    ] as const)
      await execute(database, insert, ACME.id, name, value, MONDAY, 'kim')
    const file = await store.siteFile('acme')
    assert.deepEqual(file?.unreadable, ['code.digits', 'code.ttl_seconds', 'no.such.setting'])
    assert.deepEqual([file?.settings['lock.after'], file?.settings['code.digits']], [12, 6])
  })

  held('a row that other hands have bent is an error, not a default', async ({ store, database }) => {
    await execute(database, 'UPDATE challenges SET state = ? WHERE id = ?', '{"kind":"open sesame"}', 'chl_ada')
    await assert.rejects(store.challengeFile(ACME.id, 'challenge ada', MONDAY), /column state of a stored row/)
    await execute(database, 'UPDATE sessions SET evidence = ? WHERE id = ?', '{"kind":"app"}', 'ses_ada')
    await assert.rejects(store.sessionFile(ACME.id, 'session ada', MONDAY), /column evidence of a stored row/)
    await execute(database, 'DELETE FROM code_counters WHERE user_id = ?', 'usr_kim')
    await assert.rejects(store.personFile(ACME.id, 'kim', MONDAY), /has no counters/)
  })

  held(
    '[PO-09] what a newer version has added is the strictest there is, for the row it is about and no other',
    async (opened) => {
      const { store, database } = opened
      const before = await store.siteFile('acme')
      const bend = (sql: string, ...params: (string | number)[]) => execute(database, sql, ...params)
      const ofClerk = 'WHERE site_id = ? AND name = ?'
      await bend(
        `UPDATE roles SET methods_allowed = ?, grace_days = -1 ${ofClerk}`,
        '["app","telepathy"]',
        ACME.id,
        'Clerk',
      )
      await bend('UPDATE users SET kind = ? WHERE id = ?', 'ghost', 'usr_bob')
      await bend('UPDATE sessions SET evidence = ? WHERE id = ?', '[{"kind":"app"},{"kind":"telepathy"}]', 'ses_ada')
      await bend('UPDATE devices SET method = ? WHERE id = ?', 'telepathy', 'dev_ada')
      await bend('UPDATE api_keys SET scopes = ? WHERE id = ?', '["users:read","minds:read"]', 'key_ada')

      const file = await store.siteFile('acme')
      assert.deepEqual(file?.unreadableRows, ['role Clerk: methods_allowed', 'role Clerk: grace_days'])
      assert.deepEqual([file.unreadable, file.settings], [[], before?.settings])
      const [clerk] = file.roles.filter(({ name }) => name === 'Clerk')
      assert.deepEqual([clerk?.methodsAllowed, clerk?.graceDays], [['app'], 0])
      const others = (each: typeof before) => each?.roles.filter(({ name }) => name !== 'Clerk')
      assert.deepEqual(others(file), others(before))

      assert.equal((await store.personFile(ACME.id, 'bob', MONDAY))?.user.status, 'disabled')
      assert.equal(
        (await store.users(ACME.id, { after: null, limit: 9 })).find(({ username }) => username === 'bob')?.status,
        'disabled',
      )
      const { session } = (await store.sessionFile(ACME.id, 'session ada', MONDAY)) ?? assert.fail()
      assert.deepEqual([session.evidence.map(({ kind }) => kind), session.endedAt], [['app'], session.createdAt])
      const query = { username: 'ada', deviceDigest: 'device ada', buckets: [], now: MONDAY }
      assert.equal((await store.signInFile(ACME.id, query)).person?.device?.passedAt, 0)
      const keys = await store.apiKeys(ACME.id)
      assert.deepEqual(keys.find(({ id }) => id === 'key_ada')?.scopes, ['users:read'])
    },
  )
}
