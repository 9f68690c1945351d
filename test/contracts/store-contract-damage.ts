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
    await execute(database, 'UPDATE users SET kind = ? WHERE id = ?', 'ghost', 'usr_bob')
    await assert.rejects(store.personFile(ACME.id, 'bob', MONDAY), /column kind of a stored row/)
    await execute(database, 'UPDATE challenges SET state = ? WHERE id = ?', '{"kind":"open sesame"}', 'chl_ada')
    await assert.rejects(store.challengeFile(ACME.id, 'challenge ada', MONDAY), /column state of a stored row/)
    await execute(database, 'UPDATE sessions SET evidence = ? WHERE id = ?', '[{"kind":"word of honour"}]', 'ses_ada')
    await assert.rejects(store.sessionFile(ACME.id, 'session ada', MONDAY), /column evidence of a stored row/)
    await execute(database, 'DELETE FROM code_counters WHERE user_id = ?', 'usr_kim')
    await assert.rejects(store.personFile(ACME.id, 'kim', MONDAY), /has no counters/)
  })
}
