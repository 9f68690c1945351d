import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { all, EVERY_SITE } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/open.ts'

const PAGE = readFileSync('docs/security/secrets.md', 'utf8')
/** Names of columns that hold a secret, something made from one, or a hash. */
const SOUNDS_SECRET = /sealed|secret|digest|hash|salt|token|seed|credential|public_key/

test('[R-226] the inventory of secrets has every column that could hold one, and no column that is not there', async (t) => {
  const database = await openDatabase('sqlite::memory:', { migrate: true })
  t.after(() => database.close())
  const rows = await database.together(
    'read',
    () =>
      all(
        `SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'`,
      ),
    EVERY_SITE,
  )
  const there = rows
    .filter((row) => SOUNDS_SECRET.test(String(row['c'])))
    .map((row) => `${String(row['t'])}.${String(row['c'])}`)
  const named = [...PAGE.matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, name = '']) => name)
  assert.deepEqual(named.toSorted(), there.toSorted())
})

test('[R-226] it names each variable that holds a secret, and commands that are there', () => {
  const configuration = readFileSync('docs/configuration.md', 'utf8')
  const commands = readFileSync('docs/cli.md', 'utf8')
  for (const [name] of PAGE.matchAll(/COUNTERSIGN_[A-Z_]+/g)) assert.ok(configuration.includes(name), name)
  for (const name of ['KEY_FILE', 'DATABASE', 'SMTP_URL']) assert.ok(PAGE.includes(`COUNTERSIGN_${name}`), name)
  const said = [
    'keys add',
    'keys rotate',
    'users reset-password',
    'users reset',
    'api-keys create',
    'openid rotate-keys',
    'audit rotate-key',
  ]
  for (const command of said) {
    assert.ok(PAGE.includes(`\`${command}\``), command)
    assert.ok(new RegExp(`^## ${command}(?: |$)`, 'm').test(commands), command)
  }
})
