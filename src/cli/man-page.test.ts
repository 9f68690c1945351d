import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { without } from '../../test/real-parts.ts'
import { manPage } from './man-page.ts'

test('troff has nothing to complain of, and a reader finds commands, options and exit codes', {
  skip: without('groff'),
}, () => {
  const shown = spawnSync('groff', ['-man', '-Tascii', '-ww', '-P-c'], { input: manPage(), encoding: 'utf8' })
  assert.deepEqual([shown.status, shown.stderr], [0, ''])
  const plain = shown.stdout.replaceAll(/.\x08/g, '')
  for (const each of ['users bypass NAME', '--password-stdin', 'break-glass', 'EXIT STATUS', 'keys create FILE'])
    assert.ok(plain.includes(each), each)
})
