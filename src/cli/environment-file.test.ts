import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { environmentFile } from './environment-file.ts'

test('a shell reads back what was written, whatever is in it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-environment-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const values = [
    `smtp://a:p"a$s\`s\\w'd@h:25?from=a@b&c=d`,
    'https://login.example.com:8443',
    '$(exit 3)',
    '~ # {a,b} *',
    '',
  ]
  const variables = Object.fromEntries(values.map((value, at) => [`COUNTERSIGN_${at}`, value]))
  writeFileSync(join(folder, 'file'), environmentFile(variables))
  const names = Object.keys(variables).map((name) => `"$${name}"`)
  const said = execFileSync('sh', ['-euc', `. ./file; printf '%s\\n' ${names.join(' ')}`], {
    cwd: folder,
    encoding: 'utf8',
  })
  assert.deepEqual(said.split('\n').slice(0, -1), values)
})

test('a line break cannot put a second variable into the file', () => {
  assert.throws(
    () => environmentFile({ COUNTERSIGN_ORIGIN: 'https://a.example\nLD_PRELOAD=b' }),
    /COUNTERSIGN_ORIGIN has a line break/,
  )
})
